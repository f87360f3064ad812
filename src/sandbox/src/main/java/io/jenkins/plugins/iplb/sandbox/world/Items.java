package io.jenkins.plugins.iplb.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes and changes objects by their {@link Shapes}, and shows them. */
public final class Items {
    private Items() {}

    public static Item create(Kind kind, long id, long parent, JsonNode body) {
        ObjectNode fields = Shapes.of(kind).create(body);
        fields.put(kind.idField(), id);
        if (kind.family() == Family.server) {
            fields.put("backendId", parent);
        }
        return new Item(id, kind, parent, fields);
    }

    public static Item update(Item current, JsonNode body) {
        return current.with(Shapes.of(current.kind()).update(current.fields(), body));
    }

    /** As the API answers it: a route shows its rules. */
    public static ObjectNode show(Item item, Configuration configuration) {
        ObjectNode shown = item.fields().deepCopy();
        if (item.kind().family() == Family.route) {
            ArrayNode rules = shown.putArray("rules");
            configuration
                    .children(item)
                    .forEach(rule -> rules.add(rule.fields().deepCopy().without("displayName")));
        }
        return shown;
    }
}
