package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.check.Http2Check;
import io.jenkins.plugins.iplb.check.Http2Result;
import io.jenkins.plugins.iplb.check.Http2Target;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.run.Report;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;

/** Whether a service answers as it is meant to: asked of the service itself, not of OVH. */
public final class LiveCheck {
    private LiveCheck() {}

    /**
     * Asks over which protocol it answers.
     *
     * @throws IplbException as {@link Http2Check#ask} does, and when the answer is not over HTTP/2
     */
    public static Report http2(OkHttpClient http, Http2Target target, Duration deadline) {
        Http2Result answer = new Http2Check(http).ask(target, deadline).requireHttp2();
        return report(Fields.none()
                .with("url", answer.url().toString())
                .with("protocol", answer.protocol())
                .with("status", answer.status()));
    }

    /** What there is to say when nobody is asked. */
    public static Report planned(Http2Target target) {
        return report(Fields.none().with("url", target.url().toString()));
    }

    private static Report report(Fields result) {
        return new Report("check-http2", null, false, result.json(), List.of(), 0, 0, Optional.empty());
    }
}
