package io.jenkins.plugins.iplb.ovh;

import io.jenkins.plugins.iplb.ovh.Credentials.AccessToken;
import java.time.Duration;
import okhttp3.Request;

/** Authentication by a token that was obtained elsewhere and cannot be renewed here. */
record GivenToken(AccessToken credentials) implements Authenticator {

    @Override
    public Request authorize(Request request, byte[] body, Duration patience) {
        return request.newBuilder()
                .header("Authorization", "Bearer " + credentials.token())
                .build();
    }

    @Override
    public boolean mended(ErrorReply refusal) {
        return false;
    }
}
