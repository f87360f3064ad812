package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import io.jenkins.plugins.iplb.file.FileOperations;
import io.jenkins.plugins.iplb.jenkins.target.GivenChanges;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Makes a load balancer what a change file says, or only says what that would take. */
public final class ConfigurationBuilder extends ConfigurationFields {
    @DataBoundConstructor
    public ConfigurationBuilder() {}

    @Override
    void perform(Conductor conductor, EnvVars env) throws InterruptedException, ExecutionException, IOException {
        GivenChanges changes =
                GivenChanges.read(FileOperations.APPLYING, given(conductor, env), conductor.workspace(), env);
        conductor.carryOut(changes.operation(conductor.target(), env, isRefresh()));
    }

    @Extension
    @Symbol("ovhLoadBalancerApply")
    public static final class DescriptorImpl extends OperationBuilderDescriptor {
        public DescriptorImpl() {
            super(FileOperations.APPLYING);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ConfigurationBuilder_DisplayName();
        }
    }
}
