package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.api.Zones;
import io.jenkins.plugins.iplb.run.Run;
import io.jenkins.plugins.iplb.wait.Timer;
import io.jenkins.plugins.iplb.wait.WaitListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All that one process does to one load balancer at the same time: changes take turns, and the gates look together.
 *
 * <p>A gate that arrives while a refresh runs waits for the next one. One request serves all gates that are ready for it:
 * the first of them makes it. How often OVH is asked does not depend on how many wait. A gate that made the request may
 * leave: the next one looks for what it may have started.
 */
public final class Coordinator {
    /** How long a look waits for the steps of the look before to be kept, so that one refresh serves quick and slow. */
    private static final Duration TOGETHER = Duration.ofSeconds(1);

    private final String service;
    private final Timer timer;
    private final Executor workers;
    private final Executor turns;
    private final AtomicInteger keepers = new AtomicInteger();
    private final List<GateSession> sessions = new ArrayList<>();
    private Zones owned = Zones.NONE;
    private boolean gathered;
    private long arrivals;
    private SharedRefresh.Last last = SharedRefresh.Last.NONE;
    private Optional<Findings> findings = Optional.empty();
    private Stage stage = Stage.ASLEEP;
    private Runnable callOff = () -> {};

    private enum Stage {
        /** Nobody is here. */
        ASLEEP,
        /** A look is under way. */
        LOOKING,
        /** The timer brings the next look. */
        RESTING
    }

    Coordinator(String service, Timer timer, Executor workers, Executor turns) {
        this.service = service;
        this.timer = timer;
        this.workers = workers;
        this.turns = turns;
    }

    public String service() {
        return service;
    }

    /** From now on until that is over no refresh is asked for here; those who wait for one go on looking. */
    void keptBy(HeldTurn turn) {
        keepers.incrementAndGet();
        turn.over().whenComplete((over, failure) -> keepers.decrementAndGet());
    }

    /** Runs what looks before it writes, so that nobody of this process writes in between. */
    public Executor inTurn() {
        return turns;
    }

    /** Where a refresh would begin, by looks only. */
    public RefreshState plan(Run run, RefreshState start) {
        return plan(run, start, new RefreshReads(service));
    }

    /** The same of what is yet to be staged. @param ahead the load balancer as it will be then */
    public RefreshState plan(Run run, RefreshState start, Snapshot ahead) {
        return plan(run, start, RefreshReads.ahead(ahead));
    }

    private static RefreshState plan(Run run, RefreshState start, RefreshReads reads) {
        return new RefreshGate(run, 0).plan(start, SharedRefresh.alone(reads));
    }

    /**
     * Takes a gate to its end, from wherever it is.
     *
     * @return completes with the last state, or with what went wrong; cancelling it ends the wait, not the refresh
     */
    public CompletableFuture<RefreshState> refresh(Run run, RefreshState start, WaitListener<RefreshState> listener) {
        GateSession session = new GateSession(run, start, listener, arrive());
        session.end().whenComplete((end, failure) -> leave(session));
        join(session);
        return session.end();
    }

    List<Waiting> waiting() {
        return present().stream().map(GateSession::waiting).toList();
    }

    private synchronized long arrive() {
        return ++arrivals;
    }

    private synchronized long arrivals() {
        return arrivals;
    }

    private void join(GateSession session) {
        synchronized (this) {
            sessions.add(session);
            if (stage != Stage.ASLEEP) {
                return;
            }
            stage = Stage.LOOKING;
        }
        begin();
    }

    private synchronized void leave(GateSession session) {
        sessions.remove(session);
        if (sessions.isEmpty() && stage == Stage.RESTING) {
            stage = Stage.ASLEEP;
            callOff.run();
        }
    }

    private void awake() {
        synchronized (this) {
            if (stage != Stage.RESTING) {
                return;
            }
            stage = Stage.LOOKING;
        }
        begin();
    }

    /** A look that may end in a refresh takes its turn, so that none begins in the middle of a change. */
    private void begin() {
        boolean mayRefresh =
                present().stream().anyMatch(session -> session.state().wouldRefresh());
        boolean isKept = keepers.get() > 0;
        try {
            (mayRefresh && !isKept ? turns : workers).execute(() -> look(!isKept));
        } catch (RejectedExecutionException e) {
            present().forEach(session -> session.end().completeExceptionally(e));
            rest();
        }
    }

    private void look(boolean mayRequest) {
        List<GateSession> here = present().stream().filter(GateSession::isReady).toList();
        List<RefreshState> states = here.stream().map(GateSession::state).toList();
        SharedRefresh look = new SharedRefresh(
                new RefreshReads(service), states, owned, mayRequest, !gathered, last, findings, this::arrivals);
        gathered = look.gathering();
        CompletableFuture<?>[] kept =
                here.stream().map(session -> session.advance(look, workers)).toArray(CompletableFuture[]::new);
        owned = look.owned();
        last = look.last();
        findings = look.findings();
        CompletableFuture<Void> together = CompletableFuture.allOf(kept);
        if (!together.isDone()) {
            Runnable patience = timer.after(TOGETHER, () -> together.complete(null));
            together.whenComplete((done, failure) -> patience.run());
        }
        together.whenComplete((done, failure) -> rest());
    }

    private synchronized void rest() {
        if (sessions.isEmpty()) {
            stage = Stage.ASLEEP;
            return;
        }
        stage = Stage.RESTING;
        callOff = timer.after(untilNextLook(), this::awake);
    }

    private synchronized List<GateSession> present() {
        return List.copyOf(sessions);
    }

    /** The pace of the gate that waits longest: later gates do not make it faster. No deadline is overslept. */
    private Duration untilNextLook() {
        List<GateSession> ready = sessions.stream().filter(GateSession::isReady).toList();
        if (ready.isEmpty()) {
            return TOGETHER;
        }
        if (ready.stream().anyMatch(session -> session.delay().isZero())) {
            return Duration.ZERO;
        }
        Duration firstDeadline = ready.stream()
                .map(GateSession::remaining)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Duration pace = ready.get(0).patience();
        return pace.compareTo(firstDeadline) < 0 ? pace : firstDeadline;
    }
}
