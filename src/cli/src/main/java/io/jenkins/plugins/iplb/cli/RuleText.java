package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.change.RuleSpec;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A rule in one argument: {@code FIELD[:SUBFIELD] [not] MATCH [PATTERN]}; the pattern is all that follows. */
final class RuleText {
    private static final Pattern RULE = Pattern.compile(
            "(?<field>[^\\s:]+)(?::(?<subField>\\S+))?\\s+(?<not>not\\s+)?(?<match>\\S+)(?:\\s+(?<pattern>.+))?");

    private RuleText() {}

    static RuleSpec parse(String text) {
        Matcher match = RULE.matcher(text.strip());
        if (!match.matches()) {
            throw new InvalidInput(
                    "rule", text, "'FIELD[:SUBFIELD] [not] MATCH [PATTERN]', such as 'header:X-Env not is preprod'");
        }
        return new RuleSpec(
                match.group("field"),
                match.group("subField"),
                match.group("match"),
                match.group("not") != null,
                match.group("pattern"));
    }
}
