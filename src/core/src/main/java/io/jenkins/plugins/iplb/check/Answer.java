package io.jenkins.plugins.iplb.check;

import java.io.IOException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * What came back to one question.
 *
 * @param protocol the negotiated protocol by its ALPN name, such as {@code h2} or {@code http/1.1}
 * @param body its first {@value #MOST_OF_BODY} bytes
 * @param certificate the server's own; empty without TLS
 */
record Answer(String protocol, int status, Headers headers, String body, Optional<X509Certificate> certificate) {
    /** A page's beginning tells which page it is; what may be endless is not read to its end. */
    static final int MOST_OF_BODY = 1 << 16;

    /** @param withBody whether anybody wants to know what is in it */
    static Answer of(Response response, boolean withBody) throws IOException {
        return new Answer(
                response.protocol().toString(),
                response.code(),
                response.headers(),
                withBody ? beginning(response) : "",
                certificate(response));
    }

    private static String beginning(Response response) throws IOException {
        try (ResponseBody body = response.peekBody(MOST_OF_BODY)) {
            return body.string();
        }
    }

    private static Optional<X509Certificate> certificate(Response response) {
        List<Certificate> chain =
                response.handshake() == null ? List.of() : response.handshake().peerCertificates();
        return chain.stream()
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast)
                .findFirst();
    }
}
