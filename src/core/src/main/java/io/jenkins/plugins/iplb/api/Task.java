package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;

/**
 * An operation of a load balancer.
 *
 * @param status todo, doing, done, error, cancelled or blocked
 * @param progress percent
 * @param zones the zones it updates
 * @param doneDate null until it is done
 */
public record Task(
        long id,
        String action,
        String status,
        int progress,
        List<String> zones,
        Instant creationDate,
        Instant doneDate) {
    public static final String REFRESH = "refreshIplb";

    public Task {
        zones = zones == null ? List.of() : List.copyOf(zones);
    }

    /** The zones that it makes live, which are all when it names none. */
    public Zones covered() {
        return Zones.refreshed(zones);
    }

    @JsonIgnore
    public boolean isRunning() {
        return isRunning(status);
    }

    /** Not at an end, as far as OVH publishes what its states mean. */
    public static boolean isRunning(String status) {
        return "todo".equals(status) || "doing".equals(status) || "blocked".equals(status);
    }
}
