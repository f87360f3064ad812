package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.failure.InvalidInput;

/** What a field takes, and when what is there is what is wanted. */
interface Value {

    /**
     * What is meant, as OVH writes it; JSON null when it means that there is nothing.
     *
     * @throws InvalidInput naming the parameter, for JSON null too
     */
    JsonNode of(String parameter, JsonNode given);

    /** @param wanted as {@link #of} gave it */
    default boolean isSo(JsonNode there, JsonNode wanted) {
        return Differences.between(there, wanted).isEmpty();
    }

    /** What to send for what is there to become what is wanted. */
    default JsonNode sent(JsonNode there, JsonNode wanted) {
        return wanted;
    }
}
