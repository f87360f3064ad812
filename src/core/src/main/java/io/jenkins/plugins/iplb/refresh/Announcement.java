package io.jenkins.plugins.iplb.refresh;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.record.Difference;
import java.util.List;

/**
 * What a refresh is about to do, as a run says it.
 *
 * @param before what is pending, as the record has it
 * @param diff zone by zone
 */
record Announcement(ObjectNode before, List<Difference> diff) {
    Announcement {
        diff = List.copyOf(diff);
    }

    static Announcement of(List<PendingChange> pending) {
        return new Announcement(
                RefreshState.staged(pending),
                pending.stream()
                        .map(change -> new Difference(
                                "pendingChanges." + change.zone(),
                                IntNode.valueOf(change.number()),
                                IntNode.valueOf(0)))
                        .toList());
    }
}
