package io.jenkins.plugins.iplb.sandbox.auth;

/** The life of a consumer key, in OVH's words. */
public enum CredentialState {
    expired,
    pendingValidation,
    refused,
    validated
}
