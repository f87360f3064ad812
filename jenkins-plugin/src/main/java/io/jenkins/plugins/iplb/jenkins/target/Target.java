package io.jenkins.plugins.iplb.jenkins.target;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import io.jenkins.plugins.iplb.jenkins.configuration.UsableLoadBalancer;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Deadline;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.time.Duration;
import java.util.List;

/**
 * A load balancer that can be called.
 *
 * @param item whose builds call it; null for the controller itself
 * @param client calls OVH with the credentials that were found
 * @param service the service name
 * @param defaultZones what a refresh covers when it names no zones; empty for all
 */
public record Target(@CheckForNull Item item, OvhClient client, String service, List<String> defaultZones) {

    /** OVH's name of another load balancer by the name that the item may use; of any other service, the name as it is. */
    public String serviceName(String name) {
        return UsableLoadBalancer.serviceName(item, name);
    }

    /** For who only looks. @param patience for all calls of it, from now on */
    public OvhSession session(Duration patience) {
        return client.session(CallObserver.NONE, Deadline.in(patience, client.clock()));
    }
}
