package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.check.Http2Check;
import io.jenkins.plugins.iplb.check.Http2Result;
import io.jenkins.plugins.iplb.check.Http2Target;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.run.Report;
import java.util.List;
import java.util.Optional;

/** {@code iplb_check_http2}: fails when a URL does not answer over HTTP/2. */
final class CheckHttp2Module implements IplbModule {
    @Override
    public Work work(Arguments arguments) {
        Http2Target target = Http2Target.of(arguments.text("url"), arguments.text("connect_to"), arguments.text("ca"));
        return engine -> {
            Http2Result answer =
                    new Http2Check(engine.http()).ask(target, engine.timeout()).requireHttp2();
            Fields result = Fields.none()
                    .with("url", answer.url().toString())
                    .with("protocol", answer.protocol())
                    .with("status", answer.status());
            return new Report("check-http2", null, false, result.json(), List.of(), 0, 0, Optional.empty());
        };
    }
}
