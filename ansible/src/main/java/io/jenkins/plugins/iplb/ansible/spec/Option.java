package io.jenkins.plugins.iplb.ansible.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One option, as it is documented.
 *
 * @param elements the type of the elements of a list; null for other types
 * @param preset its default; missing when it has none
 * @param choices what it may be; empty when that is not limited
 * @param options the options within a dictionary, or within each element of a list of them
 */
record Option(
        OptionType type,
        OptionType elements,
        boolean required,
        JsonNode preset,
        List<String> choices,
        List<String> aliases,
        Map<String, Option> options) {

    /** Documentation has no word for what must not be shown. */
    private static final Set<String> SECRETS =
            Set.of("application_secret", "consumer_key", "client_secret", "access_token", "key");

    static boolean isSecret(String name) {
        return SECRETS.contains(name);
    }

    static Option of(JsonNode documented) {
        String elements = documented.path("elements").textValue();
        return new Option(
                OptionType.of(documented.path("type").asText("str")),
                elements == null ? null : OptionType.of(elements),
                documented.path("required").asBoolean(),
                documented.has("default") ? documented.get("default") : MissingNode.getInstance(),
                texts(documented.path("choices")),
                texts(documented.path("aliases")),
                ArgumentSpec.options(documented.path("suboptions")));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : list) {
            texts.add(each.asText());
        }
        return texts;
    }
}
