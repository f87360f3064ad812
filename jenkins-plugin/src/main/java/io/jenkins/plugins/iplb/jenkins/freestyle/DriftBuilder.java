package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import io.jenkins.plugins.iplb.file.FileOperations;
import io.jenkins.plugins.iplb.jenkins.target.GivenDrift;
import io.jenkins.plugins.iplb.run.Report;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Says what is not as a change file says, or as the builds of this controller have left it. */
public final class DriftBuilder extends DriftFields {
    @DataBoundConstructor
    public DriftBuilder() {}

    @Override
    void perform(Conductor conductor, EnvVars env) throws InterruptedException, ExecutionException, IOException {
        GivenDrift drift = GivenDrift.read(given(conductor, env), conductor.workspace(), env);
        Report report = conductor.carryOut(drift.operation(conductor.target(), env, conductor.journal()));
        drift.unstable(report).ifPresent(conductor::unstable);
    }

    @Extension
    @Symbol("ovhLoadBalancerDrift")
    public static final class DescriptorImpl extends OperationBuilderDescriptor {
        public DescriptorImpl() {
            super(FileOperations.DRIFTING);
        }

        @Override
        public boolean isWriting() {
            return false;
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DriftBuilder_DisplayName();
        }
    }
}
