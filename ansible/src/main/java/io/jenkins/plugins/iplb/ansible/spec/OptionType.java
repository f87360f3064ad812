package io.jenkins.plugins.iplb.ansible.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.ovh.Json;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of options, and what passes for a value of each: templates make text of everything, as Ansible knows. */
enum OptionType {
    STR("str") {
        @Override
        JsonNode convert(JsonNode given) {
            return given.isTextual() || given.isNumber() ? TextNode.valueOf(given.asText()) : null;
        }
    },
    PATH("path") {
        @Override
        JsonNode convert(JsonNode given) {
            return STR.convert(given);
        }
    },
    INT("int") {
        @Override
        JsonNode convert(JsonNode given) {
            if (given.isNumber()) {
                return given.canConvertToExactIntegral() && given.canConvertToLong() ? whole(given.longValue()) : null;
            }
            String text = given.isTextual() ? given.textValue().strip() : "";
            return text.matches("[-+]?\\d{1,18}") ? whole(Long.parseLong(text)) : null;
        }
    },
    BOOL("bool") {
        @Override
        JsonNode convert(JsonNode given) {
            String text = given.isValueNode() ? given.asText().strip().toLowerCase(Locale.ROOT) : "";
            return TRUE.contains(text) ? BooleanNode.TRUE : FALSE.contains(text) ? BooleanNode.FALSE : null;
        }
    },
    /** One text may hold several values: what is between them depends on what they are. */
    LIST("list") {
        @Override
        JsonNode convert(JsonNode given) {
            if (given.isArray()) {
                return given;
            }
            JsonNode read = literal(given, "[");
            if (read.isArray()) {
                return read;
            }
            boolean one = given.isTextual() || given.isNumber() || given.isObject();
            return one ? JsonNodeFactory.instance.arrayNode().add(given) : null;
        }
    },
    DICT("dict") {
        @Override
        JsonNode convert(JsonNode given) {
            if (given.isObject()) {
                return given;
            }
            JsonNode read = literal(given, "{");
            return read.isObject()
                    ? read
                    : given.isTextual() ? pairs(given.textValue().strip()) : null;
        }
    };

    private static final List<String> TRUE = List.of("yes", "on", "true", "y", "t", "1");
    private static final List<String> FALSE = List.of("no", "off", "false", "n", "f", "0");

    private static final ObjectReader LITERALS = Json.MAPPER
            .reader()
            .with(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Pattern PAIR = Pattern.compile("([^\\s=,]+)=(\"[^\"]*\"|'[^']*'|[^\\s,]*)(?:[\\s,]+|$)");

    private final String code;

    OptionType(String code) {
        this.code = code;
    }

    /** The value as one of this type; null when it is none. */
    abstract JsonNode convert(JsonNode given);

    /** How documentation and messages call it. */
    String code() {
        return code;
    }

    static OptionType of(String code) {
        for (OptionType type : values()) {
            if (type.code.equals(code)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no type of options: " + code);
    }

    /**
     * What a text is that looks like a list or a dictionary, in JSON or with the quotes of Python: what ansible-core
     * before 2.19 makes of one, and later ones leave to the module. Missing when it is neither.
     *
     * @param opening what it begins with
     */
    private static JsonNode literal(JsonNode given, String opening) {
        String text = given.isTextual() ? given.textValue().strip() : "";
        try {
            return text.startsWith(opening) ? LITERALS.readTree(text) : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** {@code key=value} with commas or spaces between, as on a command line; null when it is something else. */
    private static JsonNode pairs(String text) {
        ObjectNode dictionary = JsonNodeFactory.instance.objectNode();
        Matcher pair = PAIR.matcher(text);
        int end = 0;
        while (end < text.length() && pair.find() && pair.start() == end) {
            dictionary.put(pair.group(1), pair.group(2).replaceAll("^(['\"])(.*)\\1$", "$2"));
            end = pair.end();
        }
        return end == text.length() && !text.isEmpty() ? dictionary : null;
    }

    private static JsonNode whole(long number) {
        return number == (int) number ? IntNode.valueOf((int) number) : LongNode.valueOf(number);
    }

    /** How messages call the type that a value has. */
    static String nameOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "str";
            case BOOLEAN -> "bool";
            case NUMBER -> value.isIntegralNumber() ? "int" : "float";
            case ARRAY -> "list";
            case NULL -> "NoneType";
            default -> "dict";
        };
    }
}
