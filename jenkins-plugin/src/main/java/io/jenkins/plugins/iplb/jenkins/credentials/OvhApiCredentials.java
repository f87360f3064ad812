package io.jenkins.plugins.iplb.jenkins.credentials;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.NameWith;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.util.Secret;
import io.jenkins.plugins.iplb.ovh.Credentials;
import java.util.Map;

/** Who may call OVH's API, and where. */
@NameWith(OvhApiCredentials.NameProvider.class)
public interface OvhApiCredentials extends StandardCredentials {

    /** A named endpoint such as {@code ovh-eu}, or a base URL that an administrator has allowed. */
    String getEndpoint();

    /** What OVH knows the application or the service account by; not a secret. */
    String getPublicName();

    /** What is no secret, by the end of the variable's name under which OVH's own tools read it. */
    Map<String, String> publicVariables();

    /** What is secret, by the end of the variable's name under which OVH's own tools read it. */
    Map<String, Secret> secretVariables();

    /** For the core; holds the secrets in clear, so it is never kept. */
    Credentials toCredentials();

    /** Tells credentials apart in a list by what is no secret of them. */
    final class NameProvider extends CredentialsNameProvider<OvhApiCredentials> {
        /** Enough to tell the keys of one account apart. */
        private static final int SHOWN = 8;

        @NonNull
        @Override
        public String getName(@NonNull OvhApiCredentials credentials) {
            String name = credentials.getPublicName();
            String shown = name.length() > SHOWN ? name.substring(0, SHOWN) + "…" : name;
            String description = Util.fixEmptyAndTrim(credentials.getDescription());
            return credentials.getEndpoint() + " " + shown + (description == null ? "" : " (" + description + ")");
        }
    }
}
