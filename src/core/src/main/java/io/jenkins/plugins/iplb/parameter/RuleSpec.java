package io.jenkins.plugins.iplb.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Rule;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a rule is to say.
 *
 * @param field such as {@code host}
 * @param subField the name of the header, cookie or parameter; null for fields that have none
 * @param match how the pattern is compared
 * @param negate whether the rule matches what the comparison does not
 * @param pattern null for {@code exists} only
 */
public record RuleSpec(String field, String subField, String match, boolean negate, String pattern) {
    /** What a rule is called, which is no part of what it says. */
    public static final String NAME = "name";

    /** OVH's limit per route. */
    public static final int MOST_PER_ROUTE = 5;

    /** The parts of a rule as parameters. */
    public static final List<Parameter> PARAMETERS = List.of(
            Parameter.of(
                            "field",
                            Values.text("F", "what to look at", RuleGrammar.fields()),
                            "What to look at, such as host or header")
                    .needed(),
            Parameter.of("match", Values.oneOf(RuleGrammar.matches()), "How it is compared")
                    .needed(),
            Parameter.of(
                    "pattern",
                    Values.verbatim("P", "(?s).*", "text"),
                    "What to compare it with, blanks and all; nothing for exists"),
            Parameter.of("subField", Values.text("F", "a name"), "The name of the header, cookie or parameter"),
            Parameter.of("negate", Values.FLAG, "Match what the comparison does not")
                    .preset(false));

    /** The same with its name, for rules that are made. */
    public static final List<Parameter> NAMED_PARAMETERS = Stream.concat(
                    PARAMETERS.stream(), Stream.of(Parameter.of(NAME, Values.NAME, "Its name")))
            .toList();

    /** How a rule is written in one line. */
    static final String FORM = "'FIELD[:SUBFIELD] [not] MATCH [PATTERN]'";

    static final String ALLOWED = FORM + ", such as 'header:X-Env not is preprod'";

    private static final Pattern TEXT = Pattern.compile(
            "(?<field>[^\\s:]+)(?::(?<subField>\\S+))?\\s+(?<not>not\\s+)?(?<match>\\S+)(?:\\s+(?<pattern>.+))?");

    /** Treats blank text as not given. */
    public RuleSpec {
        subField = subField == null || subField.isBlank() ? null : subField;
        pattern = pattern == null || pattern.isEmpty() ? null : pattern;
    }

    public static RuleSpec of(Rule rule) {
        return new RuleSpec(rule.field(), rule.subField(), rule.match(), rule.negate(), rule.pattern());
    }

    /** @param parts by the names of {@link #PARAMETERS}, as their values have them */
    public static RuleSpec of(JsonNode parts) {
        return new RuleSpec(
                parts.path("field").textValue(),
                parts.path("subField").textValue(),
                parts.path("match").textValue(),
                parts.path("negate").booleanValue(),
                parts.path("pattern").textValue());
    }

    /**
     * Reads {@code FIELD[:SUBFIELD] [not] MATCH [PATTERN]}; the pattern is all that follows.
     *
     * @throws InvalidInput naming the parameter
     */
    public static RuleSpec parse(String parameter, String text) {
        Matcher rule = TEXT.matcher(text.strip());
        if (!rule.matches()) {
            throw new InvalidInput(parameter, text, ALLOWED);
        }
        return new RuleSpec(
                rule.group("field"),
                rule.group("subField"),
                rule.group("match"),
                rule.group("not") != null,
                rule.group("pattern"));
    }

    /** @throws InvalidInput naming the part that routes of this protocol do not take */
    public void check(Protocol protocol) {
        RuleGrammar.check(this, protocol);
    }

    /** Whether a rule that is there says the same. */
    public boolean says(Rule rule) {
        return equals(of(rule));
    }

    public Fields fields() {
        Fields fields = Fields.none().with("field", field).with("match", match).with("negate", negate);
        fields = pattern == null ? fields : fields.with("pattern", pattern);
        return subField == null ? fields : fields.with("subField", subField);
    }

    /** All fields, so that what an older rule had and this one has not is reset. */
    public Fields replacing() {
        return Fields.none()
                .with("field", field)
                .with("match", match)
                .with("negate", negate)
                .with("pattern", pattern)
                .with("subField", subField);
    }

    /** Of all fields. A record's own is made at its first use, which takes longer than a whole plan. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RuleSpec rule
                && negate == rule.negate
                && Objects.equals(field, rule.field)
                && Objects.equals(subField, rule.subField)
                && Objects.equals(match, rule.match)
                && Objects.equals(pattern, rule.pattern);
    }

    @Override
    public int hashCode() {
        return Objects.hash(field, match, pattern);
    }

    /** As a person would say it: {@code header:X-Env not is preprod}. */
    @Override
    public String toString() {
        return field
                + (subField == null ? "" : ":" + subField)
                + (negate ? " not " : " ")
                + match
                + (pattern == null ? "" : " " + pattern);
    }
}
