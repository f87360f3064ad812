package io.jenkins.plugins.iplb.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;

/** A whole number, or its digits as text. */
public record WholeNumber(String form, long min, long max, String allowed) implements Value {
    static WholeNumber of(long min, long max) {
        return new WholeNumber("N", min, max, "%d to %d".formatted(min, max));
    }

    @Override
    public JsonNode of(String parameter, JsonNode given) {
        JsonNode number = given.isTextual() && given.textValue().strip().matches("-?\\d{1,18}")
                ? LongNode.valueOf(Long.parseLong(given.textValue().strip()))
                : given;
        if (!number.isIntegralNumber()
                || !number.canConvertToLong()
                || number.longValue() < min
                || number.longValue() > max) {
            throw Value.refusal(parameter, given, allowed);
        }
        return number.canConvertToInt() ? IntNode.valueOf(number.intValue()) : number;
    }
}
