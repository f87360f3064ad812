package io.jenkins.plugins.iplb.ovh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/** A whole reply, read to its end. */
record HttpReply(int status, Headers headers, byte[] body) {
    /** Some ten times as much as ten thousand routes with their rules. */
    private static final long LARGEST = 64L << 20;

    /**
     * A body, unpacked.
     *
     * @throws IOException also for one that is larger than anything that OVH answers
     */
    static byte[] bytes(ResponseBody body) throws IOException {
        BufferedSource source = body.source();
        if (source.request(LARGEST + 1)) {
            throw new IOException("it has more than %d MiB".formatted(LARGEST >> 20));
        }
        return source.readByteArray();
    }

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
