package io.jenkins.plugins.iplb.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.iplb.jenkins.log.ReportLog;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.run.Report;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Reads what is on a load balancer. */
public final class ShowStep extends LoadBalancerStep {
    private static final long serialVersionUID = 1L;

    private boolean servers;

    @DataBoundConstructor
    public ShowStep() {}

    public boolean isServers() {
        return servers;
    }

    @DataBoundSetter
    public void setServers(boolean servers) {
        this.servers = servers;
    }

    @Override
    Operation.OnLoadBalancer operation(Target target, Attempt attempt) {
        return new Operation.Showing(target.service(), servers);
    }

    /** What it returns is for the Pipeline to say. */
    @Override
    void tell(Report report, ReportLog log) {}

    @Extension
    public static final class DescriptorImpl extends LoadBalancerStepDescriptor {
        public DescriptorImpl() {
            super("iplbShow", "show");
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ShowStep_displayName();
        }
    }
}
