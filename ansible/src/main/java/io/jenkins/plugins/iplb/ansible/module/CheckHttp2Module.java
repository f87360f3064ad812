package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.check.Http2Target;
import io.jenkins.plugins.iplb.operation.LiveCheck;

/** {@code iplb_check_http2}: fails when a URL does not answer over HTTP/2. */
final class CheckHttp2Module implements IplbModule {
    @Override
    public Work work(Arguments arguments) {
        return engine -> {
            String ca = arguments.has("ca") ? engine.path(arguments.text("ca")).toString() : null;
            Http2Target target = Http2Target.of(arguments.text("url"), arguments.text("connect_to"), ca);
            return LiveCheck.http2(engine.http(), target, engine.timeout());
        };
    }
}
