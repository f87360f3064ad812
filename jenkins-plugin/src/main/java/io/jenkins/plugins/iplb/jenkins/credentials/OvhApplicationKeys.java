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

/** An application key with its secret, and a consumer key: signed requests. */
public final class OvhApplicationKeys extends BaseStandardCredentials implements OvhApiCredentials {
    private static final long serialVersionUID = 1L;

    private final String endpoint;
    private final String applicationKey;
    private final Secret applicationSecret;
    private final Secret consumerKey;

    @DataBoundConstructor
    public OvhApplicationKeys(
            @CheckForNull CredentialsScope scope,
            @CheckForNull String id,
            @CheckForNull String description,
            String endpoint,
            String applicationKey,
            Secret applicationSecret,
            Secret consumerKey) {
        super(scope, id, description);
        this.endpoint = Util.fixEmptyAndTrim(endpoint) == null ? Endpoint.DEFAULT_NAME : endpoint.trim();
        this.applicationKey = Util.fixNull(applicationKey).trim();
        this.applicationSecret = applicationSecret;
        this.consumerKey = consumerKey;
    }

    @Override
    public String getEndpoint() {
        return endpoint;
    }

    public String getApplicationKey() {
        return applicationKey;
    }

    public Secret getApplicationSecret() {
        return applicationSecret;
    }

    public Secret getConsumerKey() {
        return consumerKey;
    }

    @Override
    public Credentials toCredentials() {
        return new Credentials.ApplicationKeys(
                applicationKey, applicationSecret.getPlainText(), consumerKey.getPlainText());
    }

    @Extension
    @Symbol("ovhApplicationKeys")
    public static final class DescriptorImpl extends BaseStandardCredentialsDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return "OVHcloud API credentials: application keys";
        }
    }
}
