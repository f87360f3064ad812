package io.jenkins.plugins.iplb.jenkins.health;

import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.jenkins.controller.KeptMap;
import io.jenkins.plugins.iplb.jenkins.lookout.Sight;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Since when changes are pending in each zone, as far as this controller has seen: OVH does not say. It outlives restarts,
 * or a controller that is restarted every night would never know a change that is older than a day.
 */
final class PendingSince {
    private final KeptMap<String> kept;
    private final Map<String, Instant> since = new HashMap<>();

    PendingSince(KeptMap<String> kept) {
        this.kept = kept;
        kept.read().forEach((key, moment) -> since.put(key, Instant.parse(moment)));
    }

    /**
     * Takes in what was seen. What a refresh has carried since is not pending any more, even if something is again.
     *
     * @param all what was seen by load balancer; those that are missing were not seen, and stay as they are
     * @param known all load balancers; the others are forgotten
     */
    void seen(Map<String, Sight> all, Set<String> known) {
        Map<String, Instant> before = Map.copyOf(since);
        since.keySet().removeIf(key -> !known.contains(loadBalancer(key)) || all.containsKey(loadBalancer(key)));
        all.forEach((loadBalancer, sight) -> sight.pending().stream()
                .map(PendingChange::zone)
                .forEach(zone -> {
                    String key = key(loadBalancer, zone);
                    Instant first = before.getOrDefault(key, sight.at());
                    since.put(
                            key,
                            refreshed(sight, zone)
                                    .filter(first::isBefore)
                                    .max(Instant::compareTo)
                                    .orElse(first));
                }));
        if (!since.equals(before)) {
            save();
        }
    }

    /** Only of what was seen pending last. */
    Instant of(String loadBalancer, String zone) {
        return since.get(key(loadBalancer, zone));
    }

    private static Stream<Instant> refreshed(Sight sight, String zone) {
        return sight.refreshes().stream()
                .filter(task -> "done".equals(task.status()))
                .filter(task -> task.zones().isEmpty() || task.zones().contains(zone))
                .map(Task::creationDate);
    }

    private static String key(String loadBalancer, String zone) {
        return loadBalancer + " " + zone;
    }

    private static String loadBalancer(String key) {
        return key.substring(0, key.lastIndexOf(' '));
    }

    private void save() {
        Map<String, String> moments = new HashMap<>();
        since.forEach((key, moment) -> moments.put(key, moment.toString()));
        kept.write(moments);
    }
}
