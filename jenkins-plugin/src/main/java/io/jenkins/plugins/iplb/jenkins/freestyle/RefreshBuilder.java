package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.jenkins.form.FieldCheck;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import io.jenkins.plugins.iplb.jenkins.form.OperationForm;
import io.jenkins.plugins.iplb.jenkins.log.BuildFailure;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** The gate: makes live what is staged, and lets the build go on when it is. */
public final class RefreshBuilder extends RefreshFields {
    private static final String FAIL = "fail";
    private static final String UNSTABLE = "unstable";

    private String onFailure;

    @DataBoundConstructor
    public RefreshBuilder() {}

    /** {@code fail} or {@code unstable}. */
    public String getOnFailure() {
        return onFailure == null ? FAIL : onFailure;
    }

    @DataBoundSetter
    public void setOnFailure(String onFailure) {
        String given = Util.fixEmptyAndTrim(onFailure);
        this.onFailure = FAIL.equals(given) ? null : given;
    }

    @Override
    void perform(Conductor conductor, EnvVars env) throws InterruptedException, ExecutionException {
        if (!List.of(FAIL, UNSTABLE).contains(getOnFailure())) {
            throw new InvalidInput("onFailure", getOnFailure(), FAIL + ", " + UNSTABLE);
        }
        OperationType type = ((DescriptorImpl) getDescriptor()).operation();
        Target target = conductor.target();
        try {
            conductor.carryOut((Operation.OnLoadBalancer)
                    arguments(GivenFields.expandedBy(env, type)).operation(target));
        } catch (ExecutionException e) {
            if (!UNSTABLE.equals(getOnFailure()) || !BuildFailure.mayBeUnstable(e)) {
                throw e;
            }
            conductor.unstable(BuildFailure.of(e).getMessage());
        }
    }

    @Extension
    @Symbol("ovhLoadBalancerRefresh")
    public static final class DescriptorImpl extends LoadBalancerBuilderDescriptor implements OperationForm {
        @Override
        public OperationType operation() {
            return Catalogue.named(RefreshRequest.OPERATION);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RefreshBuilder_DisplayName();
        }

        @Override
        public void calcFillSettings(String field, Map<String, Object> attributes) {
            if (!fillSettings(this, field, attributes)) {
                super.calcFillSettings(field, attributes);
            }
        }

        @Override
        public FormValidation.CheckMethod getCheckMethod(String field) {
            return checkMethod(this, field).orElseGet(() -> super.getCheckMethod(field));
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
