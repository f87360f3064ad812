package io.jenkins.plugins.iplb.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import io.jenkins.plugins.iplb.jenkins.form.RuleFields;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Makes sure that a route has a rule. */
public final class AddRuleStep extends ChangeStep {
    private static final long serialVersionUID = 1L;

    private final String protocol;
    private final String route;
    private final String field;
    private final String match;
    private String pattern;
    private String subField;
    private boolean negate;
    private String name;

    @DataBoundConstructor
    public AddRuleStep(String protocol, String route, String field, String match) {
        this.protocol = Util.fixEmptyAndTrim(protocol);
        this.route = Util.fixEmptyAndTrim(route);
        this.field = Util.fixEmptyAndTrim(field);
        this.match = Util.fixEmptyAndTrim(match);
    }

    public String getProtocol() {
        return protocol;
    }

    public String getRoute() {
        return route;
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

    @CheckForNull
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    @Override
    GivenFields arguments(GivenFields none) {
        return none.text("protocol", protocol)
                .text("route", route)
                .rule(field, subField, match, negate, pattern)
                .text("name", name);
    }

    @Extension
    public static final class DescriptorImpl extends LoadBalancerStepDescriptor implements RuleFields {
        public DescriptorImpl() {
            super("iplbAddRule", "add-rule");
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.AddRuleStep_displayName();
        }
    }
}
