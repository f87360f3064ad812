package io.jenkins.plugins.iplb.check;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.net.URI;

/**
 * What was answered.
 *
 * @param url what was asked; redirects were not followed
 * @param protocol the negotiated protocol by its ALPN name, such as {@code h2} or {@code http/1.1}
 * @param status the HTTP status, whatever it is: a 404 over HTTP/2 is HTTP/2
 */
public record Http2Result(URI url, String protocol, int status) {
    /** HTTP/2 by its ALPN name. */
    public static final String H2 = "h2";

    public boolean isHttp2() {
        return protocol.equals(H2);
    }

    /**
     * This, when it is HTTP/2.
     *
     * @throws IplbException of kind {@code UNAVAILABLE} when it is not
     */
    public Http2Result requireHttp2() {
        if (isHttp2()) {
            return this;
        }
        throw new IplbException(
                FailureKind.UNAVAILABLE,
                "%s answered over %s, h2 expected: was the load balancer refreshed, by force when nothing was pending? http frontends and tcp frontends with ssl speak it by themselves since June 2025; other tcp frontends take a route with the rule protocol is http/2.0, to servers that speak it. enable-http2 does what it takes"
                        .formatted(url, protocol));
    }
}
