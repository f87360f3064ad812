package io.jenkins.plugins.iplb.check;

import io.jenkins.plugins.iplb.failure.IplbException;
import java.time.Duration;
import okhttp3.OkHttpClient;

/**
 * Tells over which protocol a service answers, as {@code curl -I --http2} does in OVH's guide: one HEAD request that
 * offers HTTP/2 and HTTP/1.1 and follows no redirect.
 */
public final class Http2Check {
    private static final Duration LONGEST = Duration.ofSeconds(45);

    private final Inquiry inquiry;

    /** @param shared whose threads, proxy, name service and trust are used; its interceptors and cookies are not */
    public Http2Check(OkHttpClient shared) {
        this.inquiry = new Inquiry(shared);
    }

    /** As {@link #ask(CheckTarget, Duration)}, with no deadline but the check's own of 45 seconds. */
    public Http2Result ask(CheckTarget target) {
        return ask(target, LONGEST);
    }

    /**
     * Asks and waits for the answer.
     *
     * @param deadline how long all of it may take; more than 45 seconds is as good as 45
     * @return what was answered, over whatever protocol: see {@link Http2Result#requireHttp2}
     * @throws IplbException of kind {@code TIMEOUT} when nothing was answered in time, of kind {@code UNAVAILABLE} when
     *     there is no connection, no TLS, no trust or no HTTP, or the thread was interrupted (it stays so)
     */
    public Http2Result ask(CheckTarget target, Duration deadline) {
        return inquiry.ask(
                target,
                "HEAD",
                Inquiry.shorter(LONGEST, deadline),
                response -> new Http2Result(target.url(), response.protocol().toString(), response.code()));
    }
}
