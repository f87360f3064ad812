package io.jenkins.plugins.iplb.sandbox.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Map;

/**
 * One request and what became of it.
 *
 * @param path decoded, under the base path
 * @param rawPath as received, under the base path
 * @param query the raw query string, or an empty string
 * @param requestBody as received, but for private keys
 * @param who the application key, client id or token name; never a secret; {@code anonymous} without credentials
 * @param status the status sent, or 0 when the connection was cut
 * @param effect whether a call other than GET did what it asked for, whatever the client was told
 * @param fault the fault that had a hand in it, or an empty string
 * @param headers the request's headers by lower-case name, without credentials
 */
public record Exchange(
        Instant time,
        String method,
        String path,
        String rawPath,
        String query,
        String requestBody,
        String who,
        String queryId,
        int status,
        boolean effect,
        String fault,
        @JsonIgnore Map<String, String> headers,
        @JsonIgnore String responseBody) {

    /** The status as a word for people: {@code cut} when no reply was sent. */
    public String outcome() {
        return status == 0 ? "cut" : Integer.toString(status);
    }
}
