package io.jenkins.plugins.iplb.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What goes back, whether by rights or by a fault. */
public record Reply(int status, Map<String, String> headers, String contentType, byte[] body) {
    public static final String JSON = "application/json; charset=utf-8";

    public Reply {
        headers = Map.copyOf(headers);
    }

    public static Reply json(JsonNode body) {
        return new Reply(200, Map.of(), JSON, Json.bytes(body));
    }

    public static Reply error(ApiError error) {
        return new Reply(error.status(), Map.of(), JSON, Json.bytes(error.body()));
    }

    /** PUT and DELETE answer a bare {@code null}. */
    public static Reply nothing() {
        return json(NullNode.getInstance());
    }

    public Reply withHeaders(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Reply(status, all, contentType, body);
    }

    public Reply withBody(String otherContentType, byte[] otherBody) {
        return new Reply(status, headers, otherContentType, otherBody);
    }
}
