package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ids of what plans make, before and after it is made: each has one that stands for it in the plans that come after, and
 * gets OVH's in its place as soon as there is one. Safe for use by several threads.
 */
public final class IdsToCome {
    private final Map<NewId, Long> expected = new ConcurrentHashMap<>();
    private final Map<Long, Long> real = new ConcurrentHashMap<>();
    private final Set<List<String>> own = ConcurrentHashMap.newKeySet();

    /** So far below zero that no name, number or text is taken for one. */
    long expect(NewId id) {
        return expected.computeIfAbsent(id, first -> Long.MIN_VALUE + 1 + expected.size());
    }

    void made(NewId id, long byOvh) {
        Optional.ofNullable(expected.get(id)).ifPresent(before -> real.put(before, byOvh));
    }

    /** Remembers what is made here. @param removal what removes it */
    void own(ApiCall removal) {
        own.add(removal.path());
    }

    /** Whether it was made here: what this removes is then no one else's. */
    boolean isOwn(ApiCall removal) {
        return own.contains(removal.path());
    }

    /** The call as it can be sent. */
    ApiCall in(ApiCall call) {
        ApiCall named = call.path(call.path().stream().map(this::text).toList());
        return call.body()
                .map(body -> named.body(new Fields((ObjectNode) in(body.json()))))
                .orElse(named);
    }

    /** The same with OVH's ids, as far as they are known. */
    public JsonNode in(JsonNode node) {
        if (node.isObject()) {
            ObjectNode copy = ((ObjectNode) node).objectNode();
            node.properties().forEach(field -> copy.set(field.getKey(), in(field.getValue())));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = ((ArrayNode) node).arrayNode();
            node.forEach(each -> copy.add(in(each)));
            return copy;
        }
        if (node.isIntegralNumber() && real.containsKey(node.longValue())) {
            return LongNode.valueOf(real.get(node.longValue()));
        }
        return node.isTextual() ? TextNode.valueOf(text(node.textValue())) : node;
    }

    /** Paths have ids as texts, and so have the actions of routes. */
    private String text(String given) {
        if (!given.startsWith("-")) {
            return given;
        }
        return real.entrySet().stream()
                .filter(each -> each.getKey().toString().equals(given))
                .map(each -> each.getValue().toString())
                .findFirst()
                .orElse(given);
    }
}
