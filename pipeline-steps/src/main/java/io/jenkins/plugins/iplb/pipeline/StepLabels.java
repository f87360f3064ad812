package io.jenkins.plugins.iplb.pipeline;

import io.jenkins.plugins.iplb.failure.OneLine;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Value;
import io.jenkins.plugins.iplb.parameter.Values;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jvnet.localizer.LocaleProvider;
import org.jvnet.localizer.ResourceBundleHolder;

/**
 * What tells one step of a build from another, in Pipeline Steps and Blue Ocean: a short sentence, in {@code
 * StepLabels.properties} by the catalogue's names. What is in brackets is left out where a value is not given.
 */
final class StepLabels {
    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(StepLabels.class);
    private static final Pattern PARTS = Pattern.compile("\\[([^]]*)]|([^\\[]+)");
    private static final Pattern VALUE = Pattern.compile("\\{([\\w*]+)}");

    /** All that was given and is said nowhere else. */
    private static final String REST = "*";

    private static final Set<String> UNTOLD = Set.of("service", "protocol", "chain", "on", "rule");

    private static final int LONGEST_VALUE = 60;
    private static final int LONGEST = 160;

    private StepLabels() {}

    /**
     * Empty when nothing tells it from another.
     *
     * @param arguments as a Pipeline gave them; some may be kept back
     */
    static Optional<String> of(OperationType operation, Map<String, Object> arguments) {
        Map<String, String> values = values(operation, arguments);
        String template = find(operation.name()).orElse("{*}");
        String all = rest(operation, values, "");
        values.put(REST, rest(operation, values, template));
        values.values().removeIf(String::isEmpty);
        Optional<String> sentence =
                sentence(template, values).or(() -> Optional.of(all).filter(said -> !said.isEmpty()));
        return sentence.map(said -> Boolean.TRUE.equals(arguments.get("dryRun"))
                        ? said + find("dryRun").orElse("")
                        : said)
                .map(said -> shortened(said, LONGEST));
    }

    private static Map<String, String> values(OperationType operation, Map<String, Object> arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Parameter each : operation.parameters()) {
            values.put(each.name(), isPasted(each) ? "" : value(each.name(), arguments.get(each.name())));
        }
        Object on = Objects.requireNonNullElse(arguments.get("loadBalancer"), arguments.getOrDefault("service", ""));
        values.put("on", value("on", on));
        if (arguments.get("field") != null) {
            values.put("rule", rule(arguments));
        }
        return values;
    }

    /** What nobody should see, or would want to read. */
    private static boolean isPasted(Parameter parameter) {
        Value value = parameter.value();
        return value.isSecret()
                || Values.isPem(value)
                || value == Values.FILE
                || Set.of("YAML", "JSON").contains(value.form());
    }

    private static String rest(OperationType operation, Map<String, String> values, String template) {
        Set<String> told = new HashSet<>(UNTOLD);
        VALUE.matcher(template).results().forEach(value -> told.add(value.group(1)));
        return operation.parameters().stream()
                .map(Parameter::name)
                .filter(name -> !told.contains(name) && !values.get(name).isEmpty())
                .map(name -> values.get(name).equals(name) ? name : name + " " + values.get(name))
                .collect(Collectors.joining(", "));
    }

    /** Empty when a value that is not in brackets was not given. */
    private static Optional<String> sentence(String template, Map<String, String> values) {
        StringBuilder sentence = new StringBuilder();
        Matcher parts = PARTS.matcher(template);
        while (parts.find()) {
            boolean mayLack = parts.group(1) != null;
            String part = mayLack ? parts.group(1) : parts.group(2);
            if (VALUE.matcher(part).results().allMatch(value -> values.containsKey(value.group(1)))) {
                sentence.append(
                        VALUE.matcher(part).replaceAll(value -> Matcher.quoteReplacement(values.get(value.group(1)))));
            } else if (!mayLack) {
                return Optional.empty();
            }
        }
        return Optional.of(sentence.toString().strip()).filter(said -> !said.isEmpty());
    }

    /** Empty for what was not given, or is not known any more. */
    private static String value(String name, Object given) {
        String text = given instanceof CharSequence || given instanceof Number || Boolean.FALSE.equals(given)
                ? given.toString()
                : Boolean.TRUE.equals(given) ? name : "";
        if (given instanceof Map<?, ?> map) {
            text = rule(map);
        }
        if (given instanceof Collection<?> all) {
            text = all.stream()
                    .map(each -> value(name, each))
                    .filter(each -> !each.isEmpty())
                    .collect(Collectors.joining(", "));
        }
        return shortened(OneLine.of(text).strip(), LONGEST_VALUE);
    }

    private static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "\u2026";
    }

    /** As the grammar of rules has it. */
    private static String rule(Map<?, ?> parts) {
        if (parts.get("field") == null) {
            return "";
        }
        String subField = value("subField", parts.get("subField"));
        return "%s%s %s%s %s"
                .formatted(
                        value("field", parts.get("field")),
                        subField.isEmpty() ? "" : ":" + subField,
                        Boolean.TRUE.equals(parts.get("negate")) ? "not " : "",
                        value("match", parts.get("match")),
                        value("pattern", parts.get("pattern")))
                .strip();
    }

    private static Optional<String> find(String key) {
        try {
            return Optional.of(TEXTS.get(LocaleProvider.getLocale()).getString(key));
        } catch (MissingResourceException e) {
            return Optional.empty();
        }
    }
}
