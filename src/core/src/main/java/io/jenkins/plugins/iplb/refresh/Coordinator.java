package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.run.Run;
import io.jenkins.plugins.iplb.wait.Timer;
import io.jenkins.plugins.iplb.wait.WaitListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * All that one process does to one load balancer at the same time: changes take turns, and whoever waits for a refresh
 * looks together with the others.
 *
 * <p>Who comes while a refresh runs waits for the next one, and one request serves all who are ready for it: the first
 * of them makes it. How often OVH is asked does not depend on how many wait. Who leaves is not missed: the next one
 * looks for what the first one may have started.
 */
public final class Coordinator {
    /** How long those whose step is kept quickly wait for those whose step is not, so that one refresh serves both. */
    private static final Duration TOGETHER = Duration.ofSeconds(1);

    private final String service;
    private final Timer timer;
    private final Executor workers;
    private final Executor turns;
    private final List<Caller> callers = new ArrayList<>();
    private List<String> owned = List.of();
    private boolean gathered;
    private long arrivals;
    private Started started = Started.NONE;
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

    /** Runs what looks before it writes, so that nobody of this process writes in between. */
    public Executor inTurn() {
        return turns;
    }

    /** Where a refresh would begin, by looks only. */
    public RefreshState plan(Run run, RefreshState start) {
        return new RefreshGate(run, 0).plan(start, Look.alone(service));
    }

    /**
     * Takes a gate to its end, from wherever it is.
     *
     * @return completes with the last state, or with what went wrong; cancelling it ends the wait, not the refresh
     */
    public CompletableFuture<RefreshState> refresh(Run run, RefreshState start, WaitListener<RefreshState> listener) {
        Caller caller = new Caller(run, start, listener, arrive());
        caller.end().whenComplete((end, failure) -> leave(caller));
        join(caller);
        return caller.end();
    }

    List<Waiting> waiting() {
        return present().stream().map(Caller::waiting).toList();
    }

    private synchronized long arrive() {
        return ++arrivals;
    }

    private synchronized long arrivals() {
        return arrivals;
    }

    private void join(Caller caller) {
        synchronized (this) {
            callers.add(caller);
            if (stage != Stage.ASLEEP) {
                return;
            }
            stage = Stage.LOOKING;
        }
        begin();
    }

    private synchronized void leave(Caller caller) {
        callers.remove(caller);
        if (callers.isEmpty() && stage == Stage.RESTING) {
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
                present().stream().anyMatch(caller -> caller.state().wouldRefresh());
        try {
            (mayRefresh ? turns : workers).execute(this::look);
        } catch (RejectedExecutionException e) {
            present().forEach(caller -> caller.end().completeExceptionally(e));
            rest();
        }
    }

    private void look() {
        List<Caller> here = present().stream().filter(Caller::isReady).toList();
        Round round = Round.of(here.stream().map(Caller::state).toList(), owned, gathered);
        gathered = round.gathering();
        Look look = new Look(service, round, started, this::arrivals);
        CompletableFuture<?>[] kept =
                here.stream().map(caller -> caller.advance(look, workers)).toArray(CompletableFuture[]::new);
        owned = look.owned().orElse(owned);
        started = look.started();
        CompletableFuture<Void> together = CompletableFuture.allOf(kept);
        if (!together.isDone()) {
            Runnable patience = timer.after(TOGETHER, () -> together.complete(null));
            together.whenComplete((done, failure) -> patience.run());
        }
        together.whenComplete((done, failure) -> rest());
    }

    private synchronized void rest() {
        if (callers.isEmpty()) {
            stage = Stage.ASLEEP;
            return;
        }
        stage = Stage.RESTING;
        callOff = timer.after(untilNextLook(), this::awake);
    }

    private synchronized List<Caller> present() {
        return List.copyOf(callers);
    }

    /** At the pace of the one who waits longest: those who come later do not make it faster. At no deadline too late. */
    private Duration untilNextLook() {
        List<Caller> ready = callers.stream().filter(Caller::isReady).toList();
        if (ready.isEmpty()) {
            return TOGETHER;
        }
        if (ready.stream().anyMatch(caller -> caller.delay().isZero())) {
            return Duration.ZERO;
        }
        Duration firstDeadline = ready.stream()
                .map(Caller::remaining)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Duration pace = ready.get(0).patience();
        return pace.compareTo(firstDeadline) < 0 ? pace : firstDeadline;
    }
}
