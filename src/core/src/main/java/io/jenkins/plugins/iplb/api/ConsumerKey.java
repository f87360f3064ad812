package io.jenkins.plugins.iplb.api;

import java.time.Instant;
import java.util.List;

/**
 * A consumer key, as {@code GET /auth/currentCredential} answers.
 *
 * @param status {@code validated}, or one of expired, pendingValidation, refused
 * @param expiration null for a key that does not end
 * @param rules what it may do
 */
public record ConsumerKey(String status, Instant expiration, List<Right> rules) {
    public ConsumerKey {
        rules = rules == null ? List.of() : List.copyOf(rules);
    }
}
