package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.operation.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Makes changes to a load balancer, one after the other; what they have in common is checked before the first call. */
public final class ChangeBuilder extends LoadBalancerBuilder {
    private final List<ChangeForm> changes;

    @DataBoundConstructor
    public ChangeBuilder(List<ChangeForm> changes) {
        this.changes = changes == null ? List.of() : List.copyOf(changes);
    }

    public List<ChangeForm> getChanges() {
        return changes;
    }

    @Override
    void perform(Conductor conductor, Given given) throws InterruptedException, ExecutionException {
        List<Change> valid = new ArrayList<>();
        for (ChangeForm each : changes) {
            valid.add(each.change(conductor.target().service(), given));
        }
        for (Change change : valid) {
            conductor.carryOut(Operation.of(change));
        }
    }

    @Extension
    @Symbol("ovhLoadBalancerChange")
    public static final class DescriptorImpl extends LoadBalancerBuilderDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ChangeBuilder_DisplayName();
        }
    }
}
