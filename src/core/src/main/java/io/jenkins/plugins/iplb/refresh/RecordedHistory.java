package io.jenkins.plugins.iplb.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.record.RecordedTask;
import io.jenkins.plugins.iplb.record.TaskKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What known entries of the record tell about one load balancer, read in one walk. */
final class RecordedHistory {
    private final String prefix;
    private final List<Write> writes = new ArrayList<>();
    private final List<Write> refreshRequests = new ArrayList<>();
    private final Map<Long, RecordedTask> refreshTasks = new HashMap<>();
    private final List<Sighting> sightings = new ArrayList<>();
    private final Map<String, String> frontends = new HashMap<>();
    private final Map<String, String> zones = new HashMap<>();

    /** The refreshes that there were when an entry began. */
    record Sighting(Instant at, Set<Long> refreshes) {}

    /**
     * A call that has changed the load balancer, or may have.
     *
     * @param path below the load balancer
     * @param repeated whether an earlier call of its entry says the same: only one of the two makes a change
     */
    record Write(RecordedEntry entry, RecordedCall call, List<String> path, boolean repeated) {

        /** Whether it is known to have changed something of its own. */
        boolean isCertain() {
            return call.hadEffect() && !repeated;
        }

        /** Its body; a missing node for none. */
        JsonNode body() {
            return call.body() == null ? MissingNode.getInstance() : call.body();
        }

        Instant sentAt() {
            return call.sentAt();
        }

        /** When it was over, by the clock by which it was sent. */
        Instant overAt() {
            if (call.settledAt() != null) {
                return call.settledAt();
            }
            return call.answeredAt() != null ? call.answeredAt() : call.sentAt();
        }

        /** How long it took. */
        Duration took() {
            return Duration.between(sentAt(), overAt());
        }
    }

    /** @param known oldest first */
    RecordedHistory(String service, List<RecordedEntry> known) {
        this.prefix = "/ipLoadbalancing/" + service + "/";
        known.forEach(this::read);
    }

    /** What was sent to be refused, or was not sent, is left out; so are requests for a refresh. */
    List<Write> writes() {
        return writes;
    }

    /** Requests for a refresh that had their effect, or may have. */
    List<Write> refreshRequests() {
        return refreshRequests;
    }

    /** A refresh as it was recorded last. */
    Optional<RecordedTask> refreshTask(long id) {
        return Optional.ofNullable(refreshTasks.get(id));
    }

    List<Sighting> sightings() {
        return sightings;
    }

    /** The frontend that a route was last put on. @param route such as {@code http/route/5} */
    Optional<String> frontendOf(String route) {
        return Optional.ofNullable(frontends.get(route));
    }

    /** The zone that a frontend or farm had before it was last written. @param object such as {@code tcp/farm/7} */
    Optional<String> zoneOf(String object) {
        return Optional.ofNullable(zones.get(object));
    }

    private void read(RecordedEntry entry) {
        entry.tasks().stream()
                .filter(task -> task.kind() == TaskKind.REFRESH)
                .forEach(task -> refreshTasks.merge(task.id(), task, RecordedHistory::further));
        RefreshPlan.refreshesBefore(entry).ifPresent(ids -> sightings.add(new Sighting(entry.startedAt(), ids)));
        List<RecordedCall> calls = entry.calls();
        for (int i = 0; i < calls.size(); i++) {
            RecordedCall call = calls.get(i);
            boolean mayHaveEffect = call.hadEffect() || call.fate() == Fate.UNKNOWN;
            if (call.path().startsWith(prefix) && mayHaveEffect) {
                List<String> path =
                        List.of(call.path().substring(prefix.length()).split("/"));
                Write write = new Write(entry, call, path, isRepeated(call, calls.subList(0, i)));
                (path.equals(List.of("refresh")) ? refreshRequests : writes).add(write);
            }
        }
        objects(entry);
    }

    /** Of several calls about one object in an entry, the first one counts. */
    private void objects(RecordedEntry entry) {
        String zone = entry.before().path("zone").textValue();
        List<RecordedCall> lastFirst = new ArrayList<>(entry.calls());
        Collections.reverse(lastFirst);
        for (RecordedCall call : lastFirst) {
            String object = object(call.path());
            if (zone != null) {
                zones.put(object, zone);
            }
            String frontend = call.hadEffect() && call.body() != null
                    ? call.body().path("frontendId").asText("")
                    : "";
            if (!frontend.isEmpty()) {
                frontends.put(object, frontend);
            }
        }
    }

    /** The last three parts of a path: protocol, kind and id. */
    private static String object(String path) {
        String[] parts = path.split("/");
        int from = Math.max(0, parts.length - 3);
        return String.join("/", List.of(parts).subList(from, parts.length));
    }

    private static boolean isRepeated(RecordedCall call, List<RecordedCall> earlier) {
        return earlier.stream()
                .filter(RecordedCall::hadEffect)
                .anyMatch(other -> other.method().equals(call.method())
                        && other.path().equals(call.path())
                        && Objects.equals(other.body(), call.body()));
    }

    private static RecordedTask further(RecordedTask one, RecordedTask other) {
        return one.endedAt() == null ? other : one;
    }
}
