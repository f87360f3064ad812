package io.jenkins.plugins.iplb.sandbox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import java.util.List;
import java.util.function.Predicate;

/** The types that the schema uses. */
public final class Types {
    /** Longest text OVH takes in a display name or a pattern. */
    public static final int TEXT_MAX = 255;

    private static final int PORT_MAX = 49151;

    private Types() {}

    public static Type text() {
        return text(Integer.MAX_VALUE);
    }

    public static Type text(int maxLength) {
        return (name, value) -> {
            if (!value.isTextual()) {
                throw Type.refusal(name, value, "a string");
            }
            if (value.textValue().length() > maxLength) {
                throw ApiError.badRequest(
                        "Invalid value for parameter " + name + ": longer than " + maxLength + " characters");
            }
            return value;
        };
    }

    public static Type oneOf(String... values) {
        List<String> known = List.of(values);
        return checked("one of " + known, value -> value.isTextual() && known.contains(value.textValue()));
    }

    public static Type bool() {
        return checked("a boolean", JsonNode::isBoolean);
    }

    public static Type integer() {
        return checked("an integer", JsonNode::isIntegralNumber);
    }

    /** Both ends included. */
    public static Type integer(long min, long max) {
        return checked(
                "an integer in [" + min + ".." + max + "]",
                value -> value.isIntegralNumber()
                        && value.canConvertToLong()
                        && value.longValue() >= min
                        && value.longValue() <= max);
    }

    /** A port of a farm, a server or a probe. */
    public static Type port() {
        return integer(1, PORT_MAX);
    }

    /** The id of another object. OVH answers 500 to a zero here, where a client meant null. */
    public static Type id() {
        return (name, value) -> {
            if (!value.isIntegralNumber()) {
                throw Type.refusal(name, value, "an integer");
            }
            if (value.longValue() == 0) {
                throw ApiError.internal("Internal server error");
            }
            return value;
        };
    }

    /** A frontend's ports: single ones and increasing ranges, separated by commas. */
    public static Type ports() {
        return checked("a list of ports", value -> value.isTextual() && arePorts(value.textValue()));
    }

    public static Type ipv4() {
        return checked("an IPv4 address", value -> value.isTextual() && IpBlocks.isIpv4(value.textValue()));
    }

    public static Type ipBlock() {
        return checked("an IP block", value -> value.isTextual() && IpBlocks.isBlock(value.textValue()));
    }

    public static Type listOf(Type element) {
        return (name, value) -> {
            if (!value.isArray()) {
                throw Type.refusal(name, value, "a list");
            }
            ArrayNode accepted = Json.array();
            for (int i = 0; i < value.size(); i++) {
                accepted.add(element.accept(name + "[" + i + "]", value.get(i)));
            }
            return accepted;
        };
    }

    public static Type object(Shape shape) {
        return (name, value) -> {
            if (!value.isObject()) {
                throw Type.refusal(name, value, "an object");
            }
            return shape.create(value);
        };
    }

    private static Type checked(String wanted, Predicate<JsonNode> test) {
        return (name, value) -> {
            if (!test.test(value)) {
                throw Type.refusal(name, value, wanted);
            }
            return value;
        };
    }

    private static boolean arePorts(String text) {
        for (String part : text.split(",", -1)) {
            String[] ends = part.trim().split("-", -1);
            if (ends.length > 2 || !isPort(ends[0])) {
                return false;
            }
            if (ends.length == 2 && !(isPort(ends[1]) && Integer.parseInt(ends[0]) < Integer.parseInt(ends[1]))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPort(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= PORT_MAX;
    }
}
