package io.jenkins.plugins.iplb.ansible.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.ovh.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Checks values against options in the order, and in the words, of Ansible's own modules. */
final class ArgumentCheck {
    /** What ansible-core before 2.19 leaves of {@code omit} where it is not the whole value of an option. */
    private static final String OMITTED = "__omit_place_holder__";

    private final String module;

    ArgumentCheck(String module) {
        this.module = module;
    }

    /** @return all that was given or has a default, each of its type; what is null counts as not given */
    ObjectNode check(Map<String, Option> options, ObjectNode given) {
        return check(options, given, "");
    }

    /** The value under the option's name, or else under an alias of it; missing when there is none. */
    static JsonNode given(String name, Option option, ObjectNode given) {
        if (given.has(name)) {
            return given.get(name);
        }
        for (String alias : option.aliases()) {
            if (given.has(alias)) {
                return given.get(alias);
            }
        }
        return MissingNode.getInstance();
    }

    /** @param context the option that holds these; empty for those of the module */
    private ObjectNode check(Map<String, Option> options, ObjectNode given, String context) {
        refuseUnknown(options, given, context);
        refuseMissing(options, given, context);
        ObjectNode checked = Json.MAPPER.createObjectNode();
        for (Map.Entry<String, Option> each : options.entrySet()) {
            Option option = each.getValue();
            JsonNode value = given(each.getKey(), option, given);
            JsonNode meant = isNothing(value) ? option.preset() : value;
            if (!isNothing(meant)) {
                checked.set(each.getKey(), value(each.getKey(), option, meant, context));
            }
        }
        return checked;
    }

    private void refuseUnknown(Map<String, Option> options, ObjectNode given, String context) {
        Set<String> known = new HashSet<>();
        Set<String> shown = new TreeSet<>();
        for (Map.Entry<String, Option> each : options.entrySet()) {
            List<String> aliases = each.getValue().aliases();
            known.add(each.getKey());
            known.addAll(aliases);
            shown.add(aliases.isEmpty() ? each.getKey() : each.getKey() + " (" + String.join(", ", aliases) + ")");
        }
        Set<String> unknown = new TreeSet<>();
        for (Map.Entry<String, JsonNode> each : given.properties()) {
            if (!known.contains(each.getKey()) && !each.getKey().startsWith("_ansible_")) {
                unknown.add(context.isEmpty() ? each.getKey() : context + "." + each.getKey());
            }
        }
        if (!unknown.isEmpty()) {
            throw new Refusal("Unsupported parameters for (%s) module: %s. Supported parameters include: %s."
                    .formatted(module, String.join(", ", unknown), String.join(", ", shown)));
        }
    }

    private static void refuseMissing(Map<String, Option> options, ObjectNode given, String context) {
        Set<String> missing = new TreeSet<>();
        for (Map.Entry<String, Option> each : options.entrySet()) {
            if (each.getValue().required() && isNothing(given(each.getKey(), each.getValue(), given))) {
                missing.add(each.getKey());
            }
        }
        if (!missing.isEmpty()) {
            throw new Refusal("missing required arguments: " + String.join(", ", missing) + foundIn(context));
        }
    }

    private JsonNode value(String name, Option option, JsonNode given, String context) {
        refuseOmitted(name, given, context);
        JsonNode value = option.type().convert(given);
        if (value == null) {
            throw new Refusal("argument '%s' is of type %s%s and we were unable to convert to %s: %s"
                    .formatted(
                            name,
                            OptionType.nameOf(given),
                            foundIn(context),
                            option.type().code(),
                            problem(name, option.type(), given)));
        }
        refuseOther(name, option, value, context);
        if (option.type() == OptionType.LIST) {
            ArrayNode list = Json.MAPPER.createArrayNode();
            for (JsonNode each : value) {
                if (!each.asText().startsWith(OMITTED)) {
                    list.add(element(name, option, each));
                }
            }
            return list;
        }
        return option.options().isEmpty() ? value : check(option.options(), (ObjectNode) value, name);
    }

    private JsonNode element(String name, Option option, JsonNode given) {
        refuseOmitted(name, given, "");
        JsonNode value = option.elements().convert(given);
        if (value == null) {
            throw new Refusal("Elements value for option '%s' is of type %s and we were unable to convert to %s: %s"
                    .formatted(
                            name,
                            OptionType.nameOf(given),
                            option.elements().code(),
                            problem(name, option.elements(), given)));
        }
        return option.options().isEmpty() ? value : check(option.options(), (ObjectNode) value, name);
    }

    private static void refuseOmitted(String name, JsonNode given, String context) {
        if (given.asText().contains(OMITTED)) {
            throw new Refusal(
                    "argument '%s'%s has omit inside a text: it stands for a whole value, or for an element of a list"
                            .formatted(name, foundIn(context)));
        }
    }

    private static void refuseOther(String name, Option option, JsonNode value, String context) {
        if (!option.choices().isEmpty() && !option.choices().contains(value.asText())) {
            throw new Refusal("value of %s must be one of: %s, got: %s%s"
                    .formatted(name, String.join(", ", option.choices()), value.asText(), foundIn(context)));
        }
    }

    /** The refusal must not be the first to print a secret. */
    private static String problem(String name, OptionType wanted, JsonNode given) {
        String shown = Option.isSecret(name) ? "what was given" : given.toString();
        return "%s cannot be converted to %s%s"
                .formatted(shown, wanted.code(), wanted == OptionType.STR ? hint(given) : "");
    }

    /** ansible-core before 2.19 makes more of a text than it is. */
    private static String hint(JsonNode given) {
        return given.isBoolean()
                ? "; put it in quotes"
                : given.isContainerNode() ? "; a template that makes such a text ends in the filter 'string'" : "";
    }

    private static boolean isNothing(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static String foundIn(String context) {
        return context.isEmpty() ? "" : " found in " + context;
    }
}
