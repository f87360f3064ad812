package io.jenkins.plugins.iplb.ansible.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Arguments that were checked: each is there or not, and of its type. */
public final class Arguments {
    private final ObjectNode values;

    Arguments(ObjectNode values) {
        this.values = values;
    }

    public boolean has(String name) {
        return values.has(name);
    }

    /** Null when it is not given. */
    public String text(String name) {
        return values.path(name).textValue();
    }

    /** Null when it is not given. */
    public JsonNode get(String name) {
        return values.get(name);
    }

    /** What is given of these, for those who treat them all the same. */
    public Map<String, JsonNode> given(List<String> names) {
        Map<String, JsonNode> given = new LinkedHashMap<>();
        for (String name : names) {
            if (values.has(name)) {
                given.put(name, values.get(name));
            }
        }
        return given;
    }
}
