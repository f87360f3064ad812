package io.jenkins.plugins.iplb.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import org.kohsuke.stapler.DataBoundConstructor;

/** Lets a frontend listen on these failover IPs, and on no other address. */
public final class DedicateFailoverStep extends ChangeStep {
    private static final long serialVersionUID = 1L;

    private final String protocol;
    private final String frontend;
    private final String ips;

    @DataBoundConstructor
    public DedicateFailoverStep(String protocol, String frontend, String ips) {
        this.protocol = Util.fixEmptyAndTrim(protocol);
        this.frontend = Util.fixEmptyAndTrim(frontend);
        this.ips = Util.fixEmptyAndTrim(ips);
    }

    public String getProtocol() {
        return protocol;
    }

    public String getFrontend() {
        return frontend;
    }

    public String getIps() {
        return ips;
    }

    @Override
    GivenFields arguments(GivenFields none) {
        return none.text("protocol", protocol).text("frontend", frontend).textOrNone("ips", ips);
    }

    @Extension
    public static final class DescriptorImpl extends LoadBalancerStepDescriptor {
        public DescriptorImpl() {
            super("iplbDedicateFailover", "dedicate-failover");
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DedicateFailoverStep_displayName();
        }
    }
}
