package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.parameter.Value;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.IntStream;

/** Bodies of calls. */
final class Bodies {
    private Bodies() {}

    /** Whether two say the same: what is missing, null or an empty list is nothing, whatever it is within. */
    static boolean same(JsonNode one, JsonNode other) {
        if (one.isObject() || other.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            one.fieldNames().forEachRemaining(names::add);
            other.fieldNames().forEachRemaining(names::add);
            return names.stream().allMatch(name -> same(one.path(name), other.path(name)));
        }
        if (holdsObjects(one) || holdsObjects(other)) {
            return IntStream.range(0, Math.max(one.size(), other.size()))
                    .allMatch(place -> same(one.path(place), other.path(place)));
        }
        return Value.normal(one).equals(Value.normal(other));
    }

    private static boolean holdsObjects(JsonNode node) {
        return node.isArray() && node.path(0).isObject();
    }
}
