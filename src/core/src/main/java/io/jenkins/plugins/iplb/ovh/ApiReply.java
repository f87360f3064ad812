package io.jenkins.plugins.iplb.ovh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A successful answer.
 *
 * @param body the JSON of the body; a missing node when the body was empty, as OVH answers a PUT or DELETE
 * @param headers looks a header up by its name, whatever its case; null when it is not there
 */
public record ApiReply(JsonNode body, UnaryOperator<String> headers) {
    static final ApiReply EMPTY = new ApiReply(Json.MAPPER.missingNode(), name -> null);

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.apply(name));
    }
}
