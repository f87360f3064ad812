package io.jenkins.plugins.iplb.jenkins.credentials;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.iplb.api.Identity;
import io.jenkins.plugins.iplb.ovh.Credentials;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a key ends. */
public final class KeyEnd {
    /** A key that ends sooner is worth a warning. */
    private static final Duration SOON = Duration.ofDays(14);

    private KeyEnd() {}

    /**
     * Empty for what has no end, and for a key that may not ask.
     *
     * @throws OvhException for a key that is not valid any more
     */
    public static Optional<Instant> of(Credentials credentials, OvhSession ovh) {
        if (!(credentials instanceof Credentials.ApplicationKeys)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(new Identity(ovh).consumerKey().expiration());
        } catch (OvhException e) {
            if (Identity.isMissingRight(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public static boolean isSoon(@CheckForNull Instant end, Instant now) {
        return end != null && end.isBefore(now.plus(SOON));
    }
}
