package io.jenkins.plugins.iplb.jenkins.lookout;

import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Task;
import java.time.Instant;
import java.util.List;

/**
 * What a load balancer was like.
 *
 * @param at when it was looked at
 * @param refreshes those that OVH knew, finished ones included
 */
public record Sight(Instant at, LoadBalancer loadBalancer, List<PendingChange> pending, List<Task> refreshes) {}
