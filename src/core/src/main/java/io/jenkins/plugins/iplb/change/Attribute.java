package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.jenkins.plugins.iplb.ovh.Json;

/**
 * One field of an object that can be wished for.
 *
 * @param name the parameter, as every face has it
 * @param field OVH's word for it
 * @param nullable whether null resets it
 * @param initial what it is when it is null
 */
record Attribute(String name, String field, Value value, boolean nullable, JsonNode initial) {

    /** A field that always has a value. */
    static Attribute always(String name, Value value) {
        return always(name, value, null);
    }

    /** A field that always has a value. @param initial OVH's default; null for none */
    static Attribute always(String name, Value value, Object initial) {
        return new Attribute(name, name, value, false, Json.MAPPER.valueToTree(initial));
    }

    /** A field that null resets, to nothing. */
    static Attribute orNull(String name, Value value) {
        return orNull(name, value, null);
    }

    /** A field that null resets. @param initial what OVH does then; null for nothing */
    static Attribute orNull(String name, Value value, Object initial) {
        return new Attribute(name, name, value, true, Json.MAPPER.valueToTree(initial));
    }

    /** The same where OVH has another word for it. */
    Attribute as(String other) {
        return new Attribute(name, other, value, nullable, initial);
    }

    JsonNode check(String parameter, JsonNode given) {
        return given.isNull() && nullable ? NullNode.instance : value.of(parameter, given);
    }

    boolean isSo(JsonNode there, JsonNode wanted) {
        return value.isSo(meant(there), meant(wanted));
    }

    private JsonNode meant(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? initial : value;
    }
}
