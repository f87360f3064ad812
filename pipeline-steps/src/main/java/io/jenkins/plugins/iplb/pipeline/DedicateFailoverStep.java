package io.jenkins.plugins.iplb.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.DedicateFailover;
import io.jenkins.plugins.iplb.parameter.Reference;
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
    Change change(String service) {
        return new DedicateFailover(
                service,
                Protocol.parse(protocol),
                Reference.parse("frontend", frontend),
                Lists.of(ips).stream().map(ip -> IpBlock.parse("ips", ip)).toList());
    }

    @Extension
    public static final class DescriptorImpl extends LoadBalancerStepDescriptor {
        public DescriptorImpl() {
            super("iplbDedicateFailover", Protocol.HTTP, Protocol.TCP, Protocol.UDP);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DedicateFailoverStep_displayName();
        }
    }
}
