package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.FailoverIps;
import io.jenkins.plugins.iplb.api.IpTask;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.record.TaskKind;
import io.jenkins.plugins.iplb.run.Run;
import io.jenkins.plugins.iplb.wait.Step;
import java.util.List;
import java.util.Optional;

/** Waits for a move of a failover IP: until the address is where it was to go. Its task alone is not believed. */
public final class MoveWait extends TaskWait<MoveState> {
    private final FailoverIps ips;

    public MoveWait(Run run) {
        super(run);
        this.ips = new FailoverIps(run.ovh());
    }

    @Override
    Step<MoveState> look(MoveState state) {
        return state.taskDone() ? confirm(state) : poll(state);
    }

    private Step<MoveState> poll(MoveState state) {
        Optional<IpTask> found = ips.task(state.ip(), state.taskId());
        if (found.isEmpty()) {
            // OVH forgets finished tasks; whether this one had its effect is confirmed all the same.
            return confirm(state.confirming());
        }
        IpTask task = found.get();
        if (task.isRunning()) {
            run().taskSeen(TaskKind.IP, task.taskId(), List.of(), task.status());
            return later(
                    state,
                    state.polledAgain(),
                    "%s: task %d is %s".formatted(state.doing(), task.taskId(), task.status()));
        }
        run().taskEnded(TaskKind.IP, task.taskId(), List.of(), task.status());
        if (!task.isDone() && !isThere(state)) {
            Optional<IpTask> other = other(state);
            if (other.isPresent()) {
                return later(
                        state,
                        state.following(other.get().taskId()),
                        "%s: task %d is %s, and task %d goes on"
                                .formatted(
                                        state.doing(),
                                        task.taskId(),
                                        task.status(),
                                        other.get().taskId()));
            }
            throw new IplbException(
                    FailureKind.TASK_FAILED,
                    "%s failed: task %d is %s%s"
                            .formatted(
                                    state.said(),
                                    task.taskId(),
                                    task.status(),
                                    task.comment() == null ? "" : ": " + task.comment()));
        }
        return confirm(state.confirming());
    }

    /** One request may make two tasks: where one of them fails, the other may bring it there. */
    private Optional<IpTask> other(MoveState state) {
        return ips.moves(state.ip()).stream()
                .filter(task -> task.taskId() > state.taskId() && task.isRunning() && task.goesTo(state.to()))
                .findFirst();
    }

    private Step<MoveState> confirm(MoveState state) {
        return isThere(state)
                ? new Step.Done<>(state)
                : later(
                        state,
                        state.polledAgain(),
                        state.to() == null
                                ? "%s is parked; waiting until it is routed nowhere".formatted(state.ip())
                                : "%s is moved; waiting until %s lists it".formatted(state.ip(), state.to()));
    }

    /**
     * What the address is routed to says it, which may be the old service for a minute after a task is done; and a load
     * balancer's own list, since what is dedicated to its frontends must be on it.
     */
    private boolean isThere(MoveState state) {
        String there = ips.read(state.ip()).service();
        return state.to() == null ? there == null : state.to().equals(there) && isListed(state);
    }

    /** Any other service has no such list. */
    private boolean isListed(MoveState state) {
        try {
            return new Snapshot(run().ovh(), state.to())
                    .failoverIps()
                    .contains(state.ip().cidr());
        } catch (OvhException e) {
            if (e.isNotFound()) {
                return true;
            }
            throw e;
        }
    }

    @Override
    IplbException timedOut(MoveState state) {
        String what = state.taskDone()
                ? "its task %d is done, but it is not %s"
                        .formatted(state.taskId(), state.to() == null ? "parked" : "listed there")
                : "task %d goes on at OVH".formatted(state.taskId());
        return new IplbException(
                FailureKind.TIMEOUT, "%s was not done by the deadline; %s".formatted(state.said(), what));
    }
}
