package io.jenkins.plugins.iplb.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A certificate of a load balancer. Its private key is with OVH alone.
 *
 * @param type {@code custom}, or {@code built} or {@code built_not_routed} for one that OVH got
 * @param san the names that it is for
 * @param fingerprint OVH does not publish of which kind
 */
public record Certificate(
        long id,
        String displayName,
        String type,
        String subject,
        List<String> san,
        String fingerprint,
        Instant expireDate)
        implements Named {
    private static final String CUSTOM = "custom";

    public Certificate {
        san = san == null ? List.of() : List.copyOf(san);
    }

    /** Whether somebody brought it here, and OVH did not get it. */
    public boolean isCustom() {
        return CUSTOM.equals(type);
    }

    /** @param digest in hexadecimal digits, lower case */
    public boolean hasFingerprint(String digest) {
        return fingerprint != null
                && fingerprint.replace(":", "").toLowerCase(Locale.ROOT).equals(digest);
    }
}
