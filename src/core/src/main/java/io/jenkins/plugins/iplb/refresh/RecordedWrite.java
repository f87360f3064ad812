package io.jenkins.plugins.iplb.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A recorded call that has changed a load balancer, or may have.
 *
 * @param path below the load balancer
 * @param repeated whether an earlier call of its entry says the same: of the two only one makes a change
 */
record RecordedWrite(RecordedEntry entry, RecordedCall call, List<String> path, boolean repeated) {

    /** All of them, of one load balancer. Whatever was sent to be refused, or was not sent, is left out. */
    static List<RecordedWrite> of(String service, List<RecordedEntry> known) {
        String prefix = "/ipLoadbalancing/" + service + "/";
        return known.stream()
                .flatMap(entry -> entry.calls().stream()
                        .filter(call -> call.path().startsWith(prefix))
                        .filter(call -> call.hadEffect() || call.fate() == Fate.UNKNOWN)
                        .map(call -> new RecordedWrite(
                                entry,
                                call,
                                List.of(call.path().substring(prefix.length()).split("/")),
                                isRepeated(entry, call))))
                .toList();
    }

    private static boolean isRepeated(RecordedEntry entry, RecordedCall call) {
        return entry.calls().stream()
                .takeWhile(earlier -> earlier != call)
                .filter(earlier -> earlier.hadEffect())
                .anyMatch(earlier -> earlier.method().equals(call.method())
                        && earlier.path().equals(call.path())
                        && Objects.equals(earlier.body(), call.body()));
    }

    boolean isRefresh() {
        return path.equals(List.of("refresh"));
    }

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
