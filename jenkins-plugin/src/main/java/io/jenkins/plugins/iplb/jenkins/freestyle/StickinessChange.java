package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** How a farm keeps clients on the same server. */
public final class StickinessChange extends ChangeForm {
    private final String protocol;
    private final String farm;
    private final String stickiness;

    @DataBoundConstructor
    public StickinessChange(String protocol, String farm, String stickiness) {
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
    GivenFields arguments(GivenFields none, String service) {
        return none.text("protocol", protocol).text("farm", farm).text("stickiness", stickiness);
    }

    @Extension
    @Symbol("iplbStickiness")
    public static final class DescriptorImpl extends ChangeFormDescriptor {
        public DescriptorImpl() {
            super("set-stickiness");
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.StickinessChange_DisplayName();
        }
    }
}
