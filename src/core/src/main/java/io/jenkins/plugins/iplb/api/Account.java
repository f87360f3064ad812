package io.jenkins.plugins.iplb.api;

import java.util.List;

/**
 * Whose behalf a call is made on, as {@code GET /auth/details} answers.
 *
 * @param account the customer, such as {@code xx12345-ovh}
 * @param user null when the account itself acts, not one of its users
 * @param description what the account calls the key or service account; may be null
 * @param identities as IAM policies name them
 */
public record Account(String account, String user, String description, List<String> identities) {
    public Account {
        identities = identities == null ? List.of() : List.copyOf(identities);
    }
}
