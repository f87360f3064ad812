package io.jenkins.plugins.iplb.ovh;

import io.jenkins.plugins.iplb.ovh.Credentials.ApplicationKeys;
import java.time.Duration;
import okhttp3.Request;

/** Authentication by application keys: four headers, one of them a hash over all that matters. */
final class SignedRequests implements Authenticator {
    private final ApplicationKeys keys;
    private final ServerClock clock;

    SignedRequests(ApplicationKeys keys, ServerClock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Request authorize(Request request, byte[] body, Duration patience) {
        long timestamp = clock.seconds(patience);
        String signature = Signature.of(keys, request.method(), request.url().toString(), body, timestamp);
        return request.newBuilder()
                .header("X-Ovh-Application", keys.applicationKey())
                .header("X-Ovh-Consumer", keys.consumerKey())
                .header("X-Ovh-Timestamp", Long.toString(timestamp))
                .header("X-Ovh-Signature", signature)
                .build();
    }

    @Override
    public boolean mended(ErrorReply refusal) {
        if (!refusal.isClockSkew()) {
            return false;
        }
        clock.forget();
        return true;
    }
}
