package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A failover IP that is to be routed elsewhere. */
public final class FailoverMoveChange extends ChangeForm {
    private final String ip;
    private String to;

    @DataBoundConstructor
    public FailoverMoveChange(String ip) {
        this.ip = Util.fixEmptyAndTrim(ip);
    }

    public String getIp() {
        return ip;
    }

    /** The service that gets it; null for the load balancer of the build step. */
    public String getTo() {
        return to;
    }

    @DataBoundSetter
    public void setTo(String to) {
        this.to = Util.fixEmptyAndTrim(to);
    }

    @Override
    GivenFields arguments(GivenFields none, String service) {
        String named = none.meant(to);
        return none.text("ip", ip)
                .value("to", named == null ? service : OvhLoadBalancers.get().serviceName(named));
    }

    @Extension
    @Symbol("iplbFailoverMove")
    public static final class DescriptorImpl extends ChangeFormDescriptor {
        public DescriptorImpl() {
            super("move-failover");
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FailoverMoveChange_DisplayName();
        }
    }
}
