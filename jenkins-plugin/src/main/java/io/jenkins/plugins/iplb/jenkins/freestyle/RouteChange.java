package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A route on a frontend, with its rules. */
public final class RouteChange extends ChangeForm {
    private final String protocol;
    private final String frontend;
    private String farm;
    private String redirect;
    private boolean reject;
    private String status;
    private String weight;
    private String name;
    private List<RuleForm> rules;

    @DataBoundConstructor
    public RouteChange(String protocol, String frontend) {
        this.protocol = Util.fixEmptyAndTrim(protocol);
        this.frontend = Util.fixEmptyAndTrim(frontend);
    }

    public String getProtocol() {
        return protocol;
    }

    public String getFrontend() {
        return frontend;
    }

    public String getFarm() {
        return farm;
    }

    @DataBoundSetter
    public void setFarm(String farm) {
        this.farm = Util.fixEmptyAndTrim(farm);
    }

    public String getRedirect() {
        return redirect;
    }

    @DataBoundSetter
    public void setRedirect(String redirect) {
        this.redirect = Util.fixEmptyAndTrim(redirect);
    }

    public boolean isReject() {
        return reject;
    }

    @DataBoundSetter
    public void setReject(boolean reject) {
        this.reject = reject;
    }

    public String getStatus() {
        return status;
    }

    @DataBoundSetter
    public void setStatus(String status) {
        this.status = Util.fixEmptyAndTrim(status);
    }

    public String getWeight() {
        return weight;
    }

    @DataBoundSetter
    public void setWeight(String weight) {
        this.weight = Util.fixEmptyAndTrim(weight);
    }

    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    /** Null, as an empty list in a form, for not mentioned: the rules that are there stay. */
    public List<RuleForm> getRules() {
        return rules;
    }

    @DataBoundSetter
    public void setRules(List<RuleForm> rules) {
        this.rules = rules == null || rules.isEmpty() ? null : new ArrayList<>(rules);
    }

    /** {@code redirect} is taken as it is: its <code>${host}</code> and the like are for OVH to put in. */
    @Override
    GivenFields arguments(GivenFields none, String service) {
        return none.text("protocol", protocol)
                .text("frontend", frontend)
                .text("farm", farm)
                .value("redirect", redirect)
                .value("reject", reject)
                .text("status", status)
                .text("weight", weight)
                .text("name", name)
                .value("rules", rules == null ? null : RuleForm.parts(rules, none));
    }

    /** Older versions kept a list of the JDK's own. */
    private Object readResolve() {
        setRules(rules);
        return this;
    }

    @Extension
    @Symbol("iplbRoute")
    public static final class DescriptorImpl extends ChangeFormDescriptor {
        public DescriptorImpl() {
            super("add-route");
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RouteChange_DisplayName();
        }
    }
}
