package io.jenkins.plugins.iplb.jenkins.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.parameter.Durations;
import io.jenkins.plugins.iplb.parameter.LiveList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
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

    /** @param folder the folder that names it; null for the controller */
    @POST
    public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item folder, @QueryParameter String credentialsId) {
        return CredentialsChoices.choices(folder, credentialsId);
    }

    @POST
    public FormValidation doCheckName(@AncestorInPath Item folder, @QueryParameter String value) {
        return mayConfigure(folder) ? FormValidation.validateRequired(value) : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckCredentialsId(@AncestorInPath Item folder, @QueryParameter String value) {
        if (!mayConfigure(folder)) {
            return FormValidation.ok();
        }
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.validateRequired(value)
                : CredentialsChoices.check(folder, value);
    }

    /** Says who may use it, and which pattern means nothing that is there. */
    @POST
    public FormValidation doCheckAllowedItems(@AncestorInPath Item folder, @QueryParameter String value) {
        if (!mayConfigure(folder)) {
            return FormValidation.ok();
        }
        List<String> patterns = Util.fixNull(value)
                .lines()
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .toList();
        if (patterns.isEmpty()) {
            return FieldCheck.hint(
                    folder,
                    folder == null
                            ? Messages.NamedLoadBalancerForm_EveryJob()
                            : Messages.NamedLoadBalancerForm_EveryJobIn(folder.getFullDisplayName()));
        }
        return patterns.stream()
                .filter(pattern ->
                        Jenkins.get().getAllItems().stream().noneMatch(item -> NamedLoadBalancer.covers(pattern, item)))
                .findFirst()
                .map(pattern -> FormValidation.warning(Messages.NamedLoadBalancerForm_NoSuchItem(pattern)))
                .orElseGet(FormValidation::ok);
    }

    @POST
    public FormValidation doCheckDriftCheck(@AncestorInPath Item folder, @QueryParameter String value) {
        if (!mayConfigure(folder) || Util.fixEmptyAndTrim(value) == null) {
            return FormValidation.ok();
        }
        try {
            Durations.parse("driftCheck", value);
            return FormValidation.ok();
        } catch (InvalidInput e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** Asks OVH for the load balancer, as the credentials beside it. */
    @POST
    public FormValidation doCheckService(
            @AncestorInPath Item folder, @QueryParameter String value, @QueryParameter String credentialsId) {
        if (!mayConfigure(folder)) {
            return FormValidation.ok();
        }
        if (Util.fixEmptyAndTrim(value) == null) {
            return FormValidation.validateRequired(value);
        }
        if (CredentialsChoices.check(folder, credentialsId).kind != FormValidation.Kind.OK
                || Util.fixEmptyAndTrim(credentialsId) == null) {
            return FormValidation.ok();
        }
        try {
            LoadBalancer found = LiveChoices.get().read(folder, choice(value, credentialsId));
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
            @AncestorInPath Item folder,
            @QueryParameter String value,
            @QueryParameter String service,
            @QueryParameter String credentialsId) {
        if (!mayConfigure(folder)) {
            return FormValidation.ok();
        }
        List<String> owned = zones(new FormContext(folder, choice(service, credentialsId)));
        List<String> unknown = NamedLoadBalancer.zones(value).stream()
                .filter(zone -> !owned.contains(zone))
                .toList();
        return owned.isEmpty() || unknown.isEmpty()
                ? FormValidation.ok()
                : FormValidation.error(Messages.NamedLoadBalancerForm_NoSuchZones(
                        String.join(", ", unknown), String.join(", ", owned)));
    }

    /** Empty when it cannot be asked. */
    private static List<String> zones(FormContext form) {
        return LiveChoices.get().known(LiveList.ZONES, form, Optional.empty()).orElse(List.of()).stream()
                .map(LiveChoices.Known::reference)
                .toList();
    }

    private static LoadBalancerChoice choice(String service, String credentialsId) {
        return new LoadBalancerChoice(null, service, credentialsId);
    }

    private static boolean mayConfigure(@CheckForNull Item folder) {
        return folder == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : folder.hasPermission(Item.CONFIGURE);
    }
}
