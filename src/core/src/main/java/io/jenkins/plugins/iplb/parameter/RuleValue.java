package io.jenkins.plugins.iplb.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A rule: as one text, or as an object of its parts. @param parts those that it may have */
public record RuleValue(List<Parameter> parts) implements Value {
    /** What a rule says. */
    public static final Value RULE = new RuleValue(RuleSpec.PARAMETERS);

    /** Rules, each with its name if it has one. */
    public static final Value RULES = ListOf.lines(new RuleValue(RuleSpec.NAMED_PARAMETERS), "a list of rules");

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
        Fields rule = checked(given);
        return RuleSpec.of(rule.json())
                .fields()
                .withPresent(RuleSpec.NAME, Optional.ofNullable(rule.get(RuleSpec.NAME)))
                .json();
    }

    private Fields checked(JsonNode given) {
        for (Map.Entry<String, JsonNode> each : given.properties()) {
            if (parts.stream().noneMatch(part -> part.name().equals(each.getKey()))) {
                throw Parameter.unknown(each.getKey(), each.getValue(), "a rule", parts);
            }
        }
        Fields checked = Fields.none();
        for (Parameter part : parts) {
            JsonNode value = given.path(part.name());
            if (!value.isMissingNode() && !value.isNull()) {
                checked = checked.with(part.name(), part.check(value));
            } else if (part.isNeeded()) {
                throw part.missing();
            }
        }
        return checked;
    }
}
