package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Rule;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    /** OVH's limit per route. */
    static final int MOST_PER_ROUTE = 5;

    private static final int LONGEST_PATTERN = 255;
    private static final Set<String> TEXT = Set.of("is", "in", "contains", "startswith", "endswith", "matches");
    private static final Set<String> TEXT_OR_THERE =
            Set.of("is", "in", "contains", "startswith", "endswith", "matches", "exists");
    private static final Set<String> CHOICE = Set.of("is", "in");
    private static final Set<String> SUB_FIELDS = Set.of("header", "cookie", "param");

    /** The fields of OVH's guide to routes and the comparisons each one has; {@code sni} is what terraform uses. */
    private static final Map<Protocol, Map<String, Set<String>>> FIELDS = Map.of(
            Protocol.TCP,
            Map.of("protocol", CHOICE, "source", CHOICE, "host", TEXT, "sni", TEXT),
            Protocol.HTTP,
            Map.of(
                    "protocol", CHOICE,
                    "source", CHOICE,
                    "host", TEXT,
                    "method", CHOICE,
                    "uri", TEXT,
                    "param", TEXT,
                    "header", TEXT,
                    "cookie", TEXT_OR_THERE));

    private static final List<String> MATCHES =
            List.of("is", "in", "contains", "startswith", "endswith", "matches", "exists");

    /** Treats blank text as not given. */
    public RuleSpec {
        subField = subField == null || subField.isBlank() ? null : subField;
        pattern = pattern == null || pattern.isEmpty() ? null : pattern;
    }

    static RuleSpec of(Rule rule) {
        return new RuleSpec(rule.field(), rule.subField(), rule.match(), rule.negate(), rule.pattern());
    }

    /** @throws InvalidInput naming the part that routes of this protocol do not take */
    void check(Protocol protocol) {
        Map<String, Set<String>> fields = FIELDS.get(protocol);
        if (field == null || !fields.containsKey(field)) {
            throw new InvalidInput(
                    "field", field, "for %s one of %s".formatted(protocol.code(), sorted(fields.keySet())));
        }
        boolean named = SUB_FIELDS.contains(field);
        if (named && subField == null) {
            throw new InvalidInput("subField", null, "the name of the %s to look at".formatted(field));
        }
        if (!named && subField != null) {
            throw new InvalidInput("subField", subField, "nothing: only %s have one".formatted(sorted(SUB_FIELDS)));
        }
        Set<String> matches = fields.get(field);
        if (match == null || !matches.contains(match)) {
            List<String> allowed = MATCHES.stream().filter(matches::contains).toList();
            throw new InvalidInput("match", match, "for %s one of %s".formatted(field, String.join(", ", allowed)));
        }
        boolean exists = "exists".equals(match);
        if (exists && pattern != null) {
            throw new InvalidInput("pattern", pattern, "nothing: exists compares with nothing");
        }
        if (!exists && (pattern == null || pattern.length() > LONGEST_PATTERN)) {
            throw new InvalidInput(
                    "pattern",
                    pattern == null ? null : pattern.length() + " characters",
                    "1 to 255 characters to compare the %s with".formatted(field));
        }
        if ("source".equals(field)) {
            SourcePattern.check(pattern, "in".equals(match));
        }
    }

    /** Whether a rule that is there says the same. */
    boolean says(Rule rule) {
        return equals(of(rule));
    }

    Fields fields() {
        Fields fields = Fields.none().with("field", field).with("match", match).with("negate", negate);
        fields = pattern == null ? fields : fields.with("pattern", pattern);
        return subField == null ? fields : fields.with("subField", subField);
    }

    /** All fields, so that what an older rule had and this one has not is reset. */
    Fields replacing() {
        return Fields.none()
                .with("field", field)
                .with("match", match)
                .with("negate", negate)
                .with("pattern", pattern)
                .with("subField", subField);
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

    private static String sorted(Set<String> words) {
        return String.join(", ", words.stream().sorted().toList());
    }
}
