package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.iplb.operation.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Makes changes to a load balancer, one after the other; what they have in common is checked before the first call. */
public final class ChangeBuilder extends LoadBalancerBuilder {
    private List<ChangeForm> changes;

    @DataBoundConstructor
    public ChangeBuilder(List<ChangeForm> changes) {
        this.changes = new ArrayList<>(Util.fixNull(changes));
    }

    public List<ChangeForm> getChanges() {
        return Collections.unmodifiableList(changes);
    }

    /** Older versions kept a list of the JDK's own. */
    private Object readResolve() {
        changes = new ArrayList<>(Util.fixNull(changes));
        return this;
    }

    @Override
    void perform(Conductor conductor, EnvVars env) throws InterruptedException, ExecutionException {
        List<Operation.OnLoadBalancer> valid = new ArrayList<>();
        for (ChangeForm each : changes) {
            valid.add(each.operation(conductor.target(), env));
        }
        for (Operation.OnLoadBalancer operation : valid) {
            conductor.carryOut(operation);
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
