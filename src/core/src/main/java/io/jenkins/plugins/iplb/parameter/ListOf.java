package io.jenkins.plugins.iplb.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.jenkins.plugins.iplb.api.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Several values, whose repetition means nothing; an empty list means none, as null does. A text, on its own or in a list,
 * holds as many values as there are between its commas and blanks; where values hold blanks themselves, one in each line.
 *
 * @param separator what is between the values of a text
 * @param meant a value that is there, as the wanted ones are written
 */
public record ListOf(Value element, String allowed, Pattern separator, UnaryOperator<JsonNode> meant) implements Value {
    private static final Pattern COMMAS_AND_BLANKS = Pattern.compile("[\\s,]+");
    private static final Pattern LINES = Pattern.compile("\\s*\\R\\s*");

    /** Of values without blanks. */
    static ListOf words(Value element, String allowed) {
        return new ListOf(element, allowed, COMMAS_AND_BLANKS, there -> there);
    }

    /** Of values that may hold blanks. */
    static ListOf lines(Value element, String allowed) {
        return new ListOf(element, allowed, LINES, there -> there);
    }

    ListOf meaning(UnaryOperator<JsonNode> other) {
        return new ListOf(element, allowed, separator, other);
    }

    /** Whether its values may hold blanks, so that blanks are not what is between them. */
    public boolean holdsBlanks() {
        return separator == LINES;
    }

    @Override
    public ListOf on(Protocol protocol) {
        return new ListOf(element.on(protocol), allowed, separator, meant);
    }

    @Override
    public String form() {
        return element.form();
    }

    @Override
    public List<String> choices() {
        return element.choices();
    }

    @Override
    public JsonNode of(String parameter, JsonNode given) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        parts(parameter, given).stream()
                .map(each -> element.of(parameter, each))
                .distinct()
                .forEach(list::add);
        return list.isEmpty() ? NullNode.instance : list;
    }

    private List<JsonNode> parts(String parameter, JsonNode given) {
        if (given.isArray()) {
            List<JsonNode> all = new ArrayList<>();
            given.forEach(each -> all.addAll(parts(parameter, each)));
            return all;
        }
        if (!given.isTextual()) {
            return List.of(given);
        }
        List<JsonNode> parts = Arrays.stream(separator.split(given.textValue().strip()))
                .filter(part -> !part.isEmpty())
                .<JsonNode>map(JsonNodeFactory.instance::textNode)
                .toList();
        if (parts.isEmpty()) {
            throw Value.refusal(parameter, given, allowed);
        }
        return parts;
    }

    /** Order means nothing to OVH. */
    @Override
    public boolean isSo(JsonNode there, JsonNode wanted) {
        return set(there).equals(set(wanted));
    }

    private Set<JsonNode> set(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(meant).collect(Collectors.toSet());
    }
}
