package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that a plan makes different, in the words in which it is asked for.
 *
 * @param path the parameter, such as {@code farm} or {@code probe.url}; {@code rule} and {@code server} for one of several;
 *     {@code pending changes in gra} of a refresh
 * @param before its value as found; JSON null when there was none
 * @param after its value as planned; JSON null when there is to be none. A value is one that the parameter takes; an object
 *     is {@code name (id)}, or its id where the name is not known; a rule is {@code protocol is http/2.0}
 */
public record Difference(String path, JsonNode before, JsonNode after) {
    public Difference {
        Objects.requireNonNull(path, "path");
        before = plain(before);
        after = plain(after);
    }

    /** As a result has it. */
    public static Difference of(JsonNode json) {
        return new Difference(json.path("path").asText(), json.get("before"), json.get("after"));
    }

    /** The same number is the same value, whoever has read it. */
    private static JsonNode plain(JsonNode value) {
        JsonNode given = Objects.requireNonNullElse(value, NullNode.instance);
        return given.isIntegralNumber() && given.canConvertToInt() ? IntNode.valueOf(given.intValue()) : given;
    }

    /** The value that was found, in one line. */
    public Optional<String> was() {
        return shown(before);
    }

    /** The value that is planned, in one line. */
    public Optional<String> becomes() {
        return shown(after);
    }

    private static Optional<String> shown(JsonNode value) {
        return value.isNull() ? Optional.empty() : Optional.of(Plain.value(value));
    }

    /** One line, as people read it: {@code + path: new}, {@code - path: old} or {@code ~ path: old -> new}. */
    @Override
    public String toString() {
        if (before.isNull()) {
            return "+ %s: %s".formatted(path, becomes().orElse("none"));
        }
        return after.isNull()
                ? "- %s: %s".formatted(path, Plain.value(before))
                : "~ %s: %s -> %s".formatted(path, Plain.value(before), Plain.value(after));
    }
}
