package io.jenkins.plugins.iplb.ansible.module;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.ansible.spec.Names;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Probe;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.parameter.RuleValue;
import io.jenkins.plugins.iplb.parameter.Values;
import io.jenkins.plugins.iplb.parameter.WholeNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the options of a module say: an operation, whose parameters have the names of the options, but for one.
 *
 * @param known the parameter that another option stands for
 * @param as that option, mostly {@code name}
 */
public record Meaning(OperationType operation, String known, String as) {
    private static final String NAME = "name";

    static Meaning of(String operation) {
        return named(operation, NAME);
    }

    static Meaning named(String operation, String known) {
        return named(operation, known, NAME);
    }

    static Meaning named(String operation, String known, String as) {
        return new Meaning(Catalogue.named(operation), known, as);
    }

    /** The option for a parameter; empty when there is none, as for the new name of what {@code name} stands for. */
    public Optional<String> option(Parameter parameter) {
        if (parameter.name().equals(known)) {
            return Optional.of(as);
        }
        return parameter.name().equals(NAME) || isToldByParts(parameter)
                ? Optional.empty()
                : Optional.of(Names.snakeCased(parameter.name()));
    }

    /** The options for parameters; for a rule, the first of its parts. */
    List<String> options(List<String> parameters) {
        List<String> options = new ArrayList<>();
        for (String name : parameters) {
            options.add(option(operation.parameter(name))
                    .orElse(RuleSpec.PARAMETERS.get(0).name()));
        }
        return options;
    }

    /** A rule has no option of its own, but one for each of its parts. */
    static boolean isToldByParts(Parameter parameter) {
        return parameter.value() instanceof RuleValue;
    }

    /** How messages call a parameter, or a part of one. */
    public String called(String parameter) {
        return parameter.equals(known) ? as : Names.snakeCased(parameter);
    }

    /** What the arguments say. @param path the place of a file that is given by its name */
    public Fields given(Arguments arguments, UnaryOperator<String> path) {
        Fields given = Fields.none();
        for (Parameter parameter : operation.parameters()) {
            Optional<String> option = option(parameter);
            if (option.isPresent() && arguments.has(option.get())) {
                JsonNode value = arguments.get(option.get());
                boolean file = parameter.value() == Values.FILE;
                given = given.with(
                        parameter.name(),
                        file ? TextNode.valueOf(path.apply(value.textValue())) : meant(parameter, value));
            } else if (isToldByParts(parameter) && !arguments.has(NAME)) {
                given = given.with(parameter.name(), parts(arguments));
            }
        }
        return given;
    }

    private static ObjectNode parts(Arguments arguments) {
        ObjectNode rule = Json.MAPPER.createObjectNode();
        for (Parameter part : RuleSpec.PARAMETERS) {
            String option = Names.snakeCased(part.name());
            if (arguments.has(option)) {
                rule.set(part.name(), arguments.get(option));
            }
        }
        return rule;
    }

    /** A number has no word that resets: zero does, where it would not be allowed. */
    private static JsonNode meant(Parameter parameter, JsonNode given) {
        if (parameter.canBeReset()
                && parameter.value() instanceof WholeNumber number
                && given.isIntegralNumber()
                && given.longValue() == 0
                && number.min() > 0) {
            return NullNode.instance;
        }
        if (parameter.value() == Values.ASSIGNMENTS && given.isObject()) {
            return assignments((ObjectNode) given);
        }
        return parameter.value() instanceof Probe ? probe((ObjectNode) given) : renamed(given);
    }

    private static ArrayNode assignments(ObjectNode given) {
        ArrayNode assignments = Json.MAPPER.createArrayNode();
        given.properties()
                .forEach(each ->
                        assignments.add(each.getKey() + "=" + each.getValue().asText()));
        return assignments;
    }

    private static ObjectNode probe(ObjectNode given) {
        ObjectNode probe = Json.MAPPER.createObjectNode();
        for (Parameter field : Probe.parameters()) {
            JsonNode value = given.get(Names.snakeCased(field.name()));
            if (value != null) {
                probe.set(field.name(), meant(field, value));
            }
        }
        return probe;
    }

    private static JsonNode renamed(JsonNode given) {
        if (given instanceof ObjectNode object) {
            ObjectNode renamed = Json.MAPPER.createObjectNode();
            for (Map.Entry<String, JsonNode> each : object.properties()) {
                renamed.set(Names.camelCased(each.getKey()), each.getValue());
            }
            return renamed;
        }
        if (given instanceof ArrayNode array) {
            ArrayNode renamed = Json.MAPPER.createArrayNode();
            for (JsonNode each : array) {
                renamed.add(renamed(each));
            }
            return renamed;
        }
        return given;
    }
}
