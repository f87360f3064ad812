package io.jenkins.plugins.iplb.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Makes sure that a frontend has a route, with its rules when they are given. */
public final class AddRouteStep extends ChangeStep {
    private static final long serialVersionUID = 1L;

    private final String protocol;
    private final String frontend;
    private String farm;
    private String redirect;
    private boolean reject;
    private Integer status;
    private Integer weight;
    private String name;
    private List<RouteRule> rules;

    @DataBoundConstructor
    public AddRouteStep(String protocol, String frontend) {
        this.protocol = Util.fixEmptyAndTrim(protocol);
        this.frontend = Util.fixEmptyAndTrim(frontend);
    }

    public String getProtocol() {
        return protocol;
    }

    public String getFrontend() {
        return frontend;
    }

    @CheckForNull
    public String getFarm() {
        return farm;
    }

    @DataBoundSetter
    public void setFarm(String farm) {
        this.farm = Util.fixEmptyAndTrim(farm);
    }

    @CheckForNull
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

    @CheckForNull
    public Integer getStatus() {
        return status;
    }

    @DataBoundSetter
    public void setStatus(Integer status) {
        this.status = status;
    }

    @CheckForNull
    public Integer getWeight() {
        return weight;
    }

    @DataBoundSetter
    public void setWeight(Integer weight) {
        this.weight = weight;
    }

    @CheckForNull
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    @CheckForNull
    public List<RouteRule> getRules() {
        return rules;
    }

    /** Exactly the rules it is to have; none given leaves them alone. */
    @DataBoundSetter
    public void setRules(List<RouteRule> rules) {
        this.rules = rules == null || rules.isEmpty() ? null : new ArrayList<>(rules);
    }

    @Override
    GivenFields arguments(GivenFields none) {
        return none.text("protocol", protocol)
                .text("frontend", frontend)
                .text("farm", farm)
                .text("redirect", redirect)
                .value("reject", reject)
                .value("status", status)
                .value("weight", weight)
                .text("name", name)
                .value("rules", rules == null ? null : RouteRule.parts(rules, none));
    }

    @Extension
    public static final class DescriptorImpl extends LoadBalancerStepDescriptor {
        public DescriptorImpl() {
            super("iplbAddRoute", "add-route");
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.AddRouteStep_displayName();
        }
    }
}
