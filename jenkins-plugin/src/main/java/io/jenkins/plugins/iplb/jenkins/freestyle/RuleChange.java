package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A rule on a route that is there. */
public final class RuleChange extends ChangeForm {
    private final String protocol;
    private final String route;
    private final RuleForm rule;
    private String name;

    @DataBoundConstructor
    public RuleChange(String protocol, String route, RuleForm rule) {
        this.protocol = Util.fixEmptyAndTrim(protocol);
        this.route = Util.fixEmptyAndTrim(route);
        this.rule = rule;
    }

    public String getProtocol() {
        return protocol;
    }

    public String getRoute() {
        return route;
    }

    public RuleForm getRule() {
        return rule;
    }

    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    @Override
    GivenFields arguments(GivenFields none, String service) {
        GivenFields given = none.text("protocol", protocol).text("route", route).text("name", name);
        return rule == null ? given : rule.in(given);
    }

    @Extension
    @Symbol("iplbRule")
    public static final class DescriptorImpl extends ChangeFormDescriptor {
        public DescriptorImpl() {
            super("add-rule");
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RuleChange_DisplayName();
        }
    }
}
