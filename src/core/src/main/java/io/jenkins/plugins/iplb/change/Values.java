package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The values that fields of several objects take. */
final class Values {
    static final Value BOOLEAN = checked("true, false", JsonNode::isBoolean);
    static final Value PORT = number(1, Ports.LAST, "a port from 1 to " + Ports.LAST);
    static final Value ID = number(1, Long.MAX_VALUE, "an id (a whole number from 1)");
    static final Value NAME = (parameter, given) -> {
        Checks.name(text(parameter, given, Checks.NAME));
        return given;
    };

    /** What something is known by: digits are its id. */
    static final Value ID_OR_NAME = (parameter, given) -> {
        Reference reference = Reference.parse(parameter, text(parameter, given, Reference.ALLOWED));
        if (reference.id().isEmpty()) {
            Checks.name(reference.text());
        }
        return TextNode.valueOf(reference.text());
    };

    static final Value ZONE = (parameter, given) -> {
        String zone =
                text(parameter, given, "all, or a zone of the load balancer").strip();
        if (zone.isEmpty()) {
            throw refusal(parameter, given, "all, or a zone of the load balancer");
        }
        return TextNode.valueOf(zone.toLowerCase(Locale.ROOT));
    };

    static final Value PORTS = (parameter, given) ->
            TextNode.valueOf(Ports.check(given.isIntegralNumber() ? given.asText() : given.textValue()));
    static final Value ADDRESS =
            (parameter, given) -> TextNode.valueOf(IpBlock.parseAddress(parameter, given.textValue()));

    /** Blocks of addresses; an empty list means no restriction, as null does. */
    static final Value BLOCKS = new SetOf(
            "a list of addresses or blocks",
            (parameter, given) ->
                    TextNode.valueOf(IpBlock.parse(parameter, given.textValue()).cidr()),
            there -> TextNode.valueOf(Addresses.block(there.asText())));

    private Values() {}

    static Value number(long min, long max) {
        return number(min, max, "%d to %d".formatted(min, max));
    }

    private static Value number(long min, long max, String allowed) {
        return checked(
                allowed,
                given -> given.isIntegralNumber()
                        && given.canConvertToLong()
                        && given.longValue() >= min
                        && given.longValue() <= max);
    }

    static Value oneOf(String... values) {
        return oneOf("", List.of(values));
    }

    /** Where protocols differ in what there is. */
    static Value oneOf(Protocol protocol, List<String> values) {
        return oneOf("for %s ".formatted(protocol.code()), values);
    }

    private static Value oneOf(String where, List<String> values) {
        return checked(
                "%sone of %s".formatted(where, String.join(", ", values)),
                given -> given.isTextual() && values.contains(given.textValue()));
    }

    static Value matching(String pattern, String allowed) {
        return checked(allowed, given -> given.isTextual() && given.textValue().matches(pattern));
    }

    /** An object by its id or its name. @param kind what it is */
    static Value reference(String kind) {
        return (parameter, given) ->
                TextNode.valueOf(Reference.parse(kind, given.isIntegralNumber() ? given.asText() : given.textValue())
                        .text());
    }

    /** A set of texts; an empty list means none, as null does. */
    static Value setOf(Value element) {
        return new SetOf("a list", element, there -> there);
    }

    private static Value checked(String allowed, Predicate<JsonNode> test) {
        return (parameter, given) -> {
            if (!test.test(given)) {
                throw refusal(parameter, given, allowed);
            }
            return given;
        };
    }

    private static String text(String parameter, JsonNode given, String allowed) {
        if (!given.isTextual()) {
            throw refusal(parameter, given, allowed);
        }
        return given.textValue();
    }

    static InvalidInput refusal(String parameter, JsonNode given, String allowed) {
        Object shown = given.isTextual() ? given.textValue() : given;
        return new InvalidInput(parameter, given.isNull() ? null : shown, allowed);
    }

    /**
     * Order and repetition mean nothing.
     *
     * @param meant an element that is there, as the wanted ones are written
     */
    private record SetOf(String allowed, Value element, UnaryOperator<JsonNode> meant) implements Value {
        @Override
        public JsonNode of(String parameter, JsonNode given) {
            if (!given.isArray()) {
                throw refusal(parameter, given, allowed);
            }
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            StreamSupport.stream(given.spliterator(), false)
                    .map(each -> element.of(parameter, each))
                    .distinct()
                    .forEach(list::add);
            return list.isEmpty() ? NullNode.instance : list;
        }

        @Override
        public boolean isSo(JsonNode there, JsonNode wanted) {
            return set(there).equals(set(wanted));
        }

        private Set<JsonNode> set(JsonNode list) {
            return StreamSupport.stream(list.spliterator(), false).map(meant).collect(Collectors.toSet());
        }
    }
}
