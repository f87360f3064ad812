package io.jenkins.plugins.iplb.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rule: as one text, or as an object of its parts.
 *
 * @param parts those that it may have
 * @param protocol of its route; empty for any
 */
public record RuleValue(List<Parameter> parts, Optional<Protocol> protocol) implements Value {
    /** What a rule says. */
    public static final Value RULE = new RuleValue(RuleSpec.PARAMETERS, Optional.empty());

    /** Rules, each with its name if it has one. */
    public static final Value RULES =
            ListOf.lines(new RuleValue(RuleSpec.NAMED_PARAMETERS, Optional.empty()), "a list of rules");

    /** Whether it is a list of rules. */
    public static boolean areRules(Value value) {
        return value instanceof ListOf list && list.element() instanceof RuleValue;
    }

    @Override
    public RuleValue on(Protocol other) {
        return new RuleValue(parts, Optional.of(other));
    }

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
            return checked(RuleSpec.parse(parameter, given.textValue())).json();
        }
        if (!given.isObject()) {
            throw Value.refusal(parameter, given, allowed());
        }
        Fields rule = checked(given);
        return checked(RuleSpec.of(rule.json()))
                .withPresent(RuleSpec.NAME, Optional.ofNullable(rule.get(RuleSpec.NAME)))
                .json();
    }

    private Fields checked(RuleSpec rule) {
        protocol.ifPresent(rule::check);
        return rule.fields();
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
