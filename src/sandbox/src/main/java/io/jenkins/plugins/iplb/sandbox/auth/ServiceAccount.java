package io.jenkins.plugins.iplb.sandbox.auth;

/** An OAuth2 client of the client-credentials flow; it may do what its policy grants and nothing else. */
public record ServiceAccount(String clientId, String clientSecret, IamPolicy policy) {}
