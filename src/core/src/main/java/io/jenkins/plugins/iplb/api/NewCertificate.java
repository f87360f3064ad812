package io.jenkins.plugins.iplb.api;

import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A certificate that is to be added. OVH answers neither its text nor its key, so that one whose answer was lost is told
 * by its fingerprint.
 *
 * @param isIt tells it from all others
 */
public record NewCertificate(ApiCall post, Predicate<Certificate> isIt) {

    /** Adds it, once. @return its id */
    public long add(OvhSession ovh) {
        return ovh.sendOnce(
                post,
                reply -> Optional.of(reply.body().path("id"))
                        .filter(id -> id.isIntegralNumber())
                        .map(id -> id.longValue()),
                () -> new Listing(ovh)
                        .objects(ApiCall.get(post.path().toArray()), Certificate.class).stream()
                                .filter(isIt)
                                .map(Certificate::id)
                                .findFirst());
    }
}
