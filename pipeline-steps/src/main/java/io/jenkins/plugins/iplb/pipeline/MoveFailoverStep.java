package io.jenkins.plugins.iplb.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Routes a failover IP to a service, and waits until it is there. */
public final class MoveFailoverStep extends ChangeStep {
    private static final long serialVersionUID = 1L;

    private final String ip;
    private final String to;

    @DataBoundConstructor
    public MoveFailoverStep(String ip, String to) {
        this.ip = Util.fixEmptyAndTrim(ip);
        this.to = Util.fixEmptyAndTrim(to);
    }

    public String getIp() {
        return ip;
    }

    public String getTo() {
        return to;
    }

    @Override
    GivenFields arguments(GivenFields none) {
        return none.text("ip", ip).text("to", OvhLoadBalancers.get().serviceName(to));
    }

    @Extension
    public static final class DescriptorImpl extends LoadBalancerStepDescriptor {
        public DescriptorImpl() {
            super("iplbMoveFailover", "move-failover");
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.MoveFailoverStep_displayName();
        }

        @POST
        public FormValidation doCheckTo(@AncestorInPath Item item, @QueryParameter String value) {
            return field("to").check(item, value);
        }
    }
}
