package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.tasks.Builder;
import hudson.util.FormValidation;
import io.jenkins.plugins.iplb.file.FileOperations;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import io.jenkins.plugins.iplb.jenkins.form.OperationForm;
import io.jenkins.plugins.iplb.jenkins.target.GivenChanges;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.StaplerRequest2;

/** Makes a load balancer what a change file says, or only says what that would take. */
public final class ConfigurationBuilder extends ConfigurationFields {
    @DataBoundConstructor
    public ConfigurationBuilder() {}

    /** What stands in a change file is for the file itself to put values in. */
    @Override
    void perform(Conductor conductor, EnvVars env) throws InterruptedException, ExecutionException, IOException {
        OperationType type = ((DescriptorImpl) getDescriptor()).operation();
        Fields given = arguments(GivenFields.expandedBy(env, type))
                .fields()
                .with("service", conductor.target().service())
                .withPresent("content", Optional.ofNullable(getContent()))
                .withPresent("plan", Optional.ofNullable(getPlan()));
        GivenChanges changes = GivenChanges.read(type, given, conductor.workspace(), env);
        conductor.carryOut(changes.operation(conductor.target(), env, isRefresh()));
    }

    @Extension
    @Symbol("ovhLoadBalancerApply")
    public static final class DescriptorImpl extends LoadBalancerBuilderDescriptor implements OperationForm {
        @Override
        public OperationType operation() {
            return FileOperations.APPLYING;
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ConfigurationBuilder_DisplayName();
        }

        @Override
        public Builder newInstance(StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
            return super.newInstance(request, chosen(form));
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
    }
}
