package io.jenkins.plugins.iplb.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.jenkins.form.RuleForm;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.ListOf;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Probe;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/** The arguments of a step as a Pipeline gives them, who may take liberties: a number for a text, a text for a list. */
final class Arguments {
    private static final Arguments OF_A_RULE = new Arguments("a rule", RuleForm.class, RuleSpec.NAMED_PARAMETERS);

    private final String owner;
    private final DescribableModel<?> model;
    private final List<Parameter> parameters;

    /** @param owner what has them, in messages */
    Arguments(String owner, Class<?> type, OperationType operation) {
        this(owner, type, operation.parameters());
    }

    private Arguments(String owner, Class<?> type, List<Parameter> parameters) {
        this.owner = owner;
        this.model = DescribableModel.of(type);
        this.parameters = parameters;
    }

    /**
     * The same, as the class of the step takes them.
     *
     * @throws InvalidInput for a name that is no parameter
     */
    Map<String, Object> normal(Map<String, ?> arguments) {
        Map<String, Object> normal = new LinkedHashMap<>();
        arguments.forEach((name, value) -> normal.put(name, normal(name, value)));
        return normal;
    }

    private Object normal(String name, Object value) {
        if (name.equals(UninstantiatedDescribable.ANONYMOUS_KEY)) {
            return value;
        }
        DescribableParameter property = model.getParameter(name);
        if (property == null) {
            throw Parameter.unknown(name, Json.MAPPER.valueToTree(String.valueOf(value)), owner, names());
        }
        if (value == null) {
            return null;
        }
        Class<?> type = property.getErasedType();
        Optional<Parameter> parameter =
                parameters.stream().filter(each -> each.name().equals(name)).findFirst();
        if (type == boolean.class || type == Boolean.class) {
            return truth(name, value);
        }
        if (type == List.class) {
            return rules(name, value);
        }
        return value instanceof Collection<?> list ? list(name, parameter, list) : text(name, parameter, value);
    }

    /** As the text that means the same; one without values resets what can be reset. */
    private static String list(String name, Optional<Parameter> parameter, Collection<?> values) {
        ListOf kind = parameter
                .map(Parameter::value)
                .filter(ListOf.class::isInstance)
                .map(ListOf.class::cast)
                .orElseThrow(() -> new InvalidInput(name, values, "a text"));
        if (values.isEmpty()) {
            return parameter.get().canBeReset() ? Parameter.NONE : null;
        }
        return values.stream().map(String::valueOf).collect(Collectors.joining(kind.holdsBlanks() ? "\n" : ", "));
    }

    private static String text(String name, Optional<Parameter> parameter, Object value) {
        if (value instanceof Map<?, ?> map && name.equals("values")) {
            return map.entrySet().stream()
                    .map(each -> each.getKey() + "=" + each.getValue())
                    .collect(Collectors.joining("\n"));
        }
        if (value instanceof Map<?, ?> map
                && parameter.filter(each -> each.value() instanceof Probe).isPresent()) {
            return Json.MAPPER.valueToTree(map).toString();
        }
        if (value instanceof CharSequence || value instanceof Number) {
            return value.toString();
        }
        throw new InvalidInput(name, value, "a text");
    }

    /** What is neither would be taken for false. */
    private static Boolean truth(String name, Object value) {
        return switch (value.toString()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidInput(name, value, "true, false");
        };
    }

    /** Each a map of its parts, or a text. */
    private static List<Object> rules(String name, Object value) {
        List<Object> rules = new ArrayList<>();
        for (Object each : value instanceof Collection<?> all ? all : List.of(value)) {
            if (each instanceof CharSequence text) {
                text.toString().lines().filter(line -> !line.isBlank()).forEach(line -> rules.add(rule(name, line)));
            } else if (each instanceof Map<?, ?> map) {
                rules.add(rule(map));
            } else if (each instanceof UninstantiatedDescribable || each instanceof RuleForm) {
                rules.add(each);
            } else {
                throw new InvalidInput(
                        name,
                        each,
                        "rules, such as 'protocol is http/2.0' or [field: 'protocol', match: 'is', pattern: 'http/2.0']");
            }
        }
        return rules;
    }

    private static Map<String, Object> rule(String name, String text) {
        Map<String, Object> rule = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> part :
                RuleSpec.parse(name, text).fields().json().properties()) {
            rule.put(
                    part.getKey(),
                    part.getValue().isBoolean()
                            ? part.getValue().booleanValue()
                            : part.getValue().asText());
        }
        return rule;
    }

    private static Map<String, Object> rule(Map<?, ?> given) {
        Map<String, Object> rule = new LinkedHashMap<>();
        given.forEach((name, value) -> rule.put(String.valueOf(name), value));
        return OF_A_RULE.normal(rule);
    }

    private List<String> names() {
        return model.getParameters().stream()
                .map(DescribableParameter::getName)
                .sorted()
                .toList();
    }
}
