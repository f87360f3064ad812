package io.jenkins.plugins.iplb.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;

/**
 * A network of the vRack: by its id, which OVH gives it, or by what people know it by. Zero is none. What is not an id is
 * one only when it is looked up.
 */
public record NetworkOfVrack() implements Value {
    private static final String ALLOWED =
            "the id of a network of the vRack, its subnet such as 10.0.0.0/16, its VLAN as in vlan:42, or its name";

    private static final String SUBNET = "\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}";
    /** Digits are an id, and what looks like a subnet or a VLAN is one. */
    private static final String NAME = "(?!-?\\d+$|vlan:|\\d{1,3}(\\.\\d{1,3}){3}).{1,200}";

    private static final String VLAN = "vlan:\\d{1,4}";

    @Override
    public String form() {
        return "ID|SUBNET|vlan:N|NAME";
    }

    @Override
    public String allowed() {
        return ALLOWED;
    }

    @Override
    public JsonNode of(String parameter, JsonNode given) {
        String text =
                given.isTextual() || given.isIntegralNumber() ? given.asText().strip() : "";
        if (text.toLowerCase(Locale.ROOT).matches(VLAN)) {
            return TextNode.valueOf(text.toLowerCase(Locale.ROOT));
        }
        if (given.isTextual() && text.matches(SUBNET + "|" + NAME)) {
            return TextNode.valueOf(text);
        }
        if (text.equals("0")) {
            return NullNode.instance;
        }
        if (!text.matches("[1-9]\\d{0,17}")) {
            throw Value.refusal(parameter, given, ALLOWED);
        }
        return Values.ID.of(parameter, given);
    }
}
