package io.jenkins.plugins.iplb.ansible.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.ovh.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of one module. They are those of its documentation, which the build leaves beside this class as JSON: there
 * is no second list of them to be kept the same.
 *
 * @param module its name without the collection's
 */
public record ArgumentSpec(String module, Map<String, Option> options) {

    /** @throws IllegalArgumentException when no module of that name is documented */
    public static ArgumentSpec of(String module) {
        try (InputStream documented = ArgumentSpec.class.getResourceAsStream(module + ".json")) {
            if (documented == null) {
                throw new IllegalArgumentException("no module: " + module);
            }
            return new ArgumentSpec(module, options(Json.MAPPER.readTree(documented)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Option> options(JsonNode documented) {
        Map<String, Option> options = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : documented.properties()) {
            options.put(each.getKey(), Option.of(each.getValue()));
        }
        return options;
    }

    /**
     * Checks what was given, with the messages of Ansible's own modules.
     *
     * @param given the arguments, Ansible's own among them
     * @throws io.jenkins.plugins.iplb.failure.IplbException of kind {@code USAGE} for what the module does not take
     */
    public Arguments check(ObjectNode given, List<Constraint> constraints) {
        ObjectNode arguments = new ArgumentCheck(module).check(options, given);
        for (Constraint constraint : constraints) {
            Optional<String> violation = constraint.violation(arguments);
            if (violation.isPresent()) {
                throw new Refusal(violation.get());
            }
        }
        return new Arguments(arguments);
    }

    /** What was given under the names that are known, as it was given, secrets hidden: for who wants to see the call. */
    public ObjectNode invocation(ObjectNode given) {
        ObjectNode shown = Json.MAPPER.createObjectNode();
        for (Map.Entry<String, Option> each : options.entrySet()) {
            String name = each.getKey();
            Option option = each.getValue();
            JsonNode value = ArgumentCheck.given(name, option, given);
            boolean hidden = Option.isSecret(name) && !value.isMissingNode() && !value.isNull();
            if (hidden) {
                shown.put(name, "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER");
            } else if (!value.isMissingNode() || !option.preset().isMissingNode()) {
                shown.set(name, value.isMissingNode() ? option.preset() : value);
            } else {
                shown.putNull(name);
            }
        }
        return shown;
    }

    /** The secrets among what was given. */
    public List<String> secrets(ObjectNode given) {
        List<String> secrets = new ArrayList<>();
        for (String name : options.keySet()) {
            JsonNode value = given.path(name);
            if (Option.isSecret(name) && !value.isNull() && !value.asText().isBlank()) {
                secrets.add(value.asText());
            }
        }
        return secrets;
    }
}
