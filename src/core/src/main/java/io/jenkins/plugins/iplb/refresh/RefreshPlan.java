package io.jenkins.plugins.iplb.refresh;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a refresh is about to do, as its entry in the record has it.
 *
 * @param before what is pending, and which refreshes there are
 * @param diff zone by zone
 */
record RefreshPlan(ObjectNode before, List<Difference> diff) {
    private static final String PENDING = "pendingChanges";
    private static final String REFRESHES = "refreshes";

    RefreshPlan {
        diff = List.copyOf(diff);
    }

    /** @param known the refreshes that there are before this one */
    static RefreshPlan of(List<PendingChange> pending, Set<Long> known) {
        ObjectNode before = staged(pending);
        ArrayNode refreshes = before.putArray(REFRESHES);
        known.stream().sorted().forEach(refreshes::add);
        return new RefreshPlan(
                before,
                pending.stream()
                        .map(change -> new Difference(
                                "pending changes in " + change.zone(),
                                IntNode.valueOf(change.number()),
                                IntNode.valueOf(0)))
                        .toList());
    }

    /** What was pending before the refresh of this entry. */
    static List<PendingChange> pendingBefore(RecordedEntry entry) {
        return entry.before().path(PENDING).properties().stream()
                .map(zone -> new PendingChange(zone.getKey(), zone.getValue().asInt()))
                .toList();
    }

    /** Pending changes by zone. */
    static ObjectNode staged(List<PendingChange> pending) {
        Fields counts = Fields.none();
        for (PendingChange change : pending) {
            counts = counts.with(change.zone(), change.number());
        }
        return Fields.none().with(PENDING, counts.json()).json();
    }

    /** The refreshes that there were before that of this entry; empty for an entry that does not say. */
    static Optional<Set<Long>> refreshesBefore(RecordedEntry entry) {
        if (!entry.before().path(REFRESHES).isArray()) {
            return Optional.empty();
        }
        Set<Long> ids = new HashSet<>();
        entry.before().path(REFRESHES).forEach(id -> ids.add(id.asLong()));
        return Optional.of(ids);
    }
}
