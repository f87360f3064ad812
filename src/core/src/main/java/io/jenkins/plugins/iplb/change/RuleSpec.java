package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Rule;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.Objects;

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
        RuleGrammar.check(this, protocol);
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

    /** As good as one of all fields, and without what that takes at its first use. */
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
