package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import java.util.List;
import java.util.Set;

/**
 * Several changes of one load balancer and one refresh that stand or fall together. Its entries in a record say that they are
 * its own. What is behind its last refresh is staged only; what is before it is live.
 *
 * @param id a random UUID
 * @param service the load balancer
 */
public record Transaction(String id, String service) {
    /** In what an entry says of who asked. */
    private static final String BY = "transaction";

    /** What OVH may not count among the pending changes, so that a refresh must be forced. */
    private static final Set<String> UNCOUNTED =
            Set.of("move-failover", "park-failover", "ensure-certificate", "remove-certificate");

    /** Those of what belongs to it. */
    public Options of(Options options) {
        return options.and(BY, id);
    }

    /** Whether something is staged, or may be, that is not live. */
    public boolean hasStaged(List<RecordedEntry> record) {
        return !changes(staged(record)).isEmpty();
    }

    /** Whether something that it has changed is live, or may be. */
    public boolean isLive(List<RecordedEntry> record) {
        return !changes(live(record)).isEmpty();
    }

    /** What makes live what is staged. */
    public RefreshRequest refresh(List<RecordedEntry> record) {
        boolean force = changes(staged(record)).stream().anyMatch(entry -> UNCOUNTED.contains(entry.operation()));
        return new RefreshRequest(service, List.of(), force, true);
    }

    /** What puts back all of it, and makes that live where it is. */
    public Rollback undoing(List<RecordedEntry> record) {
        return new Rollback(service, undoable(own(record)), false, isLive(record));
    }

    /** What puts back what is staged, and leaves what is live. */
    public Rollback puttingBack(List<RecordedEntry> record) {
        return new Rollback(service, undoable(staged(record)), false, false);
    }

    /** What stays all the same, since nothing in a record undoes it: certificates. */
    public List<RecordedEntry> lasting(List<RecordedEntry> record) {
        return changes(own(record)).stream()
                .filter(entry -> !Inverse.isOf(entry))
                .toList();
    }

    private List<RecordedEntry> own(List<RecordedEntry> record) {
        return record.stream().filter(entry -> id.equals(entry.by().get(BY))).toList();
    }

    private List<RecordedEntry> live(List<RecordedEntry> record) {
        List<RecordedEntry> own = own(record);
        return own.subList(0, firstStaged(own));
    }

    private List<RecordedEntry> staged(List<RecordedEntry> record) {
        List<RecordedEntry> own = own(record);
        return own.subList(firstStaged(own), own.size());
    }

    private static int firstStaged(List<RecordedEntry> own) {
        int first = own.size();
        while (first > 0 && !hasRefreshed(own.get(first - 1))) {
            first--;
        }
        return first;
    }

    /** Whether it is a refresh that has begun at OVH, or may have. */
    private static boolean hasRefreshed(RecordedEntry entry) {
        return entry.operation().equals(RefreshRequest.OPERATION)
                && (!entry.tasks().isEmpty()
                        || !entry.unsettled().isEmpty()
                        || entry.calls().stream().anyMatch(RecordedCall::hadEffect));
    }

    private static List<RecordedEntry> changes(List<RecordedEntry> entries) {
        return entries.stream().filter(Rollback::hadEffect).toList();
    }

    private static List<RecordedEntry> undoable(List<RecordedEntry> entries) {
        return changes(entries).stream().filter(Inverse::isOf).toList();
    }
}
