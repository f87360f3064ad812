package io.jenkins.plugins.iplb.jenkins.form;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.parameter.LiveList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * The form of a {@link NamedLoadBalancer}. It asks OVH while somebody fills it in, which takes what is made of the
 * configuration: so it is not in there.
 */
@Extension
@Symbol("loadBalancer")
public final class NamedLoadBalancerForm extends Descriptor<NamedLoadBalancer> {
    public NamedLoadBalancerForm() {
        super(NamedLoadBalancer.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.NamedLoadBalancerForm_DisplayName();
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
        return CredentialsChoices.choices(null, credentialsId);
    }

    @POST
    public FormValidation doCheckName(@QueryParameter String value) {
        return isAdministrator() ? FormValidation.validateRequired(value) : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckCredentialsId(@QueryParameter String value) {
        if (!isAdministrator()) {
            return FormValidation.ok();
        }
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.validateRequired(value)
                : CredentialsChoices.check(null, value);
    }

    /** Asks OVH for the load balancer, as the credentials beside it. */
    @POST
    public FormValidation doCheckService(@QueryParameter String value, @QueryParameter String credentialsId) {
        if (!isAdministrator()) {
            return FormValidation.ok();
        }
        if (Util.fixEmptyAndTrim(value) == null) {
            return FormValidation.validateRequired(value);
        }
        if (CredentialsChoices.check(null, credentialsId).kind != FormValidation.Kind.OK
                || Util.fixEmptyAndTrim(credentialsId) == null) {
            return FormValidation.ok();
        }
        try {
            LoadBalancer found = LiveChoices.get().read((Item) null, choice(value, credentialsId));
            return FormValidation.ok(Messages.NamedLoadBalancerForm_Found(
                    Util.fixNull(found.displayName()), String.join(", ", found.zones()), found.state()));
        } catch (IplbException e) {
            boolean later = e.kind() == FailureKind.UNAVAILABLE || e.kind() == FailureKind.TIMEOUT;
            return later ? FormValidation.warning(e.getMessage()) : FormValidation.error(e.getMessage());
        }
    }

    /** Says which of the zones the load balancer does not own, when it can be asked. */
    @POST
    public FormValidation doCheckDefaultZones(
            @QueryParameter String value, @QueryParameter String service, @QueryParameter String credentialsId) {
        List<String> owned = zones(choice(service, credentialsId));
        List<String> unknown = NamedLoadBalancer.zones(value).stream()
                .filter(zone -> !owned.contains(zone))
                .toList();
        return owned.isEmpty() || unknown.isEmpty()
                ? FormValidation.ok()
                : FormValidation.error(Messages.NamedLoadBalancerForm_NoSuchZones(
                        String.join(", ", unknown), String.join(", ", owned)));
    }

    /** Empty when it cannot be asked. */
    private static List<String> zones(LoadBalancerChoice choice) {
        return LiveChoices.get()
                .known(LiveList.ZONES, new FormContext(null, choice), Optional.empty())
                .orElse(List.of())
                .stream()
                .map(LiveChoices.Known::reference)
                .toList();
    }

    private static LoadBalancerChoice choice(String service, String credentialsId) {
        return new LoadBalancerChoice(null, service, credentialsId);
    }

    private static boolean isAdministrator() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }
}
