package io.jenkins.plugins.iplb.sandbox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an object is made of, and so what a POST or a PUT of it may say.
 *
 * <p>OVH does not publish what it does with unknown and read-only keys; the sandbox refuses both, so that a client that
 * sends them is found out.
 */
public final class Shape {
    private final Map<String, Field> fields;

    private Shape(Map<String, Field> fields) {
        this.fields = fields;
    }

    public static Shape of(Field... fields) {
        Map<String, Field> byName = new LinkedHashMap<>();
        Arrays.stream(fields).forEach(field -> byName.put(field.name(), field));
        return new Shape(byName);
    }

    public Shape with(Field... more) {
        Map<String, Field> byName = new LinkedHashMap<>(fields);
        Arrays.stream(more).forEach(field -> byName.put(field.name(), field));
        return new Shape(byName);
    }

    /** A new object out of a POST. A null for a field that need not be given counts as not given. */
    public ObjectNode create(JsonNode body) {
        body.fieldNames().forEachRemaining(name -> {
            if (field(name).access() == Field.Access.READ_ONLY) {
                throw ApiError.badRequest("Parameter " + name + " is read-only");
            }
        });
        ObjectNode created = Json.object();
        for (Field field : fields.values()) {
            JsonNode given = body.path(field.name());
            if (!given.isMissingNode() && !given.isNull()) {
                created.set(field.name(), field.type().accept(field.name(), given));
            } else if (field.required()) {
                throw ApiError.badRequest("Missing required parameter: " + field.name());
            } else {
                created.set(field.name(), field.initial().deepCopy());
            }
        }
        return created;
    }

    /** An object after a PUT: absent keys are untouched, null resets. */
    public ObjectNode update(ObjectNode current, JsonNode body) {
        ObjectNode updated = current.deepCopy();
        for (Map.Entry<String, JsonNode> entry : body.properties()) {
            Field field = field(entry.getKey());
            if (field.access() != Field.Access.WRITABLE) {
                throw ApiError.badRequest("Parameter " + field.name() + " is read-only");
            }
            if (!entry.getValue().isNull()) {
                updated.set(field.name(), field.type().accept(field.name(), entry.getValue()));
            } else if (field.nullable()) {
                updated.putNull(field.name());
            } else {
                throw ApiError.badRequest("Parameter " + field.name() + " can not be null");
            }
        }
        return updated;
    }

    private Field field(String name) {
        Field field = fields.get(name);
        if (field == null) {
            throw ApiError.badRequest("Unknown parameter: " + name);
        }
        return field;
    }
}
