package io.jenkins.plugins.iplb.api;

import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The orders of free certificates for one load balancer, each of them a task. */
public final class CertificateOrders {
    private static final String ACTION = "orderFreeCertificate";

    private final OvhSession ovh;
    private final Listing listing;
    private final String service;

    public CertificateOrders(OvhSession ovh, String service) {
        this.ovh = ovh;
        this.listing = new Listing(ovh);
        this.service = service;
    }

    /** All that OVH still knows, finished ones included. */
    public List<Task> all() {
        return listing.objects(
                ApiCall.get("ipLoadbalancing", service, "task").query(Map.of("action", ACTION)), Task.class);
    }

    /** Empty when OVH does not know the task any more. */
    public Optional<Task> task(long id) {
        return listing.find(ApiCall.get("ipLoadbalancing", service, "task", id), Task.class);
    }

    /**
     * Orders one, once: when the answer is lost, its task is the one that was not there before.
     *
     * @param existing the ids of the tasks that were
     * @return the id of its task
     */
    public long start(ApiCall post, Set<Long> existing) {
        return ovh.sendOnce(
                post,
                reply -> Optional.of(reply.body().path("id"))
                        .filter(id -> id.isIntegralNumber())
                        .map(id -> id.longValue()),
                () -> all().stream()
                        .map(Task::id)
                        .filter(id -> !existing.contains(id))
                        .findFirst());
    }
}
