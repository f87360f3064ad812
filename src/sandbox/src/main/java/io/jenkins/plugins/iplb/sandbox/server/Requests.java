package io.jenkins.plugins.iplb.sandbox.server;

import io.jenkins.plugins.iplb.sandbox.http.ApiRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Jetty's request as the sandbox's, with the target exactly as it was on the wire. */
final class Requests {
    private Requests() {}

    static ApiRequest read(Request request) throws IOException {
        String target = request.getHttpURI().getPathQuery();
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.merge(
                    field.getName().toLowerCase(Locale.ROOT),
                    field.getValue() == null ? "" : field.getValue(),
                    (a, b) -> a + ", " + b);
        }
        return ApiRequest.of(
                request.getMethod(),
                request.isSecure() ? "https" : "http",
                target,
                headers,
                bytes(Content.Source.asByteBuffer(request)));
    }

    /** Whether the path is one of the API's, that is, under its base. */
    static boolean isApi(ApiRequest request) {
        return !request.target().startsWith(request.path());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
