package io.jenkins.plugins.iplb.sandbox.auth;

import java.time.Instant;

/**
 * A bearer token.
 *
 * @param owner client id of the service account it was issued to, or a name for a static token
 * @param policy of a static token; null = that of the owner, as it is when the token is used
 * @param expiration null = never
 */
public record AccessToken(String token, String owner, IamPolicy policy, Instant expiration) {
    boolean validAt(Instant now) {
        return expiration == null || now.isBefore(expiration);
    }
}
