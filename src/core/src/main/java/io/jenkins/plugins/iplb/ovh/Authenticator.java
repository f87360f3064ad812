package io.jenkins.plugins.iplb.ovh;

import java.time.Duration;
import okhttp3.Request;

/** Proves who asks, by headers. */
interface Authenticator {

    /**
     * The request with its proof. May itself ask OVH for the time or a token.
     *
     * @param patience how long that may take
     */
    Request authorize(Request request, byte[] body, Duration patience);

    /**
     * Whether the proof was refused for a reason that is mended now, so that the same call may be sent once more: OVH
     * refuses such calls before it does anything.
     */
    boolean mended(ErrorReply refusal);
}
