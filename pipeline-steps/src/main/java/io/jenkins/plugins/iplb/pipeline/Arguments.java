package io.jenkins.plugins.iplb.pipeline;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/** The arguments of a step, or of a rule in it, as a Pipeline gives them. */
final class Arguments {
    private static final String RULES = "rules";

    private final DescribableModel<?> model;

    Arguments(Class<?> type) {
        this.model = DescribableModel.of(type);
    }

    /**
     * The same, with the liberties taken back that a Pipeline may take: ids are numbers or texts, and lists are lists or
     * texts with commas.
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
        DescribableParameter parameter = model.getParameter(name);
        if (parameter == null) {
            throw new InvalidInput(name, value, "no parameter of that name, but " + names());
        }
        if (value == null) {
            return null;
        }
        Class<?> type = parameter.getErasedType();
        if (type == String.class) {
            return text(name, value);
        }
        if (type == Integer.class) {
            return number(name, value);
        }
        if (type == boolean.class || type == Boolean.class) {
            return truth(name, value);
        }
        return name.equals(RULES) ? rules(value) : value;
    }

    private static String text(String name, Object value) {
        if (value instanceof Collection<?> all) {
            return all.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        if (value instanceof CharSequence || value instanceof Number) {
            return value.toString();
        }
        throw new InvalidInput(name, value, "a text");
    }

    private static Integer number(String name, Object value) {
        try {
            return Integer.valueOf(value.toString());
        } catch (NumberFormatException e) {
            throw new InvalidInput(name, value, "a whole number");
        }
    }

    /** What is neither would be taken for false. */
    private static Boolean truth(String name, Object value) {
        return switch (value.toString()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidInput(name, value, "true, false");
        };
    }

    private static List<Object> rules(Object value) {
        if (!(value instanceof Collection<?> all)) {
            throw new InvalidInput(
                    RULES, value, "a list of rules, such as [[field: 'protocol', match: 'is', pattern: 'http/2.0']]");
        }
        List<Object> rules = new ArrayList<>();
        for (Object each : all) {
            rules.add(each instanceof Map<?, ?> rule ? rule(rule) : each);
        }
        return rules;
    }

    private static Map<String, Object> rule(Map<?, ?> given) {
        Map<String, Object> rule = new LinkedHashMap<>();
        given.forEach((name, value) -> rule.put(String.valueOf(name), value));
        return new Arguments(RouteRule.class).normal(rule);
    }

    private String names() {
        return model.getParameters().stream()
                .map(DescribableParameter::getName)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
    }
}
