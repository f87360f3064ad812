package io.jenkins.plugins.iplb.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.Map;

/** A rule: as one text, or as an object of its parts. */
public record RuleValue() implements Value {
    @Override
    public String form() {
        return RuleSpec.FORM;
    }

    @Override
    public String allowed() {
        return RuleSpec.ALLOWED;
    }

    @Override
    public JsonNode of(String parameter, JsonNode given) {
        if (given.isTextual()) {
            return RuleSpec.parse(parameter, given.textValue()).fields().json();
        }
        if (!given.isObject()) {
            throw Value.refusal(parameter, given, allowed());
        }
        return rule(given).fields().json();
    }

    private static RuleSpec rule(JsonNode given) {
        for (Map.Entry<String, JsonNode> each : given.properties()) {
            if (RuleSpec.PARAMETERS.stream().noneMatch(part -> part.name().equals(each.getKey()))) {
                throw Parameter.unknown(each.getKey(), each.getValue(), "a rule", RuleSpec.PARAMETERS);
            }
        }
        Fields parts = Fields.none();
        for (Parameter part : RuleSpec.PARAMETERS) {
            JsonNode value = given.path(part.name());
            if (!value.isMissingNode() && !value.isNull()) {
                parts = parts.with(part.name(), part.check(value));
            } else if (part.isNeeded()) {
                throw part.missing();
            }
        }
        return RuleSpec.of(parts.json());
    }
}
