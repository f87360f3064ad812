package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Objects;

/**
 * One field that a plan makes different.
 *
 * @param path where it is, as the plan shows it
 * @param before its value as found; JSON null when there was none
 * @param after its value as planned; JSON null when there is to be none
 */
public record Difference(String path, JsonNode before, JsonNode after) {
    public Difference {
        Objects.requireNonNull(path, "path");
        before = Objects.requireNonNullElse(before, NullNode.instance);
        after = Objects.requireNonNullElse(after, NullNode.instance);
    }

    /** One line, as people read it: {@code + path: new}, {@code - path: old} or {@code ~ path: old -> new}. */
    @Override
    public String toString() {
        if (before.isNull()) {
            return "+ %s: %s".formatted(path, after);
        }
        return after.isNull() ? "- %s: %s".formatted(path, before) : "~ %s: %s -> %s".formatted(path, before, after);
    }
}
