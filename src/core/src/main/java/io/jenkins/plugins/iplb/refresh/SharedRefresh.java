package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.api.Zones;
import io.jenkins.plugins.iplb.run.Run;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One look that all gates of a load balancer take together, and the one refresh that they ask for in it, if any. */
final class SharedRefresh {
    private final RefreshReads reads;
    private final Zones asked;
    private final Zones owned;
    private final boolean mayRequest;
    private final boolean gathering;
    private final LongSupplier arrivals;
    private final Optional<Findings> earlier;
    private Last last;
    private long arrivedBeforePending;
    private boolean requested;

    /**
     * The refresh that this process asked for last.
     *
     * @param taskId 0 for none
     * @param arrivals how many gates had arrived before it was asked for: it carries what they have staged
     * @param build that has asked for it; empty when it was none
     * @param findings before it; empty when an earlier life of this process has found them
     */
    record Last(long taskId, long arrivals, Optional<String> build, Optional<Findings> findings) {
        static final Last NONE = new Last(0, 0, Optional.empty(), Optional.empty());
    }

    /**
     * @param reads what this look reads, all of it yet to be read
     * @param here the gates that take this look
     * @param owned the zones of the load balancer; none as long as they are not known
     * @param mayRequest whether a refresh may be asked for: not while somebody keeps the load balancer's turn
     * @param mayGather whether those who are ready may wait for those who have just come: not twice in a row, or those who
     *     keep coming would keep the others waiting
     * @param earlier what was found when a gate last made ready to ask for a refresh
     * @param arrivals how many gates have arrived until now
     */
    SharedRefresh(
            RefreshReads reads,
            List<RefreshState> here,
            Zones owned,
            boolean mayRequest,
            boolean mayGather,
            Last last,
            Optional<Findings> earlier,
            LongSupplier arrivals) {
        this.reads = reads;
        this.asked = here.stream()
                .filter(state -> state.wouldRefresh() && !state.request().exclusive())
                .map(state -> state.phase().left())
                .reduce(Zones.NONE, Zones::and);
        this.owned = owned;
        boolean someAreReady = here.stream().anyMatch(RefreshState::wouldRefresh);
        boolean someAreNew = here.stream().anyMatch(state -> state.phase() instanceof RefreshState.Preparing);
        this.mayRequest = mayRequest;
        this.gathering = mayRequest && mayGather && someAreReady && someAreNew;
        this.last = last;
        this.earlier = earlier;
        this.arrivals = arrivals;
    }

    /** A look that nobody shares. */
    static SharedRefresh alone(RefreshReads reads, RefreshState... here) {
        return new SharedRefresh(reads, List.of(here), Zones.NONE, true, false, Last.NONE, Optional.empty(), () -> 0);
    }

    RefreshReads reads() {
        return reads;
    }

    /** Whether a refresh may be asked for in it. */
    boolean mayRequest() {
        return mayRequest;
    }

    /** Whether it is too early to ask for the refresh: some have come who are not ready yet. */
    boolean gathering() {
        return gathering;
    }

    /** Whether a refresh has been asked for in this look: one try serves all, or tells all to look again. */
    boolean requested() {
        return requested;
    }

    /** The zones of the load balancer, as far as they are known. */
    Zones owned() {
        return reads.owned().isNone() ? owned : reads.owned();
    }

    Last last() {
        return last;
    }

    /** What is staged, in all zones. */
    List<PendingChange> pending(Run asker) {
        if (reads.knownPending().isEmpty()) {
            arrivedBeforePending = arrivals.getAsLong();
        }
        return reads.pending(asker);
    }

    /** What was found last by a gate that made ready to ask for a refresh. */
    Optional<Findings> findings() {
        return reads.findings(arrivedBeforePending).or(() -> earlier);
    }

    /** The same, with what gates have staged that have come since; empty after a restart in between. */
    Optional<Findings> findingsNow(Run asker) {
        Optional<Findings> found = findings();
        long arrived = arrivals.getAsLong();
        return found.filter(known -> known.arrivals() < arrived)
                .map(known -> known.with(reads.pendingNow(asker), arrived))
                .or(() -> found);
    }

    /** What was found before that refresh, when a gate of this process has asked for it. */
    Optional<Findings> findingsBefore(Task task) {
        return isLast(task) ? last.findings() : Optional.empty();
    }

    boolean isLast(Task task) {
        return task.id() == last.taskId();
    }

    /** The build of this process that has asked for a refresh, as far as that is known. */
    Optional<String> askerOf(Task task) {
        return isLast(task) ? last.build() : Optional.empty();
    }

    /**
     * The task of the last refresh, if it was asked for after this gate had arrived.
     *
     * @param arrival the number of the gate in the order of arrival, from 1
     */
    Optional<Task> carrying(List<Task> tasks, long arrival) {
        return arrival <= last.arrivals() ? tasks.stream().filter(this::isLast).findFirst() : Optional.empty();
    }

    /**
     * Asks for what this gate needs next; for all zones where that is what all of them together need.
     *
     * @param found what all say of it whom it carries
     */
    Task request(Run asker, RefreshState state, Optional<Findings> found) {
        requested = true;
        boolean everywhere = asked.isAll() || !owned.isNone() && asked.covers(owned);
        Zones zones = everywhere && !state.request().exclusive()
                ? Zones.ALL
                : state.phase().left().first();
        long carried = found.map(Findings::arrivals).orElseGet(arrivals::getAsLong);
        Task task = reads.start(asker, zones);
        last = new Last(task.id(), carried, asker.header().build(), found);
        return task;
    }
}
