package io.jenkins.plugins.iplb.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What stands in a YAML file, and where. Aliases and merge keys are resolved, each at the place of its use. */
sealed interface YamlNode {

    Place place();

    /** The same without its places. */
    JsonNode json();

    /** The same, used elsewhere. */
    YamlNode at(Place other);

    /**
     * A text, number, boolean or null.
     *
     * @param standsFor the name of the placeholder that stands there, and nothing else does; empty for none
     */
    record Scalar(Place place, JsonNode json, Optional<String> standsFor) implements YamlNode {
        @Override
        public Scalar at(Place other) {
            return new Scalar(other, json, standsFor);
        }
    }

    /** A list. */
    record Sequence(Place place, List<YamlNode> items) implements YamlNode {
        @Override
        public JsonNode json() {
            ArrayNode json = JsonNodeFactory.instance.arrayNode();
            items.forEach(item -> json.add(item.json()));
            return json;
        }

        @Override
        public Sequence at(Place other) {
            return new Sequence(other, items);
        }
    }

    /** Values by their keys, of which no two are equal. */
    record Mapping(Place place, List<Entry> entries) implements YamlNode {
        @Override
        public JsonNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            entries.forEach(entry -> json.set(entry.key(), entry.value().json()));
            return json;
        }

        @Override
        public Mapping at(Place other) {
            return new Mapping(other, entries);
        }
    }

    /** @param place of the key */
    record Entry(Place place, String key, YamlNode value) {}
}
