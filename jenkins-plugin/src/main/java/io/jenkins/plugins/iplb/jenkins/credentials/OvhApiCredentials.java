package io.jenkins.plugins.iplb.jenkins.credentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import io.jenkins.plugins.iplb.ovh.Credentials;

/** Who may call OVH's API, and where. */
public interface OvhApiCredentials extends StandardCredentials {

    /** A named endpoint such as {@code ovh-eu}, or a base URL that an administrator has allowed. */
    String getEndpoint();

    /** For the core; holds the secrets in clear, so it is never kept. */
    Credentials toCredentials();
}
