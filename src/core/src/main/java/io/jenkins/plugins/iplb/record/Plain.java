package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Values as people write them, each in one line. */
final class Plain {
    private static final int LONGEST = 200;

    private Plain() {}

    /** Text without quotes, what is in a list separated by commas, and anything else as JSON. */
    static String value(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(Plain::value)
                    .collect(Collectors.joining(", "));
        }
        if (!value.isTextual()) {
            return value.toString();
        }
        String text = text(value.textValue());
        return text.equals(text.strip()) && !text.isEmpty() ? text : "'" + text + "'";
    }

    /** What moves a terminal's cursor is written out, and of a long text there is the beginning. */
    static String text(String text) {
        String whole = text.codePoints()
                .mapToObj(each ->
                        Character.isISOControl(each) || isSeparator(each) ? escaped(each) : Character.toString(each))
                .collect(Collectors.joining());
        return whole.length() <= LONGEST
                ? whole
                : "%s… (%d characters)".formatted(whole.substring(0, LONGEST), text.length());
    }

    private static boolean isSeparator(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR || type == Character.FORMAT;
    }

    private static String escaped(int codePoint) {
        return switch (codePoint) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> "\\u%04x".formatted(codePoint);
        };
    }
}
