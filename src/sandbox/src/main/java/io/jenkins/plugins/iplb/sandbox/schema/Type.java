package io.jenkins.plugins.iplb.sandbox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import java.util.Optional;

/** What values a field takes. */
@FunctionalInterface
public interface Type {

    /**
     * @param name the field's name, for the refusal
     * @param value never null and never a JSON null
     * @return the value as it is stored
     * @throws ApiError when the value is not of this type
     */
    JsonNode accept(String name, JsonNode value);

    /** A query parameter of this type, if it is given: on the wire it is text whatever it means. */
    default Optional<String> acceptQuery(String name, Optional<String> value) {
        value.ifPresent(text -> accept(name, TextNode.valueOf(text)));
        return value;
    }

    static ApiError refusal(String name, JsonNode value, String wanted) {
        return ApiError.badRequest("Invalid value for parameter " + name + ": " + value + " is not " + wanted);
    }
}
