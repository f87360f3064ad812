package io.jenkins.plugins.iplb.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import io.jenkins.plugins.iplb.jenkins.form.RuleFields;
import java.io.Serializable;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** One of the rules of a route; in a Pipeline, a map. */
public final class RouteRule extends AbstractDescribableImpl<RouteRule> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String match;
    private String pattern;
    private String subField;
    private boolean negate;

    @DataBoundConstructor
    public RouteRule(String field, String match) {
        this.field = Util.fixEmptyAndTrim(field);
        this.match = Util.fixEmptyAndTrim(match);
    }

    public String getField() {
        return field;
    }

    public String getMatch() {
        return match;
    }

    @CheckForNull
    public String getPattern() {
        return pattern;
    }

    @DataBoundSetter
    public void setPattern(String pattern) {
        this.pattern = Util.fixEmpty(pattern);
    }

    @CheckForNull
    public String getSubField() {
        return subField;
    }

    @DataBoundSetter
    public void setSubField(String subField) {
        this.subField = Util.fixEmptyAndTrim(subField);
    }

    public boolean isNegate() {
        return negate;
    }

    @DataBoundSetter
    public void setNegate(boolean negate) {
        this.negate = negate;
    }

    /** As the elements of a list. */
    static List<JsonNode> parts(List<RouteRule> rules, GivenFields none) {
        return rules.stream()
                .<JsonNode>map(rule -> rule.in(none).fields().json())
                .toList();
    }

    private GivenFields in(GivenFields given) {
        return given.rule(field, subField, match, negate, pattern);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<RouteRule> implements RuleFields {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RouteRule_displayName();
        }
    }
}
