package io.jenkins.plugins.iplb.jenkins.target;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.configuration.UsableLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.credentials.PrivateKeys;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Deadline;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.time.Duration;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * A load balancer that can be called.
 *
 * @param item whose builds call it; null for the controller itself
 * @param client calls OVH with the credentials that were found
 * @param service the service name
 * @param defaultZones what a refresh covers when it names no zones; empty for all
 * @param secrets finds what a field names in the credentials store, by the name of the field and the id there
 */
public record Target(
        @CheckForNull Item item,
        OvhClient client,
        String service,
        List<String> defaultZones,
        BinaryOperator<String> secrets) {

    /** For who needs no secret. */
    public Target(@CheckForNull Item item, OvhClient client, String service, List<String> defaultZones) {
        this(item, client, service, defaultZones, Target::none);
    }

    private static String none(String field, String id) {
        throw new IplbException(FailureKind.USAGE, "%s: there is no build that could use '%s'".formatted(field, id));
    }

    /** For a build, which may use what its job may. */
    Target of(Run<?, ?> run) {
        return new Target(item, client, service, defaultZones, (field, id) -> PrivateKeys.of(run, field, id));
    }

    /** What a field names in the credentials store. @throws IplbException when there is none that may be used */
    public String secret(String field, String id) {
        return secrets.apply(field, id);
    }

    /** OVH's name of another load balancer by the name that the item may use; of any other service, the name as it is. */
    public String serviceName(String name) {
        return UsableLoadBalancer.serviceName(item, name);
    }

    /** For who only looks. @param patience for all calls of it, from now on */
    public OvhSession session(Duration patience) {
        return client.session(CallObserver.NONE, Deadline.in(patience, client.clock()));
    }
}
