package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.SetStickiness;
import io.jenkins.plugins.iplb.jenkins.form.FieldCheck;
import io.jenkins.plugins.iplb.parameter.Reference;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

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
    Change change(String service, Given given) {
        return new SetStickiness(
                service,
                Protocol.parse(given.text(protocol), Protocol.HTTP, Protocol.TCP),
                Reference.parse("farm", given.text(farm)),
                given.text(stickiness));
    }

    @Extension
    @Symbol("iplbStickiness")
    public static final class DescriptorImpl extends ChangeFormDescriptor {
        public DescriptorImpl() {
            super(Protocol.HTTP, Protocol.TCP);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.StickinessChange_DisplayName();
        }

        @POST
        public FormValidation doCheckFarm(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.given(item, value, text -> Reference.parse("farm", text));
        }

        @POST
        public ListBoxModel doFillStickinessItems(@AncestorInPath Item item) {
            ListBoxModel choices = new ListBoxModel();
            if (FieldCheck.maySee(item)) {
                choices.add(Messages.StickinessChange_Cookie(), "cookie");
                choices.add(Messages.StickinessChange_SourceIp(), "sourceIp");
                choices.add(Messages.StickinessChange_None(), "none");
            }
            return choices;
        }

        @POST
        public FormValidation doCheckStickiness(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String protocol) {
            return FieldCheck.given(
                    item,
                    value,
                    text -> new SetStickiness("any", Protocol.parse(protocol), new Reference("any"), text));
        }
    }
}
