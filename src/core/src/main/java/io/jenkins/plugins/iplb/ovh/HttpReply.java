package io.jenkins.plugins.iplb.ovh;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;

/** A whole reply, read to its end. */
record HttpReply(int status, Headers headers, byte[] body) {

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** When the server answered, by its own clock; empty when it did not say. */
    Optional<Instant> date() {
        return Optional.ofNullable(headers.getInstant("Date"));
    }

    String header(String name) {
        return headers.get(name);
    }
}
