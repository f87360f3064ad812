package io.jenkins.plugins.iplb.ovh;

import java.nio.charset.StandardCharsets;
import okhttp3.Headers;

/** A whole reply, read to its end. */
record HttpReply(int status, Headers headers, byte[] body) {

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    String header(String name) {
        return headers.get(name);
    }
}
