package io.jenkins.plugins.iplb.file;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ${NAME}} and {@code ${NAME:-default}}, NAME in capitals: what is in small letters, such as {@code ${host}}, is
 * OVH's. An empty value counts as none. {@code $${NAME}} is the text {@code ${NAME}}.
 *
 * @param values by name; empty for what has none
 */
record Placeholders(Function<String, Optional<String>> values) {
    /** How a placeholder looks. */
    static final String FORM = "\\$\\{[A-Z_][A-Z0-9_]*(:-[^}]*)?\\}";

    private static final Pattern PLACEHOLDER =
            Pattern.compile("(?<escape>\\$)?\\$\\{(?<name>[A-Z_][A-Z0-9_]*)(?<default>:-(?<instead>[^}]*))?\\}");

    /** What is read as this text. */
    static String escaped(String text) {
        return replaced(text, found -> "$" + found.group());
    }

    /** What it stands for alone, with no default. */
    static Optional<String> name(String text) {
        Matcher found = PLACEHOLDER.matcher(text);
        boolean isOne = found.matches() && found.group("escape") == null && found.group("default") == null;
        return isOne ? Optional.of(found.group("name")) : Optional.empty();
    }

    String replaced(String text, Place place, Mistakes mistakes) {
        return replaced(
                text,
                found -> found.group("escape") == null
                        ? value(found, place, mistakes)
                        : found.group().substring(1));
    }

    /** After the last brace nothing is one: what only begins as one would each time be followed to the end of the text. */
    private static String replaced(String text, Function<Matcher, String> with) {
        int end = text.lastIndexOf('}') + 1;
        return PLACEHOLDER
                        .matcher(text.substring(0, end))
                        .replaceAll(found -> Matcher.quoteReplacement(with.apply((Matcher) found)))
                + text.substring(end);
    }

    private String value(Matcher found, Place place, Mistakes mistakes) {
        String name = found.group("name");
        Optional<String> value = values.apply(name).filter(text -> !text.isEmpty());
        if (value.isEmpty() && found.group("default") == null) {
            mistakes.at(place, "${%1$s} has no value: set %1$s, or write ${%1$s:-what counts then}".formatted(name));
        }
        return value.orElse(found.group("default") == null ? name : found.group("instead"));
    }
}
