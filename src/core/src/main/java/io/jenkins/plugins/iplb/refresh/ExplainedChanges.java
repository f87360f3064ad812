package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.api.Zones;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.RecordedOrder.Standing;
import io.jenkins.plugins.iplb.refresh.RecordedOrder.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which pending changes known records explain. OVH publishes only how many are pending in each zone: a recorded call
 * explains one in each zone that it counts in, until a refresh has carried it.
 *
 * @param foreign what no known record explains
 * @param open what a known record explains, or somebody else has made: there is no telling
 * @param why what keeps it open
 * @param oldest by zone, what was sent first of all that explains something, or may
 */
record ExplainedChanges(
        List<PendingChange> foreign,
        List<PendingChange> open,
        Set<String> why,
        Map<String, RecordedHistory.Write> oldest) {
    /**
     * @param known entries about this load balancer
     * @param refreshes that OVH lists
     * @param now by the clock of the records
     */
    static ExplainedChanges of(
            Snapshot lb, List<RecordedEntry> known, List<PendingChange> pending, List<Task> refreshes, Instant now) {
        RecordedHistory history = new RecordedHistory(lb.service(), known);
        RecordedOrder order = new RecordedOrder(history, refreshes, now);
        RecordedZones zones = new RecordedZones(lb, history);
        List<PendingChange> foreign = new ArrayList<>();
        List<PendingChange> open = new ArrayList<>();
        Set<String> why = new TreeSet<>();
        Map<String, RecordedHistory.Write> oldest = new HashMap<>();
        for (PendingChange change : pending) {
            Zone zone = new Zone(change.zone());
            history.writes().forEach(write -> zone.count(write, order, zones));
            int left = Math.max(0, change.number() - zone.certain);
            int undecided = Math.min(left, zone.possible);
            add(foreign, change.zone(), left - undecided);
            add(open, change.zone(), undecided);
            zone.oldest().ifPresent(write -> oldest.put(change.zone(), write));
            why.addAll(undecided > 0 ? zone.why : Set.of());
        }
        return new ExplainedChanges(List.copyOf(foreign), List.copyOf(open), Set.copyOf(why), Map.copyOf(oldest));
    }

    private static void add(List<PendingChange> changes, String zone, int number) {
        if (number > 0) {
            changes.add(new PendingChange(zone, number));
        }
    }

    /** What is left in the zones that are refreshed. */
    ExplainedChanges covered(RefreshRequest request) {
        return new ExplainedChanges(request.covered(foreign), request.covered(open), why, oldest);
    }

    /** What is to be said; nothing when known records explain all there is. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        if (!foreign.isEmpty()) {
            sentences.add("no known record explains pending changes: " + PendingChange.shown(foreign));
        }
        if (!open.isEmpty()) {
            sentences.add("whether a known record explains pending changes is open: %s (%s)"
                    .formatted(PendingChange.shown(open), String.join("; ", new TreeSet<>(why))));
        }
        return List.copyOf(sentences);
    }

    /** What recorded calls explain in one zone. */
    private static final class Zone {
        private final String name;
        private final Set<String> why = new TreeSet<>();
        private final List<RecordedHistory.Write> explaining = new ArrayList<>();
        private int certain;
        private int possible;

        private Zone(String name) {
            this.name = name;
        }

        private Optional<RecordedHistory.Write> oldest() {
            return explaining.stream().min(Comparator.comparing(RecordedHistory.Write::sentAt));
        }

        private void count(RecordedHistory.Write write, RecordedOrder order, RecordedZones zones) {
            Verdict verdict = order.of(write, name);
            if (verdict.standing() == Standing.CARRIED) {
                return;
            }
            Optional<Zones> counts = zones.of(write);
            if (counts.isPresent() && !counts.get().covers(name)) {
                return;
            }
            explaining.add(write);
            if (counts.isPresent() && write.isCertain() && verdict.standing() == Standing.PENDING) {
                certain++;
                return;
            }
            possible++;
            if (verdict.standing() == Standing.OPEN) {
                why.add(verdict.why());
            } else if (counts.isEmpty()) {
                why.add("in which zone they count is not known");
            } else {
                why.add("whether a recorded call took effect is not known");
            }
        }
    }
}
