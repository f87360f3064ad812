package io.jenkins.plugins.iplb.jenkins.lookout;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Refreshes;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.api.Task;
import java.util.List;

/** Looks at load balancers in the background, and only while somebody asks. */
@Extension
public final class Lookout {
    private final Looks<LoadBalancer> descriptions =
            new Looks<>((ovh, service) -> new Snapshot(ovh, service).loadBalancer());
    private final Looks<List<PendingChange>> pending =
            new Looks<>((ovh, service) -> new Refreshes(ovh, service).pending());
    private final Looks<List<Task>> refreshes = new Looks<>((ovh, service) -> new Refreshes(ovh, service).tasks());

    public static Lookout get() {
        return ExtensionList.lookupSingleton(Lookout.class);
    }

    /** State and zones, which seldom change. */
    public Looks<LoadBalancer> descriptions() {
        return descriptions;
    }

    public Looks<List<PendingChange>> pending() {
        return pending;
    }

    /** Those that OVH knows, finished ones included. */
    public Looks<List<Task>> refreshes() {
        return refreshes;
    }
}
