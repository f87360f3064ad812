package io.jenkins.plugins.iplb.sandbox.server;

import io.jenkins.plugins.iplb.sandbox.http.ApiRequest;
import io.jenkins.plugins.iplb.sandbox.http.Paths;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Jetty's request as the sandbox's, with the target exactly as it was on the wire. */
final class Requests {
    private static final List<String> BASES = List.of("/1.0", "/v1");

    private Requests() {}

    static ApiRequest read(Request request) throws IOException {
        String target = request.getHttpURI().getPathQuery();
        int question = target.indexOf('?');
        String rawPath = question < 0 ? target : target.substring(0, question);
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.merge(
                    field.getName().toLowerCase(Locale.ROOT),
                    field.getValue() == null ? "" : field.getValue(),
                    (a, b) -> a + ", " + b);
        }
        return new ApiRequest(
                request.getMethod(),
                request.isSecure() ? "https" : "http",
                headers.getOrDefault(HttpHeader.HOST.lowerCaseName(), ""),
                target,
                underBase(rawPath),
                Paths.parameters(question < 0 ? null : target.substring(question + 1)),
                headers,
                bytes(Content.Source.asByteBuffer(request)));
    }

    /** The raw path without the API's base; a path outside it, such as the token URL, is left as it is. */
    private static String underBase(String rawPath) {
        return BASES.stream()
                .filter(base -> rawPath.startsWith(base + "/"))
                .findFirst()
                .map(base -> rawPath.substring(base.length()))
                .orElse(rawPath);
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
