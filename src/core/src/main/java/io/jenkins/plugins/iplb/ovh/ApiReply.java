package io.jenkins.plugins.iplb.ovh;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A successful answer.
 *
 * @param status the HTTP status
 * @param body the JSON of the body; a missing node when the body was empty, as OVH answers a PUT or DELETE
 * @param date when OVH answered, by OVH's clock, in whole seconds; empty when it did not say
 * @param headers looks a header up by its name, whatever its case; null when it is not there
 */
public record ApiReply(int status, JsonNode body, Optional<Instant> date, UnaryOperator<String> headers) {
    static final ApiReply EMPTY = new ApiReply(200, Json.MAPPER.missingNode(), Optional.empty(), name -> null);

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.apply(name));
    }

    /** OVH's name for the call, to be given to their support. */
    public Optional<String> queryId() {
        return header("X-OVH-QUERYID");
    }
}
