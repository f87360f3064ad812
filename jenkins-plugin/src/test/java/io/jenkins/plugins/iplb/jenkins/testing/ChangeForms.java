package io.jenkins.plugins.iplb.jenkins.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.jenkins.freestyle.ChangeForm;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.parameter.Flag;
import io.jenkins.plugins.iplb.parameter.ListOf;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.parameter.RuleValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.structs.describable.DescribableModel;

/** Changes of freestyle jobs with the values of the table of faces. */
public final class ChangeForms {
    private static final int MOST = 8;

    private ChangeForms() {}

    public static ChangeForm of(OperationType operation, ObjectNode values) throws Exception {
        Class<?> type = Jenkins.get().getExtensionList(ChangeForm.ChangeFormDescriptor.class).stream()
                .filter(descriptor -> descriptor.operation().equals(operation))
                .findFirst()
                .orElseThrow()
                .clazz;
        return (ChangeForm) DescribableModel.of(type).instantiate(arguments(operation, values), null);
    }

    /** As somebody types them: all but rules and flags are texts, and what resets is the word for it. */
    public static Map<String, Object> arguments(OperationType operation, ObjectNode values) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        values.properties().stream()
                .filter(each -> !each.getKey().equals("service"))
                .forEach(each -> {
                    Parameter parameter = operation.parameter(each.getKey());
                    Map.Entry<String, JsonNode> said = JenkinsFace.said(parameter, each.getValue());
                    arguments.put(said.getKey(), argument(parameter, said.getValue()));
                });
        return arguments;
    }

    private static Object argument(Parameter parameter, JsonNode value) {
        if (parameter.value() instanceof Flag && parameter.preset().isPresent()) {
            return value.asBoolean();
        }
        if (value.isNull()) {
            return Parameter.NONE;
        }
        if (parameter.value() instanceof ListOf list && value.isArray()) {
            return list.element() instanceof RuleValue
                    ? value.valueStream().map(ChangeForms::rule).toList()
                    : value.valueStream()
                            .map(JsonNode::asText)
                            .collect(Collectors.joining(list.holdsBlanks() ? "\n" : ", "));
        }
        return value.isObject() ? value.toString() : value.asText();
    }

    private static Map<String, Object> rule(JsonNode given) {
        JsonNode rule = given.isTextual()
                ? RuleSpec.parse("rules", given.textValue()).fields().json()
                : given;
        Map<String, Object> parts = new LinkedHashMap<>();
        rule.properties()
                .forEach(part -> parts.put(
                        part.getKey(),
                        part.getValue().isBoolean()
                                ? part.getValue().booleanValue()
                                : part.getValue().asText()));
        return parts;
    }

    /** Some at a time: what a browser of the tests takes for a form grows with the square of what is in it. */
    public static <T> List<List<T>> pages(List<T> forms) {
        return IntStream.iterate(0, i -> i < forms.size(), i -> i + MOST)
                .mapToObj(i -> forms.subList(i, Math.min(forms.size(), i + MOST)))
                .toList();
    }
}
