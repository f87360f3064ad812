package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.ovh.Deadline;
import io.jenkins.plugins.iplb.run.Run;
import io.jenkins.plugins.iplb.wait.Pace;
import io.jenkins.plugins.iplb.wait.Step;
import io.jenkins.plugins.iplb.wait.WaitListener;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A gate that a run has asked a coordinator for, from its start until it ends or is cancelled. */
final class GateSession {
    private final RefreshGate gate;
    private final Run run;
    private final WaitListener<RefreshState> listener;
    private final Instant since;
    private final CompletableFuture<RefreshState> end = new CompletableFuture<>();
    private volatile RefreshState state;
    private volatile Duration delay;
    private volatile OptionalInt percent = OptionalInt.empty();
    private volatile boolean beingKept;

    GateSession(Run run, RefreshState start, WaitListener<RefreshState> listener, long arrival) {
        this.gate = new RefreshGate(run, arrival);
        this.run = run;
        this.state = start;
        this.listener = listener;
        this.since = run.deadline().clock().instant();
        this.delay = Pace.after(0, remaining());
    }

    CompletableFuture<RefreshState> end() {
        return end;
    }

    RefreshState state() {
        return state;
    }

    Waiting waiting() {
        return new Waiting(run.header(), since, state, percent, run.ovh().allowance());
    }

    /** The time until it has to look again; zero for at once. */
    Duration delay() {
        return delay;
    }

    /** As {@link #delay}, or longer where its key has few requests left. */
    Duration patience() {
        return run.ovh().untilLook(delay);
    }

    /** The time until the gate's own deadline, which a run that resumes it did not choose. */
    Duration remaining() {
        return new Deadline(run.deadline().clock(), state.deadline()).remaining();
    }

    /** Whether it can take a step: not while the last one is being kept. */
    boolean isReady() {
        return !beingKept && !end.isDone();
    }

    /**
     * Takes one step. The step is kept on a worker: that may take long, and the other gates do not wait for it.
     *
     * @return completes when the step is kept
     */
    CompletableFuture<Void> advance(SharedRefresh look, Executor workers) {
        Step<RefreshState> step;
        try {
            step = gate.advance(state, look);
        } catch (RuntimeException | Error e) {
            return apart(workers, () -> end.completeExceptionally(e));
        }
        boolean nothingNew = step.state().tasks().equals(state.tasks());
        boolean onlyLooked = step instanceof Step.Later && step.state().standsWhere(state) && nothingNew;
        if (onlyLooked) {
            taken(step);
            return CompletableFuture.completedFuture(null);
        }
        return apart(workers, () -> taken(step));
    }

    private CompletableFuture<Void> apart(Executor workers, Runnable work) {
        beingKept = true;
        try {
            return CompletableFuture.runAsync(work, workers).whenComplete((done, failure) -> beingKept = false);
        } catch (RejectedExecutionException e) {
            end.completeExceptionally(e);
            return CompletableFuture.completedFuture(null);
        }
    }

    private void taken(Step<RefreshState> step) {
        try {
            gate.record(state, step.state());
            listener.store(step.state());
            state = step.state();
            if (step instanceof Step.Later<RefreshState> later) {
                delay = later.delay();
                percent = later.status().percent();
                listener.status(later.status());
            } else {
                end.complete(state);
            }
        } catch (RuntimeException | Error e) {
            end.completeExceptionally(e);
        }
    }
}
