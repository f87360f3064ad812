package io.jenkins.plugins.iplb.wait;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Drives waits: each step runs on a worker, and between the steps there is only the timer. */
public final class Waiter {
    private final Timer timer;
    private final Executor workers;

    public Waiter(Timer timer, Executor workers) {
        this.timer = timer;
        this.workers = workers;
    }

    /**
     * Takes the state to its end.
     *
     * @return completes with the last state, or with what went wrong; cancelling it ends the wait, not what is waited for
     */
    public <S> CompletableFuture<S> run(StateMachine<S> machine, S start, WaitListener<S> listener) {
        Wait<S> wait = new Wait<>(machine, listener);
        wait.end.whenComplete((result, failure) -> wait.callOff.run());
        wait.hand(start);
        return wait.end;
    }

    private final class Wait<S> {
        private final StateMachine<S> machine;
        private final WaitListener<S> listener;
        private final CompletableFuture<S> end = new CompletableFuture<>();
        private volatile Runnable callOff = () -> {};

        private Wait(StateMachine<S> machine, WaitListener<S> listener) {
            this.machine = machine;
            this.listener = listener;
        }

        private void hand(S state) {
            try {
                workers.execute(() -> step(state));
            } catch (RejectedExecutionException e) {
                end.completeExceptionally(e);
            }
        }

        private void step(S state) {
            if (end.isDone()) {
                return;
            }
            try {
                Step<S> step = machine.advance(state);
                listener.store(step.state());
                if (step instanceof Step.Later<S> later) {
                    listener.status(later.status());
                    callOff = timer.after(later.delay(), () -> hand(later.state()));
                    if (end.isDone()) {
                        callOff.run();
                    }
                } else {
                    end.complete(step.state());
                }
            } catch (RuntimeException | Error e) {
                end.completeExceptionally(e);
            }
        }
    }
}
