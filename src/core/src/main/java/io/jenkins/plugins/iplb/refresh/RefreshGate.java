package io.jenkins.plugins.iplb.refresh;

import com.fasterxml.jackson.databind.node.IntNode;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Refreshes;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Deadline;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.TaskKind;
import io.jenkins.plugins.iplb.refresh.RefreshState.TaskSeen;
import io.jenkins.plugins.iplb.run.Run;
import io.jenkins.plugins.iplb.wait.Pace;
import io.jenkins.plugins.iplb.wait.StateMachine;
import io.jenkins.plugins.iplb.wait.Step;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets nobody through before what was staged is live: waits for a refresh that is running, looks at what is pending,
 * checks that it can be refreshed, refreshes it, and waits until that is done.
 *
 * <p>A refresh is asked for in a step of its own, whose state is stored before. It begins by looking for a refresh that
 * was not there when the state was made: whoever started that one, it started after what this gate is to make live was
 * staged, so that it serves. This is also how a request whose answer was lost, or a crash right after it, ends without
 * a second refresh.
 */
public final class RefreshGate implements StateMachine<RefreshState> {
    private final Run run;
    private final Refreshes refreshes;

    public RefreshGate(Run run, String service) {
        this.run = run;
        this.refreshes = new Refreshes(run.ovh(), service);
    }

    /** What comes first, after the refresh that may be running: looks only. */
    public RefreshState plan(RefreshState start) {
        RefreshState first = check(start).state();
        boolean refreshIsRunning = first.phase() == RefreshState.Phase.CHECK;
        return refreshIsRunning ? look(start, Set.of()).state() : first;
    }

    @Override
    public Step<RefreshState> advance(RefreshState state) {
        if (state.phase() != RefreshState.Phase.OVER && deadline(state).hasPassed()) {
            throw timedOut(state, null);
        }
        try {
            return switch (state.phase()) {
                case CHECK -> check(state);
                case REQUEST -> request(state);
                case WATCH -> watch(state);
                case OVER -> new Step.Done<>(state);
            };
        } catch (IplbException e) {
            if (e.kind() == FailureKind.TIMEOUT) {
                throw timedOut(state, e);
            }
            boolean waiting =
                    state.phase() != RefreshState.Phase.CHECK || state.turn().polls() > 0;
            if (e.kind() == FailureKind.UNAVAILABLE && waiting && state.turn().failures() < Pace.MOST_FAILURES) {
                return later(state.unanswered(), WaitStatus.of(e.getMessage()));
            }
            throw e;
        }
    }

    private Step<RefreshState> check(RefreshState state) {
        List<Task> tasks = refreshes.tasks();
        Optional<Task> running = tasks.stream().filter(Task::isRunning).findFirst();
        if (running.isPresent()) {
            return waitForOther(state, running.get());
        }
        return look(state, ids(tasks));
    }

    private Step<RefreshState> look(RefreshState state, Set<Long> known) {
        Snapshot lb = new Snapshot(run.ovh(), state.request().service());
        mustOwn(lb, state.request().zones());
        List<PendingChange> pending = pending(state);
        RefreshState looked = state.looked(pending);
        if (pending.isEmpty() && !state.request().force()) {
            return new Step.Done<>(looked.over(pending));
        }
        Preflight preflight = Preflight.of(lb);
        preflight.mustPass();
        List<String> zones =
                RefreshZones.toRefresh(looked, pending, preflight.loadBalancer().zones());
        announce(pending);
        RefreshState next = looked.toRequest(known, zones, preflight.warnings());
        return new Step.Later<>(next, Duration.ZERO, WaitStatus.warning(String.join("; ", preflight.warnings())));
    }

    private Step<RefreshState> request(RefreshState state) {
        if (state.queue().isEmpty()) {
            return new Step.Done<>(state.over(pending(state)));
        }
        String zone = state.queue().get(0);
        List<Task> newer = refreshes.tasks().stream()
                .filter(task -> !state.turn().knownTasks().contains(task.id()))
                .toList();
        Optional<Task> serving =
                newer.stream().filter(task -> RefreshZones.covers(task, state)).findFirst();
        if (serving.isPresent()) {
            run.settle(true);
            return watchFrom(state, serving.get());
        }
        Optional<Task> inTheWay = newer.stream().filter(Task::isRunning).findFirst();
        if (inTheWay.isPresent()) {
            return waitForOther(state, inTheWay.get());
        }
        run.settle(false);
        try {
            Task task = refreshes.start(Optional.of(zone).filter(each -> !each.equals(RefreshState.EVERYWHERE)));
            return watchFrom(state, task);
        } catch (IplbException e) {
            if (e.kind() == FailureKind.CONFLICT && state.request().untilDone()) {
                return later(state.toCheck(), WaitStatus.of("OVH is busy with another refresh: " + e.getMessage()));
            }
            throw e;
        }
    }

    private Step<RefreshState> watchFrom(RefreshState state, Task task) {
        run.entry().task(TaskKind.REFRESH, task.id(), task.zones(), task.status());
        RefreshState watching = state.toWatch(task);
        if (!state.request().untilDone()) {
            return new Step.Done<>(watching.over(pending(state)));
        }
        return later(watching, status(task));
    }

    private Step<RefreshState> watch(RefreshState state) {
        Optional<Task> found = refreshes.task(state.watched());
        if (found.isEmpty()) {
            return confirmVanished(state);
        }
        Task task = found.get();
        RefreshState seen = state.watching(TaskSeen.of(task));
        if (task.isRunning()) {
            run.entry().task(TaskKind.REFRESH, task.id(), task.zones(), task.status());
            return later(seen, status(task));
        }
        run.entry().taskEnded(TaskKind.REFRESH, task.id(), task.zones(), task.status());
        if (!"done".equals(task.status())) {
            throw new IplbException(
                    FailureKind.TASK_FAILED,
                    "refresh %d of %s is %s: what is staged is not live; look at it in the Control Panel, then refresh again"
                            .formatted(task.id(), zones(task.zones()), task.status()));
        }
        return next(seen);
    }

    /** OVH forgets finished tasks; whether this one had its effect shows in what is still pending. */
    private Step<RefreshState> confirmVanished(RefreshState state) {
        List<String> zones = state.tasks().stream()
                .filter(task -> task.id() == state.watched())
                .flatMap(task -> task.zones().stream())
                .toList();
        List<PendingChange> left = refreshes.pending().stream()
                .filter(change -> zones.isEmpty() || zones.contains(change.zone()))
                .toList();
        if (!left.isEmpty()) {
            throw new IplbException(
                    FailureKind.TASK_FAILED,
                    "OVH does not know refresh %d any more, and changes are still pending: %s; refresh again"
                            .formatted(state.watched(), shown(left)));
        }
        run.entry().taskEnded(TaskKind.REFRESH, state.watched(), zones, "done");
        return next(state.watching(new TaskSeen(state.watched(), zones, "done")));
    }

    private Step<RefreshState> next(RefreshState state) {
        RefreshState next = state.toNext();
        return next.queue().isEmpty()
                ? new Step.Done<>(next.over(pending(state)))
                : new Step.Later<>(
                        next,
                        Duration.ZERO,
                        WaitStatus.of("refreshing " + next.queue().get(0)));
    }

    private Step<RefreshState> waitForOther(RefreshState state, Task task) {
        if (!state.request().untilDone()) {
            throw new IplbException(
                    FailureKind.CONFLICT,
                    "refresh %d of %s is %s: wait for it, or ask again later"
                            .formatted(task.id(), zones(task.zones()), task.status()));
        }
        String text = "waiting for refresh %d of %s, which runs already: %s"
                .formatted(task.id(), zones(task.zones()), task.status());
        return later(state.toCheck(), new WaitStatus(text, OptionalInt.of(task.progress())));
    }

    private Step<RefreshState> later(RefreshState state, WaitStatus status) {
        return new Step.Later<>(
                state, Pace.after(state.turn().polls(), deadline(state).remaining()), status);
    }

    /** The gate's own, which a run that resumes it did not choose. */
    private Deadline deadline(RefreshState state) {
        return new Deadline(run.deadline().clock(), state.deadline());
    }

    /** Nothing is pending in a zone that is not there: a slip of the pen would pass for a refresh that is not needed. */
    private static void mustOwn(Snapshot lb, List<String> zones) {
        List<String> owned = zones.isEmpty() ? List.of() : lb.loadBalancer().zones();
        for (String zone : zones) {
            if (!owned.contains(zone)) {
                throw new InvalidInput(
                        "zone", zone, "all, or a zone of %s: %s".formatted(lb.service(), String.join(", ", owned)));
            }
        }
    }

    private List<PendingChange> pending(RefreshState state) {
        return refreshes.pending().stream()
                .filter(change -> state.request().covers(change.zone()))
                .toList();
    }

    private void announce(List<PendingChange> pending) {
        List<Difference> differences = new ArrayList<>();
        for (PendingChange change : pending) {
            differences.add(new Difference(
                    "pendingChanges." + change.zone(), IntNode.valueOf(change.number()), IntNode.valueOf(0)));
        }
        run.planned(RefreshState.staged(pending), differences);
    }

    private static WaitStatus status(Task task) {
        String text = "refresh %d of %s is %s".formatted(task.id(), zones(task.zones()), task.status());
        return new WaitStatus(text, OptionalInt.of(task.progress()));
    }

    private static IplbException timedOut(RefreshState state, Throwable cause) {
        List<String> through = state.refreshedZones();
        String where = switch (state.phase()) {
            case REQUEST -> "whether a refresh was started is not known";
            case WATCH -> "refresh %d goes on at OVH".formatted(state.watched());
            default -> through.isEmpty() ? "no refresh was started" : "only %s was".formatted(zones(through));
        };
        return new IplbException(
                FailureKind.TIMEOUT,
                "%s was not refreshed by the deadline; %s"
                        .formatted(state.request().service(), where),
                cause);
    }

    private static Set<Long> ids(List<Task> tasks) {
        return tasks.stream().map(Task::id).collect(Collectors.toSet());
    }

    private static String zones(List<String> zones) {
        return zones.isEmpty() ? "all zones" : String.join(", ", zones);
    }

    private static String shown(List<PendingChange> pending) {
        return pending.stream()
                .map(each -> each.number() + " in " + each.zone())
                .collect(Collectors.joining(", "));
    }
}
