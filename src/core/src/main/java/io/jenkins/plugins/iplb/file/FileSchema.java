package io.jenkins.plugins.iplb.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.Choice;
import io.jenkins.plugins.iplb.parameter.Flag;
import io.jenkins.plugins.iplb.parameter.ListOf;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Probe;
import io.jenkins.plugins.iplb.parameter.RuleValue;
import io.jenkins.plugins.iplb.parameter.Value;
import io.jenkins.plugins.iplb.parameter.Values;
import io.jenkins.plugins.iplb.parameter.WholeNumber;
import java.util.List;
import java.util.Optional;

/**
 * The JSON Schema of change files, made of the declarations that the reader goes by. It is for editors: it completes and
 * underlines, and takes placeholders wherever the reader takes them.
 */
public final class FileSchema {
    private static final JsonNodeFactory NEW = JsonNodeFactory.instance;
    private static final String PLACEHOLDER = "\\$\\{";

    private FileSchema() {}

    /** Of one document, in draft 2020-12. */
    public static ObjectNode json() {
        ObjectNode document = mapping();
        ObjectNode properties = document.withObject("properties");
        properties.set(StateReader.LOAD_BALANCER, said(value(Values.SERVICE), "Which load balancer this is"));
        ObjectNode settings = mapping();
        fields(Section.SETTINGS, Optional.empty(), settings.withObject("properties"));
        properties.set(Section.SETTINGS.name(), orNull(settings));
        sections(Optional.empty(), properties);
        for (Protocol protocol : Protocol.values()) {
            ObjectNode family = mapping();
            sections(Optional.of(protocol), family.withObject("properties"));
            properties.set(protocol.code(), orNull(family));
        }
        document.putArray("required").add(StateReader.LOAD_BALANCER);
        ObjectNode schema = NEW.objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "Wanted state of an OVHcloud Load Balancer");
        return schema.setAll(document);
    }

    private static void sections(Optional<Protocol> protocol, ObjectNode properties) {
        Section.all(protocol).forEach(section -> properties.set(section.name(), collection(section, protocol)));
    }

    private static ObjectNode collection(Section section, Optional<Protocol> protocol) {
        ObjectNode object = object(section, protocol);
        ObjectNode named = NEW.objectNode().put("type", "object");
        named.withObject("properties")
                .withObject(StateReader.EXACT)
                .put("description", "Whether there is to be nothing else");
        named.set("additionalProperties", anyOf(orNull(object), list(object)));
        return section.mayBeNameless() ? anyOf(orNull(named), list(object)) : orNull(named);
    }

    private static ObjectNode object(Section section, Optional<Protocol> protocol) {
        ObjectNode object = mapping();
        ObjectNode properties = object.withObject("properties");
        fields(section, protocol, properties);
        section.parts(protocol).forEach(part -> properties.set(part.name(), collection(part, protocol)));
        properties
                .withObject(ObjectReader.STATE)
                .put("description", "Whether it is to be there")
                .set("enum", Json.MAPPER.valueToTree(List.of(ObjectReader.PRESENT, ObjectReader.ABSENT)));
        return object;
    }

    private static void fields(Section section, Optional<Protocol> protocol, ObjectNode properties) {
        for (Parameter each : section.fields()) {
            if (each.isOf(protocol) && !properties.has(each.name())) {
                Parameter field = protocol.map(each::on).orElse(each);
                ObjectNode value = field.value().isSecret() ? reference() : value(field.value());
                properties.set(field.name(), said(field.canBeReset() ? orNone(value) : value, field.description()));
            }
        }
    }

    private static ObjectNode value(Value value) {
        if (value instanceof ListOf list) {
            return anyOf(list(value(list.element())), value(list.element()), text());
        }
        if (value instanceof Choice choice) {
            return anyOf(words(choice.choices()), placeholder());
        }
        if (value instanceof Flag) {
            return anyOf(typed("boolean"), words(List.of("true", "false")), placeholder());
        }
        if (value instanceof WholeNumber number) {
            ObjectNode whole = typed("integer").put("minimum", number.min()).put("maximum", number.max());
            return anyOf(whole, matching("^\\s*-?\\d{1,18}\\s*$"), placeholder());
        }
        if (value instanceof Probe) {
            return anyOf(parts(Probe.parameters()), text());
        }
        return value instanceof RuleValue rule ? anyOf(parts(rule.parts()), text()) : anyOf(text(), typed("integer"));
    }

    /** A value of several fields. */
    private static ObjectNode parts(List<Parameter> fields) {
        ObjectNode parts = mapping();
        ArrayNode needed = NEW.arrayNode();
        for (Parameter each : fields) {
            parts.withObject("properties").set(each.name(), said(orNone(value(each.value())), each.description()));
            if (each.isNeeded()) {
                needed.add(each.name());
            }
        }
        return needed.isEmpty() ? parts : parts.set("required", needed);
    }

    private static ObjectNode said(ObjectNode value, String description) {
        return NEW.objectNode().put("description", description).setAll(value);
    }

    private static ObjectNode mapping() {
        return typed("object").put("additionalProperties", false);
    }

    private static ObjectNode list(ObjectNode items) {
        return typed("array").set("items", items);
    }

    private static ObjectNode text() {
        return typed("string");
    }

    private static ObjectNode placeholder() {
        return matching(PLACEHOLDER);
    }

    /** No file holds a secret. */
    private static ObjectNode reference() {
        return matching("^" + PLACEHOLDER + "[A-Z_][A-Z0-9_]*\\}$");
    }

    private static ObjectNode matching(String pattern) {
        return text().put("pattern", pattern);
    }

    private static ObjectNode words(List<String> words) {
        return NEW.objectNode().set("enum", Json.MAPPER.valueToTree(words));
    }

    private static ObjectNode typed(String type) {
        return NEW.objectNode().put("type", type);
    }

    private static ObjectNode orNull(ObjectNode value) {
        return anyOf(value, typed("null"));
    }

    private static ObjectNode orNone(ObjectNode value) {
        return anyOf(orNull(value), words(List.of(Parameter.NONE)));
    }

    private static ObjectNode anyOf(ObjectNode... some) {
        ArrayNode all = NEW.arrayNode();
        for (ObjectNode each : some) {
            if (each.size() == 1 && each.has("anyOf")) {
                each.get("anyOf").forEach(all::add);
            } else {
                all.add(each);
            }
        }
        return NEW.objectNode().set("anyOf", all);
    }
}
