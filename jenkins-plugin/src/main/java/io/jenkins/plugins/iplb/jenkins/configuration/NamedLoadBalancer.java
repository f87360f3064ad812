package io.jenkins.plugins.iplb.jenkins.configuration;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.form.CredentialsChoices;
import io.jenkins.plugins.iplb.jenkins.form.LiveChoices;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A load balancer under the name that jobs know it by. */
public final class NamedLoadBalancer extends AbstractDescribableImpl<NamedLoadBalancer> {
    private final String name;
    private final String service;
    private final String credentialsId;
    private List<String> defaultZones = new ArrayList<>();

    @DataBoundConstructor
    public NamedLoadBalancer(String name, String service, String credentialsId) {
        this.name = Util.fixNull(name).trim();
        this.service = Util.fixNull(service).trim();
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    public String getName() {
        return name;
    }

    public String getService() {
        return service;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    /** The zones that a refresh covers when it names none; empty for all. */
    public List<String> getDefaultZones() {
        return Collections.unmodifiableList(defaultZones);
    }

    /** @param zones a list, or as the form has them, several in one text */
    @DataBoundSetter
    public void setDefaultZones(List<String> zones) {
        defaultZones = new ArrayList<>();
        if (zones != null) {
            zones.forEach(text -> defaultZones.addAll(zones(text)));
        }
    }

    /** How the form shows them. */
    public String getDefaultZonesText() {
        return String.join(", ", defaultZones);
    }

    private static List<String> zones(String text) {
        return Arrays.stream(Util.fixNull(text).toLowerCase(Locale.ROOT).split("[\\s,]+"))
                .filter(zone -> !zone.isEmpty())
                .toList();
    }

    @Extension
    @Symbol("loadBalancer")
    public static final class DescriptorImpl extends Descriptor<NamedLoadBalancer> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.NamedLoadBalancer_DisplayName();
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
                return FormValidation.ok(Messages.NamedLoadBalancer_Found(
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
            List<String> owned = LiveChoices.get().zones(null, choice(service, credentialsId));
            List<String> unknown =
                    zones(value).stream().filter(zone -> !owned.contains(zone)).toList();
            return owned.isEmpty() || unknown.isEmpty()
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.NamedLoadBalancer_NoSuchZones(
                            String.join(", ", unknown), String.join(", ", owned)));
        }

        private static LoadBalancerChoice choice(String service, String credentialsId) {
            return new LoadBalancerChoice(null, service, credentialsId);
        }

        private static boolean isAdministrator() {
            return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
        }
    }
}
