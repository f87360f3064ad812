package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.record.RecordedEntry;

/**
 * How records have left one object.
 *
 * @param before how it was before the last entry about it
 * @param object how it was left; JSON null when there was none any more
 * @param last the last entry about it
 */
record LeftObject(RecordedKind kind, JsonNode before, JsonNode object, RecordedEntry last) {

    /** Any of them for what has none. */
    Protocol protocol() {
        String code = last.wanted().path("protocol").asText("");
        return code.isEmpty() ? Protocol.HTTP : Protocol.parse(code);
    }

    boolean isGone() {
        return object.isNull();
    }

    /** What tells it from others of its kind while it is there. */
    JsonNode shown() {
        return isGone() ? before : object;
    }

    long id() {
        return id(kind);
    }

    /** That of what it is in. */
    long id(RecordedKind of) {
        return last.result().path(of.id).asLong();
    }

    /** Whether it goes with that: a server with its farm, a rule with its route. */
    boolean goesWith(LeftObject whole) {
        boolean isPart = kind == RecordedKind.SERVER && whole.kind == RecordedKind.FARM
                || kind == RecordedKind.RULE && whole.kind == RecordedKind.ROUTE;
        return isPart && protocol() == whole.protocol() && id(whole.kind) == whole.id();
    }

    /** What it is called; null for nothing. */
    String name() {
        return name(kind, shown());
    }

    static String name(RecordedKind kind, JsonNode object) {
        if (object.path("displayName").isTextual()) {
            return object.path("displayName").textValue();
        }
        if (kind != RecordedKind.SERVER) {
            return null;
        }
        String port = object.path("port").asText("");
        return object.path("address").asText() + (port.isEmpty() ? "" : ":" + port);
    }

    /** The same as somebody else has left it. */
    LeftObject left(JsonNode other, RecordedEntry by) {
        return new LeftObject(kind, before, other, by);
    }
}
