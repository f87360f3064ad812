package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.check.Http2Target;
import io.jenkins.plugins.iplb.operation.Operation;

/** {@code iplb_check_http2}: fails when a URL does not answer over HTTP/2. */
final class CheckHttp2Module implements IplbModule {
    @Override
    public Operation operation(Arguments arguments) {
        return new Operation.Checking(Http2Target.of(
                arguments.text("url"),
                arguments.text("connect_to"),
                arguments.path("ca").map(Object::toString).orElse(null)));
    }
}
