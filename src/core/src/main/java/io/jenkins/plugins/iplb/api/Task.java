package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
        Objects.requireNonNull(status, "status");
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

    /**
     * How much longer it may take, as its progress tells, or as long as the last of these took that is done; empty when
     * neither tells.
     */
    public Optional<Duration> remaining(List<Task> others, Instant now) {
        if (creationDate == null) {
            return Optional.empty();
        }
        Duration elapsed = Duration.between(creationDate, now);
        if (progress > 0 && progress < 100 && !elapsed.isNegative()) {
            return Optional.of(elapsed.multipliedBy(100L - progress).dividedBy(progress));
        }
        return others.stream()
                .filter(other -> other.creationDate != null && other.doneDate != null)
                .max(Comparator.comparing(Task::doneDate))
                .map(other ->
                        Duration.between(other.creationDate, other.doneDate).minus(elapsed))
                .filter(left -> !left.isNegative());
    }

    /** Not at an end, as far as OVH publishes what its states mean. */
    public static boolean isRunning(String status) {
        return "todo".equals(status) || "doing".equals(status) || "blocked".equals(status);
    }
}
