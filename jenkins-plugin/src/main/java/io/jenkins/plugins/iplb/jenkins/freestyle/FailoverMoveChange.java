package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.MoveFailover;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.form.FieldCheck;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

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
    Change change(String service, Given given) {
        return new MoveFailover(
                IpBlock.parse("ip", given.text(ip)),
                to == null ? service : OvhLoadBalancers.get().serviceName(given.text(to)));
    }

    @Extension
    @Symbol("iplbFailoverMove")
    public static final class DescriptorImpl extends ChangeFormDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FailoverMoveChange_DisplayName();
        }

        @POST
        public FormValidation doCheckIp(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.given(item, value, text -> IpBlock.parse("ip", text));
        }
    }
}
