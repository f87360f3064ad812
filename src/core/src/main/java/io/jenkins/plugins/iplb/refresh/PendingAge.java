package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Refreshes;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is pending in one zone, and for how long, as far as known records tell: OVH publishes how many there are, and
 * nothing else.
 *
 * @param unexplained how many of them no known record explains
 * @param since when the first of the others was sent, by the clock of the records; empty when there is none
 * @param by who has asked for that, in plain words
 */
public record PendingAge(String zone, int number, int unexplained, Optional<Instant> since, Map<String, String> by) {

    /** Of all zones that have something pending. @param known entries about the load balancer, oldest first */
    public static List<PendingAge> of(Run run, Snapshot lb, List<RecordedEntry> known) {
        Refreshes refreshes = new Refreshes(run.ovh(), lb.service());
        List<PendingChange> pending = refreshes.pending();
        if (pending.isEmpty()) {
            return List.of();
        }
        ExplainedChanges explained = ExplainedChanges.of(
                lb, known, pending, refreshes.tasks(), run.deadline().clock().instant());
        return pending.stream().map(change -> of(change, explained)).toList();
    }

    private static PendingAge of(PendingChange change, ExplainedChanges explained) {
        Optional<RecordedHistory.Write> oldest =
                Optional.ofNullable(explained.oldest().get(change.zone()));
        return new PendingAge(
                change.zone(),
                change.number(),
                explained.foreign().stream()
                        .filter(each -> each.zone().equals(change.zone()))
                        .mapToInt(PendingChange::number)
                        .sum(),
                oldest.map(RecordedHistory.Write::sentAt),
                oldest.map(write -> write.entry().by()).orElse(Map.of()));
    }

    /** Whether some of it has been pending for longer than that, or nobody knows for how long. */
    public boolean isOver(Duration patience, Instant now) {
        return unexplained > 0
                || since.filter(first -> !first.plus(patience).isAfter(now)).isPresent();
    }
}
