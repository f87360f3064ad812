package io.jenkins.plugins.iplb.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import io.jenkins.plugins.iplb.jenkins.form.RefreshForm;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.refresh.ForeignChanges;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The gate: makes what is staged live, and lets the build go on when it is. */
public final class RefreshStep extends LoadBalancerStep {
    private static final long serialVersionUID = 1L;

    private String zones;
    private boolean force;
    private boolean wait = true;
    private boolean exclusive;
    private String foreignChanges;

    @DataBoundConstructor
    public RefreshStep() {}

    @CheckForNull
    public String getZones() {
        return zones;
    }

    /** Without them, those of the configured load balancer; {@code all} for all. */
    @DataBoundSetter
    public void setZones(String zones) {
        this.zones = Util.fixEmptyAndTrim(zones);
    }

    public boolean isForce() {
        return force;
    }

    /** Whether to refresh even what has nothing pending. */
    @DataBoundSetter
    public void setForce(boolean force) {
        this.force = force;
    }

    public boolean isWait() {
        return wait;
    }

    /** Whether to wait until it is live, or only to ask for it. */
    @DataBoundSetter
    public void setWait(boolean wait) {
        this.wait = wait;
    }

    public boolean isExclusive() {
        return exclusive;
    }

    /** Whether it takes a refresh that nobody else asks for as well. */
    @DataBoundSetter
    public void setExclusive(boolean exclusive) {
        this.exclusive = exclusive;
    }

    @CheckForNull
    public String getForeignChanges() {
        return foreignChanges;
    }

    /** What to do about pending changes that no build's record explains: warn, refuse or allow. */
    @DataBoundSetter
    public void setForeignChanges(String foreignChanges) {
        this.foreignChanges = unless(ForeignChanges.WARN.code(), foreignChanges);
    }

    @Override
    Operation.OnLoadBalancer operation(Target target, Attempt attempt) {
        GivenFields given = GivenFields.asTheyAre()
                .zones(zones, target.defaultZones())
                .value("force", force)
                .value("wait", wait)
                .value("exclusive", exclusive)
                .value("foreignChanges", foreignChanges);
        OperationType type = ((LoadBalancerStepDescriptor) getDescriptor()).operation();
        Operation.Refreshing meant = (Operation.Refreshing) given.operation(type, target.service());
        return new Operation.Refreshing(meant.request(), attempt.kept(), attempt.keep());
    }

    @Extension
    public static final class DescriptorImpl extends LoadBalancerStepDescriptor implements RefreshForm {
        public DescriptorImpl() {
            super("iplbRefresh", RefreshRequest.OPERATION);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RefreshStep_displayName();
        }
    }
}
