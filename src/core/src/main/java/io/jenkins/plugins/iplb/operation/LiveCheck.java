package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.check.CheckTarget;
import io.jenkins.plugins.iplb.check.Http2Check;
import io.jenkins.plugins.iplb.check.Http2Result;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.run.Report;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;

/** Whether a service answers as it is meant to: asked of the service itself, not of OVH. */
public final class LiveCheck {
    private final Http2Check http2;

    /** @param http as for {@link Http2Check} */
    public LiveCheck(OkHttpClient http) {
        this.http2 = new Http2Check(http);
    }

    /**
     * Asks over which protocol it answers.
     *
     * @param limit how long it may take
     * @throws IplbException as {@link Http2Check#ask} does, and when the answer is not over HTTP/2
     */
    public Report run(Operation.Checking operation, Duration limit) {
        Http2Result answer = prove(operation.target(), limit);
        return report(
                operation,
                Fields.none()
                        .with("url", answer.url().toString())
                        .with("protocol", answer.protocol())
                        .with("status", answer.status()));
    }

    /** @throws IplbException as {@link #run} does */
    Http2Result prove(CheckTarget target, Duration limit) {
        return http2.ask(target, limit).requireHttp2();
    }

    /** Over which protocol it answers now; empty when it gives no answer. */
    Optional<Http2Result> look(CheckTarget target, Duration limit) {
        try {
            return Optional.of(http2.ask(target, limit));
        } catch (IplbException e) {
            return Optional.empty();
        }
    }

    /** What there is to say when nobody is asked. */
    public static Report planned(Operation.Checking operation) {
        return report(
                operation, Fields.none().with("url", operation.target().url().toString()));
    }

    static Report report(Operation operation, Fields result) {
        return new Report(
                operation.name(), null, Optional.empty(), false, result.json(), List.of(), 0, 0, Optional.empty());
    }
}
