package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Deadline;
import io.jenkins.plugins.iplb.run.Run;
import io.jenkins.plugins.iplb.wait.Pace;
import io.jenkins.plugins.iplb.wait.StateMachine;
import io.jenkins.plugins.iplb.wait.Step;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.time.Duration;
import java.time.Instant;

/** Waits for what a task of OVH's does: until the deadline, and past looks that get no answer. */
abstract class TaskWait<S extends TaskWait.State<S>> implements StateMachine<S> {
    private final Run run;

    /** Where such a wait is. */
    interface State<S> {
        /** When the wait gives up: its own, which a run that resumes it did not choose. */
        Instant deadline();

        /** How often was looked. */
        int polls();

        /** How many looks in a row got no answer. */
        int failures();

        /** The same after one more of these. */
        S unanswered();
    }

    TaskWait(Run run) {
        this.run = run;
    }

    /** @throws IplbException when the wait has come to a bad end */
    abstract Step<S> look(S state);

    /** That it took too long. */
    abstract IplbException timedOut(S state);

    final Run run() {
        return run;
    }

    @Override
    public final Step<S> advance(S state) {
        if (deadline(state).hasPassed()) {
            throw timedOut(state);
        }
        try {
            return look(state);
        } catch (IplbException e) {
            if (e.kind() == FailureKind.TIMEOUT) {
                throw timedOut(state);
            }
            if (e.kind() == FailureKind.UNAVAILABLE && state.failures() < Pace.MOST_FAILURES) {
                return later(state, state.unanswered(), e.getMessage());
            }
            throw e;
        }
    }

    final Step<S> later(S state, S next, String text) {
        Duration remaining = deadline(state).remaining();
        Duration patience = run.ovh().untilLook(Pace.after(state.polls(), remaining));
        Duration delay = patience.compareTo(remaining) < 0 ? patience : remaining;
        return new Step.Later<>(next, delay, WaitStatus.of(text));
    }

    private Deadline deadline(S state) {
        return new Deadline(run.deadline().clock(), state.deadline());
    }
}
