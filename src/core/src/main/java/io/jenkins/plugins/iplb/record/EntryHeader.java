package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an entry starts with.
 *
 * @param id names the entry; a random UUID, chosen before anything is written by who may have to go on with it after a crash
 * @param operation such as {@code add-route}: lower-case words joined by hyphens
 * @param service the service name, or {@code null} when the operation concerns none
 * @param endpoint the base URL of the API, such as {@code https://eu.api.ovh.com/1.0}
 * @param wanted the parameters as they were meant, defaults included
 * @param by who asked, in plain words such as a build's URL and number; empty when nothing is known
 */
public record EntryHeader(
        String id, String operation, String service, URI endpoint, ObjectNode wanted, Map<String, String> by) {
    private static final Pattern OPERATION = Pattern.compile("[a-z]+(-[a-z0-9]+)*");

    public EntryHeader {
        Objects.requireNonNull(id, "id");
        if (!OPERATION.matcher(operation).matches()) {
            throw new IllegalArgumentException("Not the name of an operation: " + operation);
        }
        if (endpoint.getHost() == null || endpoint.getRawUserInfo() != null || endpoint.getRawQuery() != null) {
            // The message does not repeat the URL: a user or a query in it may be a secret.
            throw new IllegalArgumentException("An endpoint is a base URL without a user and without a query");
        }
        wanted = Objects.requireNonNull(wanted, "wanted").deepCopy();
        by = Map.copyOf(by);
    }

    /** The build that asks; empty when it is none. */
    public Optional<String> build() {
        return Optional.ofNullable(by.get("build"));
    }
}
