package io.jenkins.plugins.iplb.api;

import java.util.Objects;

/**
 * A rule of a route.
 *
 * @param ruleId OVH's id
 * @param subField the name of the header, cookie or parameter; null for fields that have none
 * @param pattern null for {@code exists}
 * @param displayName null when it has none, and when it was read embedded in its route
 */
public record Rule(
        long ruleId, String field, String subField, String match, boolean negate, String pattern, String displayName)
        implements Named {

    public Rule {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(match, "match");
    }

    @Override
    public long id() {
        return ruleId;
    }
}
