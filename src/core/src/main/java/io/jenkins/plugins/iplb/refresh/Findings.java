package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.api.PendingChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was found before a refresh was asked for: what all gates that it carries say of it, whenever they came to look.
 *
 * @param pending what was staged, in all zones
 * @param arrivals how many gates had arrived before that was read: whatever they have staged is in it
 * @param refreshes that there were
 * @param warnings of what a refresh does to the clients
 * @param explained whose the pending changes are; empty when no gate has asked
 * @param plans one object for all runs that plan the same, since each of them keeps it
 */
record Findings(
        List<PendingChange> pending,
        long arrivals,
        Set<Long> refreshes,
        List<String> warnings,
        Optional<ExplainedChanges> explained,
        Map<List<PendingChange>, RefreshPlan> plans) {

    /** The same, after another look at what is staged. */
    Findings with(List<PendingChange> now, long arrivedBefore) {
        return new Findings(now, arrivedBefore, refreshes, warnings, explained, new ConcurrentHashMap<>());
    }

    /** What to say to a gate that asks for this. */
    List<String> warnings(RefreshRequest request) {
        List<String> all = new ArrayList<>(warnings);
        if (request.foreignChanges() != ForeignChanges.ALLOW) {
            explained.ifPresent(changes -> all.addAll(changes.covered(request).sentences()));
        }
        return List.copyOf(all);
    }

    /** What the refresh does, as far as a gate that asks for this is concerned. */
    RefreshPlan plan(RefreshRequest request) {
        return plans.computeIfAbsent(request.covered(pending), mine -> RefreshPlan.of(mine, refreshes));
    }
}
