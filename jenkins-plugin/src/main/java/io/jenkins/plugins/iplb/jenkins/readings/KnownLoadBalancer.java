package io.jenkins.plugins.iplb.jenkins.readings;

import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.UsableLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a configured load balancer.
 *
 * @param target how it is called; empty as long as it was not read, or when it cannot be called
 * @param state as it was read last
 * @param problem why it could not be read since
 */
public record KnownLoadBalancer(
        UsableLoadBalancer configured, Optional<Target> target, Optional<State> state, Optional<String> problem) {

    /**
     * What the load balancer was like.
     *
     * @param asOf when OVH was asked
     * @param refreshes those that OVH knew, finished ones included
     */
    public record State(Instant asOf, LoadBalancer loadBalancer, List<PendingChange> pending, List<Task> refreshes) {}

    public NamedLoadBalancer named() {
        return configured.named();
    }

    static KnownLoadBalancer unread(UsableLoadBalancer configured) {
        return new KnownLoadBalancer(configured, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static KnownLoadBalancer read(UsableLoadBalancer configured, Target target, State state) {
        return new KnownLoadBalancer(configured, Optional.of(target), Optional.of(state), Optional.empty());
    }

    /** What was read before is still the best that is known. */
    KnownLoadBalancer with(String newProblem) {
        return new KnownLoadBalancer(configured, target, state, Optional.of(newProblem));
    }
}
