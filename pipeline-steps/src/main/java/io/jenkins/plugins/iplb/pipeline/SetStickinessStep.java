package io.jenkins.plugins.iplb.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.SetStickiness;
import io.jenkins.plugins.iplb.jenkins.form.FieldCheck;
import io.jenkins.plugins.iplb.parameter.Reference;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

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
    Change change(String service) {
        return new SetStickiness(service, Protocol.parse(protocol), Reference.parse("farm", farm), stickiness);
    }

    @Extension
    public static final class DescriptorImpl extends LoadBalancerStepDescriptor {
        public DescriptorImpl() {
            super("iplbSetStickiness", Protocol.HTTP, Protocol.TCP);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SetStickinessStep_displayName();
        }

        @POST
        public ListBoxModel doFillStickinessItems(@AncestorInPath Item item, @QueryParameter String protocol) {
            ListBoxModel choices = new ListBoxModel();
            if (FieldCheck.maySee(item)) {
                if (!"tcp".equals(protocol)) {
                    choices.add("cookie");
                }
                choices.add("sourceIp");
                choices.add("none");
            }
            return choices;
        }
    }
}
