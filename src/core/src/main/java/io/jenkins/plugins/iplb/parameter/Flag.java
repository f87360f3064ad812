package io.jenkins.plugins.iplb.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.List;

/** Yes or no, which the texts {@code true} and {@code false} are too. */
public record Flag() implements Value {
    @Override
    public String form() {
        return "true|false";
    }

    @Override
    public String allowed() {
        return "true, false";
    }

    @Override
    public List<String> choices() {
        return List.of("true", "false");
    }

    @Override
    public JsonNode of(String parameter, JsonNode given) {
        String text = given.isBoolean() || given.isTextual() ? given.asText().strip() : "";
        if (!choices().contains(text)) {
            throw Value.refusal(parameter, given, allowed());
        }
        return BooleanNode.valueOf(text.equals("true"));
    }
}
