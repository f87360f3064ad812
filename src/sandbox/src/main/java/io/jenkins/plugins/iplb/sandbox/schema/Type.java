package io.jenkins.plugins.iplb.sandbox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;

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

    static ApiError refusal(String name, JsonNode value, String wanted) {
        return ApiError.badRequest("Invalid value for parameter " + name + ": " + value + " is not " + wanted);
    }
}
