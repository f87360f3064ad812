package io.jenkins.plugins.iplb.refresh;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.record.Difference;
import java.util.List;
import java.util.Set;

/**
 * What a refresh is about to do, as a run says it.
 *
 * @param before what is pending, and which refreshes there are, as the record has it
 * @param diff zone by zone
 */
record Announcement(ObjectNode before, List<Difference> diff) {
    static final String REFRESHES = "refreshes";

    Announcement {
        diff = List.copyOf(diff);
    }

    /** @param known the refreshes that there are before this one */
    static Announcement of(List<PendingChange> pending, Set<Long> known) {
        ObjectNode before = RefreshState.staged(pending);
        ArrayNode refreshes = before.putArray(REFRESHES);
        known.stream().sorted().forEach(refreshes::add);
        return new Announcement(
                before,
                pending.stream()
                        .map(change -> new Difference(
                                "pending changes in " + change.zone(),
                                IntNode.valueOf(change.number()),
                                IntNode.valueOf(0)))
                        .toList());
    }
}
