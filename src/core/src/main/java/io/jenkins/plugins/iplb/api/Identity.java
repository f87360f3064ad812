package io.jenkins.plugins.iplb.api;

import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.util.Optional;

/** What OVH knows about whoever calls it. */
public final class Identity {
    private final Listing listing;

    public Identity(OvhSession ovh) {
        this.listing = new Listing(ovh);
    }

    /** The consumer key of the call. @throws OvhException for who has none, and for a key that is not valid */
    public ConsumerKey consumerKey() {
        return listing.object(ApiCall.get("auth", "currentCredential"), ConsumerKey.class);
    }

    /** Empty when a key that is valid may not ask that. @throws OvhException for a key or token that is not valid */
    public Optional<Account> account() {
        try {
            return Optional.of(listing.object(ApiCall.get("auth", "details"), Account.class));
        } catch (OvhException e) {
            if (isMissingRight(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whether a call failed for want of a right, rather than for who asked. */
    public static boolean isMissingRight(OvhException failure) {
        return failure.errorCode().filter("NOT_GRANTED_CALL"::equals).isPresent();
    }
}
