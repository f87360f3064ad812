package io.jenkins.plugins.iplb.api;

import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What moves while one waits: pending changes and refresh tasks, read anew each time. */
public final class Refreshes {
    private final Listing listing;
    private final String service;

    public Refreshes(OvhSession ovh, String service) {
        this.listing = new Listing(ovh);
        this.service = service;
    }

    /** The zones that have something pending; OVH may or may not list the others with 0. */
    public List<PendingChange> pending() {
        ApiCall call = ApiCall.get("ipLoadbalancing", service, "pendingChanges");
        return listing.objects(call, PendingChange.class).stream()
                .filter(change -> change.number() > 0)
                .toList();
    }

    /** All refresh tasks that OVH still knows, finished ones included. */
    public List<Task> tasks() {
        ApiCall call = ApiCall.get("ipLoadbalancing", service, "task").query(Map.of("action", Task.REFRESH));
        return listing.objects(call, Task.class);
    }

    /** Empty when OVH does not know the task any more. */
    public Optional<Task> task(long id) {
        return listing.find(ApiCall.get("ipLoadbalancing", service, "task", id), Task.class);
    }

    /**
     * Starts a refresh.
     *
     * @param zones one zone, or all
     * @throws OvhException of unknown fate when no usable answer came: then look at {@link #tasks} before asking again
     */
    public Task start(Zones zones) {
        ApiCall call = new ServiceCalls(service).refresh(zones);
        return listing.object(call, Task.class);
    }
}
