package io.jenkins.plugins.iplb.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.List;
import java.util.function.Function;

/**
 * Text; a number is taken as its digits.
 *
 * @param choices what can be chosen beside what is on the load balancer
 * @param verbatim whether every blank counts
 * @param reading what is meant by a text
 * @param meaning what is the same for texts that mean the same
 */
public record Text(
        String form,
        String allowed,
        List<String> choices,
        boolean verbatim,
        Parser reading,
        Function<String, Object> meaning)
        implements Value {

    /** The same where texts that differ may mean the same. */
    Text meaning(Function<String, Object> other) {
        return new Text(form, allowed, choices, verbatim, reading, other);
    }

    @Override
    public boolean isSo(JsonNode there, JsonNode wanted) {
        return there.isTextual() && wanted.isTextual()
                ? meaning.apply(there.textValue()).equals(meaning.apply(wanted.textValue()))
                : Value.super.isSo(there, wanted);
    }

    /** What is meant by a text. */
    @FunctionalInterface
    public interface Parser {
        /** @throws InvalidInput naming the parameter */
        String of(String parameter, String given);
    }

    static Text of(String form, String allowed, Parser reading) {
        return new Text(form, allowed, List.of(), false, reading, text -> text);
    }

    /** What matches a pattern once the blanks around it are gone. */
    static Text matching(String form, String pattern, String allowed) {
        return of(form, allowed, (parameter, given) -> checked(parameter, given.strip(), pattern, allowed));
    }

    /** What matches a pattern as it is. */
    static Text verbatim(String form, String pattern, String allowed) {
        return new Text(
                form,
                allowed,
                List.of(),
                true,
                (parameter, given) -> checked(parameter, given, pattern, allowed),
                text -> text);
    }

    /** The same with words to choose from. */
    Text offering(List<String> words) {
        return new Text(form, allowed, words, verbatim, reading, meaning);
    }

    private static String checked(String parameter, String given, String pattern, String allowed) {
        if (!given.matches(pattern)) {
            throw new InvalidInput(parameter, given, allowed);
        }
        return given;
    }

    @Override
    public JsonNode of(String parameter, JsonNode given) {
        if (!given.isTextual() && !given.isIntegralNumber()) {
            throw Value.refusal(parameter, given, allowed);
        }
        return TextNode.valueOf(reading.of(parameter, given.asText()));
    }
}
