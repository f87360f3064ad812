package io.jenkins.plugins.iplb.pipeline;

import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.jenkins.form.FieldCheck;
import io.jenkins.plugins.iplb.jenkins.form.LiveChoices;
import io.jenkins.plugins.iplb.jenkins.form.LoadBalancerForm;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Fills the fields that several steps on a load balancer have. */
abstract class LoadBalancerStepDescriptor extends IplbStepDescriptor implements LoadBalancerForm {
    private final List<Protocol> protocols;

    /** @param protocols those that the step is about */
    LoadBalancerStepDescriptor(String functionName, Protocol... protocols) {
        super(functionName);
        this.protocols = List.of(protocols);
    }

    @POST
    public final ListBoxModel doFillProtocolItems(@AncestorInPath Item item) {
        ListBoxModel choices = new ListBoxModel();
        if (FieldCheck.maySee(item)) {
            protocols.forEach(protocol -> choices.add(protocol.code()));
        }
        return choices;
    }

    @POST
    public final ComboBoxModel doFillFrontendItems(
            @AncestorInPath Item item,
            @QueryParameter String loadBalancer,
            @QueryParameter String service,
            @QueryParameter String credentialsId,
            @QueryParameter String protocol) {
        return LiveChoices.get()
                .frontends(item, new LoadBalancerChoice(loadBalancer, service, credentialsId), protocol);
    }

    @POST
    public final ComboBoxModel doFillFarmItems(
            @AncestorInPath Item item,
            @QueryParameter String loadBalancer,
            @QueryParameter String service,
            @QueryParameter String credentialsId,
            @QueryParameter String protocol) {
        return LiveChoices.get().farms(item, new LoadBalancerChoice(loadBalancer, service, credentialsId), protocol);
    }

    /** Separated by commas. */
    @POST
    public final ComboBoxModel doFillIpsItems(
            @AncestorInPath Item item,
            @QueryParameter String loadBalancer,
            @QueryParameter String service,
            @QueryParameter String credentialsId) {
        return LiveChoices.get().failoverIps(item, new LoadBalancerChoice(loadBalancer, service, credentialsId));
    }
}
