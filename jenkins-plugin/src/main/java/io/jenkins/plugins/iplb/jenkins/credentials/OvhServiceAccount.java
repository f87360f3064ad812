package io.jenkins.plugins.iplb.jenkins.credentials;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.Secret;
import io.jenkins.plugins.iplb.ovh.Credentials;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** An OAuth2 service account: bearer tokens. */
public final class OvhServiceAccount extends BaseStandardCredentials implements OvhApiCredentials {
    private static final long serialVersionUID = 1L;

    private final String endpoint;
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
        super(scope, id, description);
        this.endpoint = Util.fixEmptyAndTrim(endpoint) == null ? Endpoint.DEFAULT_NAME : endpoint.trim();
        this.clientId = Util.fixNull(clientId).trim();
        this.clientSecret = clientSecret;
    }

    @Override
    public String getEndpoint() {
        return endpoint;
    }

    public String getClientId() {
        return clientId;
    }

    public Secret getClientSecret() {
        return clientSecret;
    }

    @Override
    public Credentials toCredentials() {
        return new Credentials.ServiceAccount(clientId, clientSecret.getPlainText());
    }

    @Extension
    @Symbol("ovhServiceAccount")
    public static final class DescriptorImpl extends BaseStandardCredentialsDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return "OVHcloud API credentials: service account";
        }
    }
}
