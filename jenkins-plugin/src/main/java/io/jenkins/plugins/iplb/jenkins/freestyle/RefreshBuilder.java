package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.jenkins.form.FieldCheck;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import io.jenkins.plugins.iplb.jenkins.form.RefreshForm;
import io.jenkins.plugins.iplb.jenkins.log.BuildFailure;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.refresh.ForeignChanges;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** The gate: makes live what is staged, and lets the build go on when it is. */
public final class RefreshBuilder extends LoadBalancerBuilder {
    private static final String FAIL = "fail";
    private static final String UNSTABLE = "unstable";

    private String zones;
    private boolean force;
    private String onFailure;
    private boolean exclusive;
    private String foreignChanges;

    @DataBoundConstructor
    public RefreshBuilder() {}

    /** Separated by commas or blanks; null for the load balancer's default zones, or all. */
    public String getZones() {
        return zones;
    }

    @DataBoundSetter
    public void setZones(String zones) {
        this.zones = Util.fixEmptyAndTrim(zones);
    }

    public boolean isForce() {
        return force;
    }

    @DataBoundSetter
    public void setForce(boolean force) {
        this.force = force;
    }

    /** {@code fail} or {@code unstable}. */
    public String getOnFailure() {
        return onFailure == null ? FAIL : onFailure;
    }

    @DataBoundSetter
    public void setOnFailure(String onFailure) {
        String given = Util.fixEmptyAndTrim(onFailure);
        this.onFailure = FAIL.equals(given) ? null : given;
    }

    public boolean isExclusive() {
        return exclusive;
    }

    /** Whether it takes a refresh that nobody else asks for as well. */
    @DataBoundSetter
    public void setExclusive(boolean exclusive) {
        this.exclusive = exclusive;
    }

    /** {@code warn}, {@code refuse} or {@code allow}. */
    public String getForeignChanges() {
        return foreignChanges == null ? ForeignChanges.WARN.code() : foreignChanges;
    }

    @DataBoundSetter
    public void setForeignChanges(String foreignChanges) {
        String given = Util.fixEmptyAndTrim(foreignChanges);
        this.foreignChanges = ForeignChanges.WARN.code().equals(given) ? null : given;
    }

    @Override
    void perform(Conductor conductor, GivenFields none) throws InterruptedException, ExecutionException {
        if (!List.of(FAIL, UNSTABLE).contains(getOnFailure())) {
            throw new InvalidInput("onFailure", getOnFailure(), FAIL + ", " + UNSTABLE);
        }
        GivenFields given = none.zones(zones, conductor.target().defaultZones())
                .value("force", force)
                .value("exclusive", exclusive)
                .value("foreignChanges", foreignChanges);
        Operation.OnLoadBalancer refresh = given.operation(
                Catalogue.named(RefreshRequest.OPERATION), conductor.target().service());
        try {
            conductor.carryOut(refresh);
        } catch (ExecutionException e) {
            if (!UNSTABLE.equals(getOnFailure()) || !BuildFailure.mayBeUnstable(e)) {
                throw e;
            }
            conductor.unstable(BuildFailure.of(e).getMessage());
        }
    }

    @Extension
    @Symbol("ovhLoadBalancerRefresh")
    public static final class DescriptorImpl extends LoadBalancerBuilderDescriptor implements RefreshForm {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RefreshBuilder_DisplayName();
        }

        @POST
        public ListBoxModel doFillOnFailureItems(@AncestorInPath Item item) {
            ListBoxModel choices = new ListBoxModel();
            if (FieldCheck.maySee(item)) {
                choices.add(Messages.RefreshBuilder_Fail(), FAIL);
                choices.add(Messages.RefreshBuilder_Unstable(), UNSTABLE);
            }
            return choices;
        }
    }
}
