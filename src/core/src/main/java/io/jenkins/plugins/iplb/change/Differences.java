package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.parameter.Value;
import io.jenkins.plugins.iplb.record.Difference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The fields in which two JSON trees differ, as paths such as {@code rules[0].pattern}. */
final class Differences {
    private final List<Difference> found = new ArrayList<>();

    private Differences() {}

    static List<Difference> between(JsonNode before, JsonNode after) {
        Differences differences = new Differences();
        differences.compare("", before, after);
        return differences.found;
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (before.isObject() || after.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                compare(path.isEmpty() ? name : path + "." + name, before.path(name), after.path(name));
            }
        } else if (holdsObjects(before) || holdsObjects(after)) {
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                compare(path + "[" + i + "]", before.path(i), after.path(i));
            }
        } else if (!Value.normal(before).equals(Value.normal(after))) {
            found.add(new Difference(path, Value.normal(before), Value.normal(after)));
        }
    }

    private static boolean holdsObjects(JsonNode node) {
        return node.isArray() && node.path(0).isObject();
    }
}
