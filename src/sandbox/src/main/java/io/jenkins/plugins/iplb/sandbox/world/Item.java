package io.jenkins.plugins.iplb.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.Json;

/**
 * One object of a configuration.
 *
 * @param parent the farm of a server or the route of a rule; 0 for the others
 * @param fields what the API shows, except for embedded rules; never changed in place
 */
public record Item(long id, Kind kind, long parent, ObjectNode fields) {

    public String text(String field) {
        return fields.path(field).asText("");
    }

    public boolean flag(String field) {
        return fields.path(field).asBoolean();
    }

    /** @return the id in that field, or 0 for none */
    public long reference(String field) {
        return fields.path(field).asLong();
    }

    public Item with(ObjectNode otherFields) {
        return new Item(id, kind, parent, otherFields);
    }

    /** The farm that a route sends to, or 0 when its action is another. */
    public long targetFarm() {
        JsonNode action = fields.path("action");
        return action.path("type").asText().equals("farm")
                ? action.path("target").asLong()
                : 0;
    }

    @Override
    public ObjectNode fields() {
        return fields == null ? Json.object() : fields;
    }
}
