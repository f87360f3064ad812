package io.jenkins.plugins.iplb.ovh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The body of a write, in which every field has three states: not mentioned (OVH leaves it alone), explicitly {@code
 * null} (OVH resets it), or a value.
 */
public record Fields(ObjectNode json) {

    public static Fields none() {
        return new Fields(JsonNodeFactory.instance.objectNode());
    }

    /** These fields and one more; {@code null} is sent as an explicit null. */
    public Fields with(String name, Object value) {
        ObjectNode copy = json.deepCopy();
        copy.set(name, Json.node(value));
        return new Fields(copy);
    }

    /** These fields and, when there is a value, one more. */
    public Fields withPresent(String name, Optional<?> value) {
        return value.map(present -> with(name, present)).orElse(this);
    }

    /** These fields and others; where both mention one, the others win. */
    public Fields and(Fields others) {
        return new Fields(json.deepCopy().setAll(others.json.deepCopy()));
    }

    /** These fields but for one. */
    public Fields without(String name) {
        return new Fields(json.deepCopy().without(name));
    }

    public boolean isEmpty() {
        return json.isEmpty();
    }

    /** Null when it is not mentioned, which JSON null is. */
    public JsonNode get(String name) {
        return json.get(name);
    }
}
