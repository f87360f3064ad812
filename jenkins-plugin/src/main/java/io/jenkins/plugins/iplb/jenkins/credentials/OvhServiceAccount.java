package io.jenkins.plugins.iplb.jenkins.credentials;

import com.cloudbees.plugins.credentials.ContextInPath;
import com.cloudbees.plugins.credentials.CredentialsScope;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.ModelObject;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.iplb.ovh.Credentials;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An OAuth2 service account: bearer tokens. */
public final class OvhServiceAccount extends EndpointCredentials {
    private static final long serialVersionUID = 1L;

    private final String clientId;
    private final Secret clientSecret;

    @DataBoundConstructor
    public OvhServiceAccount(
            @CheckForNull CredentialsScope scope,
            @CheckForNull String id,
            @CheckForNull String description,
            String endpoint,
            String clientId,
            Secret clientSecret) {
        super(scope, id, description, endpoint);
        this.clientId = Util.fixNull(clientId).trim();
        this.clientSecret = given(clientSecret);
    }

    public String getClientId() {
        return clientId;
    }

    public Secret getClientSecret() {
        return clientSecret;
    }

    @Override
    public String getPublicName() {
        return clientId;
    }

    @Override
    public Map<String, String> publicVariables() {
        return Map.of("ENDPOINT", getEndpoint(), "CLIENT_ID", clientId);
    }

    @Override
    public Map<String, Secret> secretVariables() {
        return Map.of("CLIENT_SECRET", clientSecret);
    }

    @Override
    public Credentials toCredentials() {
        return account(clientId, clientSecret);
    }

    private static Credentials account(String clientId, Secret clientSecret) {
        return new Credentials.ServiceAccount(clientId.trim(), clientSecret.getPlainText());
    }

    @Extension
    @Symbol("ovhServiceAccount")
    public static final class DescriptorImpl extends KindDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.OvhServiceAccount_DisplayName();
        }

        @Override
        FormValidation advice(Endpoint endpoint) {
            return endpoint.tokenUrl().isPresent()
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.OvhServiceAccount_NoTokens(endpoint.name()));
        }

        @POST
        public FormValidation doCheckClientId(@ContextInPath ModelObject context, @QueryParameter String value) {
            return required(context, value);
        }

        @POST
        public FormValidation doTest(
                @ContextInPath ModelObject context,
                @QueryParameter String endpoint,
                @QueryParameter String clientId,
                @QueryParameter Secret clientSecret) {
            return test(context, endpoint, () -> account(clientId, given(clientSecret)));
        }
    }
}
