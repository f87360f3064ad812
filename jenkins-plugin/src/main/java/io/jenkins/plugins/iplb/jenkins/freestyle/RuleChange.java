package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.EnsureRule;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.jenkins.form.FieldCheck;
import io.jenkins.plugins.iplb.parameter.Reference;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

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
    Change change(String service, Given given) {
        if (rule == null) {
            throw new InvalidInput("rule", null, "a rule with a field, a match and a pattern");
        }
        return new EnsureRule(
                service,
                Protocol.parse(given.text(protocol), Protocol.TCP, Protocol.HTTP),
                Reference.parse("route", given.text(route)),
                rule.rule(given),
                given.text(name));
    }

    @Extension
    @Symbol("iplbRule")
    public static final class DescriptorImpl extends ChangeFormDescriptor {
        public DescriptorImpl() {
            super(Protocol.TCP, Protocol.HTTP);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RuleChange_DisplayName();
        }

        @POST
        public FormValidation doCheckRoute(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.given(item, value, text -> Reference.parse("route", text));
        }
    }
}
