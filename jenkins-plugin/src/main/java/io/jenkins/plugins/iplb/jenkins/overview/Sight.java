package io.jenkins.plugins.iplb.jenkins.overview;

import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Task;
import java.time.Instant;
import java.util.List;

/**
 * What a load balancer was like.
 *
 * @param at when it was looked at
 * @param describedAt when its description was asked for, which seldom changes
 * @param refreshes those that OVH knew, finished ones included
 */
public record Sight(
        Instant at,
        Instant describedAt,
        LoadBalancer loadBalancer,
        List<PendingChange> pending,
        List<Task> refreshes) {}
