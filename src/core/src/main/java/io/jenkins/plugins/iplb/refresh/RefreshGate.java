package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Deadline;
import io.jenkins.plugins.iplb.refresh.RefreshState.TaskSeen;
import io.jenkins.plugins.iplb.run.Run;
import io.jenkins.plugins.iplb.wait.Pace;
import io.jenkins.plugins.iplb.wait.Step;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One caller's way to what was staged being live: waits for a refresh that is running, looks at what is pending, checks
 * that it can be refreshed, refreshes it, and waits until that is done. What it looks at it shares with all who look at
 * the same moment; the refresh that one of them asks for serves all of them.
 *
 * <p>A refresh is asked for in a step of its own, whose state is stored before. It begins by looking for a refresh that
 * was not there when the state was made: whoever started that one, it started after what this gate is to make live was
 * staged, so that it serves. This is also how a request whose answer was lost, or a crash right after it, ends without
 * a second refresh.
 */
final class RefreshGate {
    private final Run run;
    private final long arrival;

    /** @param arrival the how manyth of its coordinator's callers it is, from 1 */
    RefreshGate(Run run, long arrival) {
        this.run = run;
        this.arrival = arrival;
    }

    /** What comes first, after the refresh that may be running: looks only. */
    RefreshState plan(RefreshState start, Look look) {
        RefreshState first = check(start, look).state();
        boolean refreshIsRunning = first.phase() == RefreshState.Phase.CHECK;
        return refreshIsRunning ? prepare(start, look).state() : first;
    }

    /**
     * Goes one step further, by what there is to see.
     *
     * @throws IplbException when this is its bad end
     */
    Step<RefreshState> advance(RefreshState state, Look look) {
        if (state.phase() != RefreshState.Phase.OVER && deadline(state).hasPassed()) {
            throw timedOut(state, null);
        }
        try {
            return switch (state.phase()) {
                case CHECK -> check(state, look);
                case REQUEST -> request(state, look);
                case WATCH -> watch(state, look);
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

    /** Writes down what a step has seen of tasks, before the state that it led to is kept. */
    void record(RefreshState before, RefreshState after) {
        for (TaskSeen seen : after.tasks()) {
            if (!before.tasks().contains(seen)) {
                seen.record(run);
            }
        }
    }

    private Step<RefreshState> check(RefreshState state, Look look) {
        List<Task> tasks = look.tasks(run);
        if (look.started().carries(arrival) && !state.request().exclusive()) {
            Optional<Task> carrying = tasks.stream().filter(look.started()::is).findFirst();
            RefreshState looked = state.looked(pending(state, look));
            if (carrying.isPresent() && RefreshZones.carries(carrying.get(), looked)) {
                return watchFrom(looked, carrying.get(), look);
            }
        }
        Optional<Task> running = tasks.stream().filter(Task::isRunning).findFirst();
        return running.isPresent() ? waitForOther(state, running.get()) : prepare(state, look);
    }

    private Step<RefreshState> prepare(RefreshState state, Look look) {
        mustOwn(state.request(), look);
        List<PendingChange> pending = pending(state, look);
        RefreshState looked = state.looked(pending);
        if (pending.isEmpty() && !state.request().force()) {
            return new Step.Done<>(looked.over(pending));
        }
        Preflight preflight = look.preflight(run);
        preflight.mustPass();
        List<String> zones =
                RefreshZones.toRefresh(looked, pending, preflight.loadBalancer().zones());
        List<String> warnings = new ArrayList<>(preflight.warnings());
        warnings.addAll(foreign(state.request(), look));
        Announcement announcement = look.announcement(run, pending);
        run.planned(announcement.before(), announcement.diff());
        RefreshState next = looked.toRequest(look.taskIds(run), zones, List.copyOf(warnings));
        return new Step.Later<>(next, Duration.ZERO, WaitStatus.warning(String.join("; ", warnings)));
    }

    /** @return what to say about pending changes that are somebody else's, or may be */
    private List<String> foreign(RefreshRequest request, Look look) {
        if (request.foreignChanges() == ForeignChanges.ALLOW) {
            return List.of();
        }
        List<String> found = look.explained(run).covered(request).sentences();
        if (request.foreignChanges() == ForeignChanges.REFUSE && !found.isEmpty()) {
            throw new IplbException(
                    FailureKind.CONFLICT,
                    "%s is not refreshed, since %s; look at them in the Control Panel, or allow foreign changes"
                            .formatted(request.service(), String.join(", and ", found)));
        }
        return found;
    }

    private Step<RefreshState> request(RefreshState state, Look look) {
        if (state.queue().isEmpty()) {
            return new Step.Done<>(state.over(pending(state, look)));
        }
        List<Task> newer = look.tasks(run).stream()
                .filter(task -> !state.turn().knownTasks().contains(task.id()))
                .toList();
        Optional<Task> serving =
                newer.stream().filter(task -> serves(task, state)).findFirst();
        if (serving.isPresent()) {
            run.settle(!look.started().is(serving.get()));
            return watchFrom(state, serving.get(), look);
        }
        run.settle(false);
        Optional<Task> inTheWay = newer.stream().filter(Task::isRunning).findFirst();
        if (inTheWay.isPresent()) {
            return waitForOther(state, inTheWay.get());
        }
        WaitStatus ready = WaitStatus.of("about to refresh " + state.queue().get(0));
        if (look.round().gathering()) {
            return new Step.Later<>(state, Duration.ZERO, ready);
        }
        if (look.refreshAsked()) {
            return later(state.waited(), ready);
        }
        try {
            return watchFrom(state, look.refresh(run, state), look);
        } catch (IplbException e) {
            if (e.kind() == FailureKind.CONFLICT && state.request().untilDone()) {
                // What OVH says has another query id each time.
                return later(
                        state.toCheck(), WaitStatus.of("busy", "OVH is busy with another refresh: " + e.getMessage()));
            }
            throw e;
        }
    }

    /** Who wants a refresh of his own takes a newer one for his only when the answer to his request was lost. */
    private boolean serves(Task task, RefreshState state) {
        return RefreshZones.covers(task, state) && (!state.request().exclusive() || run.hasLostCalls());
    }

    private Step<RefreshState> watchFrom(RefreshState state, Task task, Look look) {
        RefreshState watching = state.toWatch(task);
        if (!state.request().untilDone()) {
            return new Step.Done<>(watching.over(pending(state, look)));
        }
        return later(watching, status(task));
    }

    private Step<RefreshState> watch(RefreshState state, Look look) {
        Optional<Task> found = look.task(run, state.watched());
        if (found.isEmpty()) {
            return confirmVanished(state, look);
        }
        Task task = found.get();
        RefreshState seen = state.watching(TaskSeen.of(task));
        if (task.isRunning()) {
            return later(seen, status(task));
        }
        if (!"done".equals(task.status())) {
            record(state, seen);
            throw new IplbException(
                    FailureKind.TASK_FAILED,
                    "refresh %d of %s is %s: what is staged is not live; look at it in the Control Panel, then refresh again"
                            .formatted(task.id(), zones(task.zones()), task.status()));
        }
        return next(seen, look);
    }

    /** OVH forgets finished tasks; whether this one had its effect shows in what is still pending. */
    private Step<RefreshState> confirmVanished(RefreshState state, Look look) {
        List<String> zones = state.watchedZones();
        List<PendingChange> left = look.pending(run).stream()
                .filter(change -> zones.isEmpty() || zones.contains(change.zone()))
                .toList();
        if (!left.isEmpty()) {
            throw new IplbException(
                    FailureKind.TASK_FAILED,
                    "OVH does not know refresh %d any more, and changes are still pending: %s; refresh again"
                            .formatted(state.watched(), PendingChange.shown(left)));
        }
        return next(state.watching(new TaskSeen(state.watched(), zones, "done")), look);
    }

    private Step<RefreshState> next(RefreshState state, Look look) {
        RefreshState next = state.toNext();
        return next.queue().isEmpty()
                ? new Step.Done<>(next.over(pending(state, look)))
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
    private void mustOwn(RefreshRequest request, Look look) {
        List<String> owned =
                request.zones().isEmpty() ? List.of() : look.loadBalancer(run).zones();
        for (String zone : request.zones()) {
            if (!owned.contains(zone)) {
                throw new InvalidInput(
                        "zones",
                        zone,
                        "all, or a zone of %s (%s)".formatted(request.service(), String.join(", ", owned)));
            }
        }
    }

    private List<PendingChange> pending(RefreshState state, Look look) {
        return state.request().covered(look.pending(run));
    }

    private static WaitStatus status(Task task) {
        String text = "refresh %d of %s is %s".formatted(task.id(), zones(task.zones()), task.status());
        return new WaitStatus(text, OptionalInt.of(task.progress()));
    }

    private static IplbException timedOut(RefreshState state, Throwable cause) {
        return new IplbException(
                FailureKind.TIMEOUT,
                "%s was not refreshed by the deadline; %s"
                        .formatted(state.request().service(), state.standing()),
                cause);
    }

    private static String zones(List<String> zones) {
        return zones.isEmpty() ? "all zones" : String.join(", ", zones);
    }
}
