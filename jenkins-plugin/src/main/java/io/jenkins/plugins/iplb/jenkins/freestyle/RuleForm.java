package io.jenkins.plugins.iplb.jenkins.freestyle;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import io.jenkins.plugins.iplb.jenkins.form.RuleFields;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The form of a rule: what a route looks at, and what it must be. */
public final class RuleForm extends AbstractDescribableImpl<RuleForm> {
    private final String field;
    private final String match;
    private String pattern;
    private String subField;
    private boolean negate;

    @DataBoundConstructor
    public RuleForm(String field, String match) {
        this.field = Util.fixEmptyAndTrim(field);
        this.match = Util.fixEmptyAndTrim(match);
    }

    public String getField() {
        return field;
    }

    public String getMatch() {
        return match;
    }

    public String getPattern() {
        return pattern;
    }

    @DataBoundSetter
    public void setPattern(String pattern) {
        this.pattern = Util.fixEmpty(pattern);
    }

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

    /** With this rule. */
    GivenFields in(GivenFields given) {
        return given.rule(field, subField, match, negate, pattern);
    }

    /** As the elements of a list. */
    static List<JsonNode> parts(List<RuleForm> rules, GivenFields none) {
        return rules.stream()
                .<JsonNode>map(rule -> rule.in(none).fields().json())
                .toList();
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<RuleForm> implements RuleFields {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RuleForm_DisplayName();
        }
    }
}
