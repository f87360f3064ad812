package io.jenkins.plugins.iplb.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many pending changes known records can explain. OVH publishes only how many are pending in each zone: a call
 * explains at most one in each zone that it may have touched, and none that a refresh has carried since.
 */
final class Explained {
    private static final String EVERYWHERE = "all";

    private final String prefix;
    private final Map<String, String> zones = new HashMap<>();
    private final List<RecordedCall> calls;
    private final List<Task> refreshes;

    /** @param known entries about this load balancer */
    Explained(Snapshot lb, List<RecordedEntry> known, List<Task> refreshes) {
        this.prefix = "/ipLoadbalancing/" + lb.service() + "/";
        this.calls = known.stream()
                .flatMap(entry -> entry.calls().stream())
                .filter(call -> call.hadEffect() || call.fate() == Fate.UNKNOWN)
                .filter(call -> call.path().startsWith(prefix) && !call.path().equals(prefix + "refresh"))
                .toList();
        this.refreshes = refreshes;
        for (Protocol protocol : Protocol.values()) {
            lb.frontends(protocol).forEach(each -> zones.put(key(protocol, "frontend", each.id()), each.zone()));
            lb.farms(protocol).forEach(each -> zones.put(key(protocol, "farm", each.id()), each.zone()));
        }
    }

    /** What is pending beyond that. */
    List<PendingChange> foreign(List<PendingChange> pending) {
        return pending.stream()
                .map(change -> new PendingChange(change.zone(), change.number() - explained(change.zone())))
                .filter(change -> change.number() > 0)
                .toList();
    }

    private int explained(String zone) {
        Instant refreshed = refreshes.stream()
                .filter(task -> task.zones().isEmpty() || task.zones().contains(zone))
                .filter(task -> task.isRunning() || "done".equals(task.status()))
                .map(Task::creationDate)
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
        return (int) calls.stream()
                .filter(call -> !call.sentAt().isBefore(refreshed))
                .filter(call -> List.of(EVERYWHERE, zone).contains(zone(call)))
                .count();
    }

    /** Of the frontend or farm that was written; all of them where that is not to be seen from the call. */
    private String zone(RecordedCall call) {
        String written = call.path().substring(prefix.length());
        JsonNode given = call.body() == null ? null : call.body().get("zone");
        return zones.entrySet().stream()
                .filter(each -> (written + "/").startsWith(each.getKey() + "/"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(given == null ? EVERYWHERE : given.asText());
    }

    private static String key(Protocol protocol, String kind, long id) {
        return protocol.code() + "/" + kind + "/" + id;
    }
}
