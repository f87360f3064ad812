package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Task;
import java.util.List;

/** Which refreshes it takes to cover what was asked for. */
final class RefreshZones {
    private RefreshZones() {}

    /** One refresh of everything where that is what was asked for; else one for each zone that needs it. */
    static List<String> toRefresh(RefreshState state, List<PendingChange> pending, List<String> owned) {
        RefreshRequest request = state.request();
        if (request.zones().isEmpty() || request.zones().containsAll(owned)) {
            return List.of(RefreshState.EVERYWHERE);
        }
        return request.zones().stream()
                .filter(zone -> request.force() && !state.refreshedZones().contains(zone)
                        || pending.stream().anyMatch(change -> change.zone().equalsIgnoreCase(zone)))
                .toList();
    }

    /** Whether a task makes live all that was asked for. */
    static boolean carries(Task task, RefreshState looked) {
        List<String> asked = looked.request().zones();
        List<String> needed = asked.isEmpty()
                ? looked.pendingBefore().stream().map(PendingChange::zone).toList()
                : asked;
        return task.zones().isEmpty() || task.zones().containsAll(needed);
    }

    /** Whether a task makes live what the next of the queue is to make live; one that names no zones refreshes all. */
    static boolean covers(Task task, RefreshState state) {
        String next = state.queue().get(0);
        List<String> needed = next.equals(RefreshState.EVERYWHERE)
                ? state.pendingBefore().stream().map(PendingChange::zone).toList()
                : List.of(next);
        return task.zones().isEmpty() || task.zones().containsAll(needed);
    }
}
