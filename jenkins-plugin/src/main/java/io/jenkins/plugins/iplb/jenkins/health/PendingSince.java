package io.jenkins.plugins.iplb.jenkins.health;

import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.jenkins.controller.KeptMap;
import io.jenkins.plugins.iplb.jenkins.readings.KnownLoadBalancer.State;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Since when changes are pending in each zone, as far as this controller has seen: OVH does not say. It outlives restarts,
 * or a controller that is restarted every night would never know a change that is older than a day.
 */
final class PendingSince {
    private final KeptMap<String> kept;
    private final Map<String, Moment> since = new HashMap<>();

    /**
     * @param seen by the controller's clock
     * @param refreshed when the last refresh began that was done then, by OVH's clock; {@link Instant#MIN} for none. The
     *     two are never compared with one another.
     */
    private record Moment(Instant seen, Instant refreshed) {
        private static Moment parse(String text) {
            String[] both = text.split(" ");
            return new Moment(Instant.parse(both[0]), both.length > 1 ? Instant.parse(both[1]) : Instant.MIN);
        }

        private String text() {
            return refreshed.equals(Instant.MIN) ? seen.toString() : seen + " " + refreshed;
        }
    }

    PendingSince(KeptMap<String> kept) {
        this.kept = kept;
        kept.read().forEach((key, text) -> since.put(key, Moment.parse(text)));
    }

    /**
     * Takes in what was seen. What a refresh has carried since is not pending any more, even if something is again.
     *
     * @param all what was seen by load balancer; those that are missing were not seen, and stay as they are
     * @param known all load balancers; the others are forgotten
     */
    void seen(Map<String, State> all, Set<String> known) {
        Map<String, Moment> before = Map.copyOf(since);
        since.keySet().removeIf(key -> !known.contains(loadBalancer(key)) || all.containsKey(loadBalancer(key)));
        all.forEach((loadBalancer, state) -> state.pending().stream()
                .map(PendingChange::zone)
                .forEach(zone -> {
                    String key = key(loadBalancer, zone);
                    Moment now = new Moment(state.asOf(), refreshed(state, zone));
                    Moment first = before.getOrDefault(key, now);
                    since.put(key, now.refreshed().isAfter(first.refreshed()) ? now : first);
                }));
        if (!since.equals(before)) {
            save();
        }
    }

    /** Only of what was seen pending last. */
    Instant of(String loadBalancer, String zone) {
        Moment moment = since.get(key(loadBalancer, zone));
        return moment == null ? null : moment.seen();
    }

    private static Instant refreshed(State state, String zone) {
        return state.refreshes().stream()
                .filter(task -> "done".equals(task.status()))
                .filter(task -> task.covered().covers(zone))
                .map(Task::creationDate)
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
    }

    private static String key(String loadBalancer, String zone) {
        return loadBalancer + " " + zone;
    }

    private static String loadBalancer(String key) {
        return key.substring(0, key.lastIndexOf(' '));
    }

    private void save() {
        Map<String, String> moments = new HashMap<>();
        since.forEach((key, moment) -> moments.put(key, moment.text()));
        kept.write(moments);
    }
}
