package io.jenkins.plugins.iplb.sandbox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.jenkins.plugins.iplb.sandbox.http.Json;

/**
 * One field of an object, as the schema has it.
 *
 * @param nullable a PUT may set it back to null
 * @param access who sets it, and when
 * @param required a POST must give it
 * @param initial its value when a POST does not give it
 */
public record Field(String name, Type type, boolean nullable, Access access, boolean required, JsonNode initial) {

    /** When a client may set a field. */
    public enum Access {
        /** POST and PUT. */
        WRITABLE,
        /** POST alone: the schema marks it read-only on the object. */
        CREATE_ONLY,
        /** Never. */
        READ_ONLY
    }

    /** A field that may be absent, and is null then. */
    public static Field nullable(String name, Type type) {
        return new Field(name, type, true, Access.WRITABLE, false, NullNode.getInstance());
    }

    /** A field that a POST must give. */
    public static Field required(String name, Type type) {
        return new Field(name, type, false, Access.WRITABLE, true, NullNode.getInstance());
    }

    /** A field that may be absent on POST and has a value all the same. */
    public static Field withDefault(String name, Type type, Object initial) {
        return new Field(name, type, false, Access.WRITABLE, false, Json.of(initial));
    }

    /** A field that the server sets. */
    public static Field readOnly(String name, Object initial) {
        return new Field(name, (field, value) -> value, true, Access.READ_ONLY, false, Json.of(initial));
    }

    public Field createOnly() {
        return new Field(name, type, nullable, Access.CREATE_ONLY, required, initial);
    }

    /** A field that may be set to null, and has another value when it is not given. */
    public Field orNull() {
        return new Field(name, type, true, access, required, initial);
    }
}
