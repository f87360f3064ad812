package io.jenkins.plugins.iplb.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import org.kohsuke.stapler.DataBoundConstructor;

/** Sets how a farm keeps the requests of one session on one server. */
public final class SetStickinessStep extends ChangeStep {
    private static final long serialVersionUID = 1L;

    private final String protocol;
    private final String farm;
    private final String stickiness;

    @DataBoundConstructor
    public SetStickinessStep(String protocol, String farm, String stickiness) {
        this.protocol = Util.fixEmptyAndTrim(protocol);
        this.farm = Util.fixEmptyAndTrim(farm);
        this.stickiness = Util.fixEmptyAndTrim(stickiness);
    }

    public String getProtocol() {
        return protocol;
    }

    public String getFarm() {
        return farm;
    }

    public String getStickiness() {
        return stickiness;
    }

    @Override
    GivenFields arguments(GivenFields none) {
        return none.text("protocol", protocol).text("farm", farm).text("stickiness", stickiness);
    }

    @Extension
    public static final class DescriptorImpl extends LoadBalancerStepDescriptor {
        public DescriptorImpl() {
            super("iplbSetStickiness", "set-stickiness");
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SetStickinessStep_displayName();
        }
    }
}
