package io.jenkins.plugins.iplb.sandbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** A routed, authenticated call: what an endpoint gets to see. */
public record ApiCall(ApiRequest request, Map<String, String> path, Caller caller) {

    /** @return the decoded value of a template variable */
    public String path(String name) {
        return path.get(name);
    }

    /** An id in the path; the schema types it as an integer, so anything else is refused. */
    public long pathId(String name) {
        return number(name, path(name));
    }

    public Optional<Long> queryNumber(String name) {
        return request.query(name).map(text -> number(name, text));
    }

    /** The body as an object; no body at all counts as an empty one, because OVH's own clients omit it. */
    public ObjectNode body() {
        if (request.body().length == 0) {
            return Json.object();
        }
        JsonNode body;
        try {
            body = Json.MAPPER.readTree(request.body());
        } catch (JsonProcessingException e) {
            throw ApiError.badRequest("Invalid JSON received: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw ApiError.badRequest("Invalid JSON received");
        }
        if (body == null || body.isMissingNode() || body.isNull()) {
            return Json.object();
        }
        if (!(body instanceof ObjectNode object)) {
            throw ApiError.badRequest("The body must be a JSON object");
        }
        return object;
    }

    private static long number(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw ApiError.badRequest("Invalid value for parameter " + name + ": '" + text + "' is not a long");
        }
    }
}
