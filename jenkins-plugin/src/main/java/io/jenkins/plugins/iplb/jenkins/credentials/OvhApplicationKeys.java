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
import io.jenkins.plugins.iplb.api.NeededRights;
import io.jenkins.plugins.iplb.ovh.Credentials;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An application key with its secret, and a consumer key: signed requests. */
public final class OvhApplicationKeys extends EndpointCredentials {
    private static final long serialVersionUID = 1L;

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
        super(scope, id, description, endpoint);
        this.applicationKey = Util.fixNull(applicationKey).trim();
        this.applicationSecret = given(applicationSecret);
        this.consumerKey = given(consumerKey);
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
    public String getPublicName() {
        return applicationKey;
    }

    @Override
    public Map<String, String> publicVariables() {
        return Map.of("ENDPOINT", getEndpoint(), "APPLICATION_KEY", applicationKey);
    }

    @Override
    public Map<String, Secret> secretVariables() {
        return Map.of("APPLICATION_SECRET", applicationSecret, "CONSUMER_KEY", consumerKey);
    }

    @Override
    public Credentials toCredentials() {
        return keys(applicationKey, applicationSecret, consumerKey);
    }

    private static Credentials keys(String applicationKey, Secret applicationSecret, Secret consumerKey) {
        return new Credentials.ApplicationKeys(
                applicationKey.trim(), applicationSecret.getPlainText(), consumerKey.getPlainText());
    }

    @Extension
    @Symbol("ovhApplicationKeys")
    public static final class DescriptorImpl extends KindDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.OvhApplicationKeys_DisplayName();
        }

        @Override
        FormValidation advice(Endpoint endpoint) {
            return FormValidation.okWithMarkup("<a href=\"%s\" target=\"_blank\" rel=\"noopener noreferrer\">%s</a>"
                    .formatted(
                            Util.escape(NeededRights.tokenPage(endpoint).toString()),
                            Util.escape(Messages.OvhApplicationKeys_CreateKey(endpoint.name()))));
        }

        @POST
        public FormValidation doCheckApplicationKey(@ContextInPath ModelObject context, @QueryParameter String value) {
            return required(context, value);
        }

        @POST
        public FormValidation doTest(
                @ContextInPath ModelObject context,
                @QueryParameter String endpoint,
                @QueryParameter String applicationKey,
                @QueryParameter Secret applicationSecret,
                @QueryParameter Secret consumerKey) {
            return test(context, endpoint, () -> keys(applicationKey, given(applicationSecret), given(consumerKey)));
        }
    }
}
