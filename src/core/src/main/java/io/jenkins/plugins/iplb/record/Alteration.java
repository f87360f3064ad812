package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an entry says and an earlier one of it did not, as JSON without secrets. Values of entries are shared and never
 * altered: what is the same value still is not looked at.
 */
final class Alteration {
    private static final String CALLS = "calls";
    private static final String TASKS = "tasks";

    private final ObjectNode fields;
    private final SortedMap<Integer, ObjectNode> calls;
    private final SortedMap<Integer, ObjectNode> tasks;

    private Alteration(ObjectNode fields, SortedMap<Integer, ObjectNode> calls, SortedMap<Integer, ObjectNode> tasks) {
        this.fields = fields;
        this.calls = calls;
        this.tasks = tasks;
    }

    /** @param earlier {@code null} when all of it is new */
    static Alteration of(RecordedEntry earlier, RecordedEntry entry) {
        boolean first = earlier == null;
        boolean same = !first && earlier.brief().equals(entry.brief());
        ObjectNode fields = same ? RecordJson.MAPPER.createObjectNode() : RecordJson.object(entry.brief());
        tell(fields, "wanted", first ? null : earlier.wanted(), entry.wanted());
        tell(fields, "before", first ? null : earlier.before(), entry.before());
        tell(fields, "after", first ? null : earlier.after(), entry.after());
        tell(fields, "diff", first ? null : earlier.diff(), entry.diff());
        tell(fields, "result", first ? null : earlier.result(), entry.result());
        Redaction.in(fields);
        return new Alteration(
                fields,
                told(first ? List.of() : earlier.calls(), entry.calls()),
                told(first ? List.of() : earlier.tasks(), entry.tasks()));
    }

    private static void tell(ObjectNode fields, String name, Object earlier, Object now) {
        if (now == earlier) {
            fields.remove(name);
        } else {
            fields.set(name, RecordJson.node(now));
        }
    }

    /** By their places: of these none is ever taken out. */
    private static <T> SortedMap<Integer, ObjectNode> told(List<T> earlier, List<T> now) {
        SortedMap<Integer, ObjectNode> told = new TreeMap<>();
        for (int i = 0; i < now.size(); i++) {
            if (i >= earlier.size() || now.get(i) != earlier.get(i)) {
                ObjectNode json = RecordJson.object(now.get(i));
                Redaction.in(json);
                told.put(i, json);
            }
        }
        return told;
    }

    /**
     * The entry with it. What another version has added stays, and every node that says the same is the same node.
     *
     * @param there is left as it is; empty when the entry is not there yet
     */
    ObjectNode in(ObjectNode there) {
        ObjectNode entry = RecordJson.MAPPER.createObjectNode();
        entry.setAll(there);
        entry.setAll(fields);
        entry.set(CALLS, in(there.path(CALLS), calls));
        entry.set(TASKS, in(there.path(TASKS), tasks));
        return entry;
    }

    private static ArrayNode in(JsonNode there, SortedMap<Integer, ObjectNode> told) {
        ArrayNode all = RecordJson.MAPPER.createArrayNode();
        there.forEach(all::add);
        told.forEach((place, json) -> {
            if (place < all.size()) {
                ObjectNode one = RecordJson.MAPPER.createObjectNode();
                one.setAll((ObjectNode) all.get(place));
                all.set(place, one.setAll(json));
            } else {
                all.add(json);
            }
        });
        return all;
    }
}
