package io.jenkins.plugins.iplb.jenkins.freestyle;

import hudson.EnvVars;
import hudson.ExtensionPoint;
import hudson.RelativePath;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.jenkins.form.FieldCheck;
import io.jenkins.plugins.iplb.jenkins.form.LiveChoices;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.parameter.Reference;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of a change: text as it was typed, in which the build puts its variables. */
public abstract class ChangeForm extends AbstractDescribableImpl<ChangeForm> implements ExtensionPoint {
    ChangeForm() {}

    /**
     * The change that is meant.
     *
     * @throws io.jenkins.plugins.iplb.failure.InvalidInput naming the field that cannot be meant
     */
    abstract Change change(String service, Given given);

    static List<IpBlock> blocks(List<String> ips) {
        return ips.stream().map(ip -> IpBlock.parse("ips", ip)).toList();
    }

    /** Fills and checks the fields that several changes have. They are one level below the load balancer's. */
    public abstract static class ChangeFormDescriptor extends Descriptor<ChangeForm> {
        private final List<Protocol> protocols;

        /** @param protocols those that the change is about */
        ChangeFormDescriptor(Protocol... protocols) {
            this.protocols = List.of(protocols);
        }

        @POST
        public ListBoxModel doFillProtocolItems(@AncestorInPath Item item) {
            ListBoxModel choices = new ListBoxModel();
            if (FieldCheck.maySee(item)) {
                protocols.forEach(protocol -> choices.add(protocol.code()));
            }
            return choices;
        }

        @POST
        public ComboBoxModel doFillFrontendItems(
                @AncestorInPath Item item,
                @RelativePath("..") @QueryParameter String loadBalancer,
                @RelativePath("..") @QueryParameter String service,
                @RelativePath("..") @QueryParameter String credentialsId,
                @QueryParameter String protocol) {
            return LiveChoices.get()
                    .frontends(item, new LoadBalancerChoice(loadBalancer, service, credentialsId), protocol);
        }

        @POST
        public ComboBoxModel doFillFarmItems(
                @AncestorInPath Item item,
                @RelativePath("..") @QueryParameter String loadBalancer,
                @RelativePath("..") @QueryParameter String service,
                @RelativePath("..") @QueryParameter String credentialsId,
                @QueryParameter String protocol) {
            return LiveChoices.get()
                    .farms(item, new LoadBalancerChoice(loadBalancer, service, credentialsId), protocol);
        }

        @POST
        public ComboBoxModel doFillRouteItems(
                @AncestorInPath Item item,
                @RelativePath("..") @QueryParameter String loadBalancer,
                @RelativePath("..") @QueryParameter String service,
                @RelativePath("..") @QueryParameter String credentialsId,
                @QueryParameter String protocol) {
            return LiveChoices.get()
                    .routes(item, new LoadBalancerChoice(loadBalancer, service, credentialsId), protocol);
        }

        @POST
        public ComboBoxModel doFillZoneItems(
                @AncestorInPath Item item,
                @RelativePath("..") @QueryParameter String loadBalancer,
                @RelativePath("..") @QueryParameter String service,
                @RelativePath("..") @QueryParameter String credentialsId) {
            ComboBoxModel zones = new ComboBoxModel("all");
            zones.addAll(LiveChoices.get().zones(item, new LoadBalancerChoice(loadBalancer, service, credentialsId)));
            return zones;
        }

        @POST
        public FormValidation doCheckFrontend(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.given(item, value, text -> Reference.parse("frontend", text));
        }

        /** Separated by commas. */
        @POST
        public ComboBoxModel doFillIpsItems(
                @AncestorInPath Item item,
                @RelativePath("..") @QueryParameter String loadBalancer,
                @RelativePath("..") @QueryParameter String service,
                @RelativePath("..") @QueryParameter String credentialsId) {
            return LiveChoices.get().failoverIps(item, new LoadBalancerChoice(loadBalancer, service, credentialsId));
        }

        @POST
        public FormValidation doCheckIps(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.given(item, value, text -> blocks(new Given(new EnvVars()).list(text)));
        }
    }
}
