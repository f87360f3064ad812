package io.jenkins.plugins.iplb.jenkins.credentials;

import com.cloudbees.plugins.credentials.ContextInPath;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.ModelObject;
import hudson.security.AccessControlled;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.ovh.Credentials;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What both kinds of credentials have in common. */
public abstract class EndpointCredentials extends BaseStandardCredentials implements OvhApiCredentials {
    private static final long serialVersionUID = 1L;

    private final String endpoint;

    /** @param endpoint blank for the default */
    protected EndpointCredentials(
            @CheckForNull CredentialsScope scope,
            @CheckForNull String id,
            @CheckForNull String description,
            @CheckForNull String endpoint) {
        super(scope, id, description);
        String given = Util.fixEmptyAndTrim(endpoint);
        this.endpoint = given == null ? Endpoint.DEFAULT_NAME : given;
    }

    @Override
    public final String getEndpoint() {
        return endpoint;
    }

    /** What a form or a file leaves out is empty, which OVH refuses in better words than a missing object would. */
    static Secret given(@CheckForNull Secret secret) {
        return secret == null ? Secret.fromString("") : secret;
    }

    /** The form of one kind. Whoever may not change credentials learns nothing from it. */
    public abstract static class KindDescriptor extends BaseStandardCredentialsDescriptor {
        @Override
        public final String getIconClassName() {
            return "symbol-cloud-outline plugin-ionicons-api";
        }

        @POST
        public final ListBoxModel doFillEndpointItems(
                @ContextInPath ModelObject context, @QueryParameter String endpoint) {
            ListBoxModel endpoints = new ListBoxModel();
            if (mayChangeCredentialsOf(context)) {
                Endpoint.names().forEach(endpoints::add);
                OvhLoadBalancers.get().getCustomEndpoints().forEach(endpoints::add);
            }
            String current = Util.fixEmptyAndTrim(endpoint);
            if (current != null && endpoints.stream().noneMatch(each -> each.value.equals(current))) {
                endpoints.add(current);
            }
            return endpoints;
        }

        @POST
        public final FormValidation doCheckEndpoint(@ContextInPath ModelObject context, @QueryParameter String value) {
            if (!mayChangeCredentialsOf(context)) {
                return FormValidation.ok();
            }
            return OvhLoadBalancers.get().allows(value)
                    ? advice(Endpoint.of(value))
                    : FormValidation.error(Messages.OvhApiCredentials_EndpointNotAllowed(value));
        }

        /** What there is to know before credentials of this kind are made at an endpoint. */
        abstract FormValidation advice(Endpoint endpoint);

        /** Asks OVH what becomes of the credentials as they are typed. */
        final FormValidation test(ModelObject context, String endpoint, Supplier<Credentials> credentials) {
            store(context).checkAnyPermission(CredentialsProvider.CREATE, CredentialsProvider.UPDATE);
            return OvhLoadBalancers.get().allows(endpoint)
                    ? new CredentialsCheck(Endpoint.of(endpoint)).of(credentials)
                    : FormValidation.error(Messages.OvhApiCredentials_EndpointNotAllowed(endpoint));
        }

        /** Asks for what cannot be left out. */
        static FormValidation required(ModelObject context, String value) {
            return mayChangeCredentialsOf(context) ? FormValidation.validateRequired(value) : FormValidation.ok();
        }

        private static boolean mayChangeCredentialsOf(ModelObject context) {
            return store(context).hasAnyPermission(CredentialsProvider.CREATE, CredentialsProvider.UPDATE);
        }

        private static AccessControlled store(ModelObject context) {
            return context instanceof AccessControlled controlled ? controlled : Jenkins.get();
        }
    }
}
