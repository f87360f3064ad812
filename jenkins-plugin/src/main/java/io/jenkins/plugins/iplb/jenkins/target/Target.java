package io.jenkins.plugins.iplb.jenkins.target;

import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Deadline;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.time.Duration;
import java.util.List;

/**
 * A load balancer that can be called.
 *
 * @param client calls OVH with the credentials that were found
 * @param service the service name
 * @param defaultZones what a refresh covers when it names no zones; empty for all
 */
public record Target(OvhClient client, String service, List<String> defaultZones) {

    /** For who only looks. @param patience for all calls of it, from now on */
    public OvhSession session(Duration patience) {
        return client.session(CallObserver.NONE, Deadline.in(patience, client.clock()));
    }
}
