package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import io.jenkins.plugins.iplb.jenkins.target.GivenRecord;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.RecordOperations;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Undoes what a change record says was done, or only says what that would take. */
public final class RollbackBuilder extends RollbackFields {
    @DataBoundConstructor
    public RollbackBuilder() {}

    @Override
    void perform(Conductor conductor, EnvVars env) throws InterruptedException, ExecutionException, IOException {
        Fields given = given(conductor, env);
        GivenRecord record = GivenRecord.read(given, conductor.run(), conductor.workspace());
        conductor.carryOut(new Operation.Undoing(record.rollback(conductor.target(), given)));
    }

    @Extension
    @Symbol("ovhLoadBalancerRollback")
    public static final class DescriptorImpl extends OperationBuilderDescriptor {
        public DescriptorImpl() {
            super(RecordOperations.ROLLBACK);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RollbackBuilder_DisplayName();
        }
    }
}
