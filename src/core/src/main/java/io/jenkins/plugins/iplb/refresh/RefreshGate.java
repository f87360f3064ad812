package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.api.Zones;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Deadline;
import io.jenkins.plugins.iplb.refresh.RefreshState.Over;
import io.jenkins.plugins.iplb.refresh.RefreshState.Preparing;
import io.jenkins.plugins.iplb.refresh.RefreshState.Requesting;
import io.jenkins.plugins.iplb.refresh.RefreshState.TaskSeen;
import io.jenkins.plugins.iplb.refresh.RefreshState.Watching;
import io.jenkins.plugins.iplb.run.Run;
import io.jenkins.plugins.iplb.wait.Pace;
import io.jenkins.plugins.iplb.wait.Step;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The steps of one gate: it waits for a refresh that is running, looks at what is pending, checks that it can be refreshed,
 * refreshes it, and waits until that is done. All gates that look at the same moment share their reads, and the refresh
 * that one of them asks for serves all of them.
 *
 * <p>A refresh is asked for in a step of its own, whose state is stored before. The step begins by looking for a refresh
 * that was not there when the state was made. Such a refresh started after the changes of this gate were staged, so it
 * serves, whoever started it. This is also how a request whose answer was lost, or a crash right after it, ends without a
 * second refresh.
 */
final class RefreshGate {
    private final Run run;
    private final long arrival;

    /** @param arrival the gate's number in the order in which the gates of its coordinator arrived, from 1 */
    RefreshGate(Run run, long arrival) {
        this.run = run;
        this.arrival = arrival;
    }

    /** What comes first, after the refresh that may be running: looks only. */
    RefreshState plan(RefreshState start, SharedRefresh look) {
        RefreshState first = check(start, look).state();
        boolean refreshIsRunning = first.phase() instanceof Preparing;
        return refreshIsRunning ? prepare(start, look).state() : first;
    }

    /**
     * Goes one step further, by what there is to see.
     *
     * @throws IplbException when this is its bad end
     */
    Step<RefreshState> advance(RefreshState state, SharedRefresh look) {
        if (state.phase() instanceof Over) {
            return new Step.Done<>(state);
        }
        if (deadline(state).hasPassed()) {
            throw timedOut(state, null);
        }
        try {
            if (state.phase() instanceof Requesting requesting) {
                return request(state, requesting, look);
            }
            if (state.phase() instanceof Watching watching) {
                return watch(state, watching, look);
            }
            return check(state, look);
        } catch (IplbException e) {
            if (e.kind() == FailureKind.TIMEOUT) {
                throw timedOut(state, e);
            }
            boolean waiting = !(state.phase() instanceof Preparing) || state.polls() > 0;
            if (e.kind() == FailureKind.UNAVAILABLE && waiting && state.failures() < Pace.MOST_FAILURES) {
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

    private Step<RefreshState> check(RefreshState state, SharedRefresh look) {
        List<Task> tasks = look.reads().tasks(run);
        Optional<Task> carrying = look.carrying(tasks, arrival);
        if (carrying.isPresent() && !state.request().exclusive()) {
            RefreshState looked = state.looked(pending(state, look));
            if (covers(carrying.get(), looked, state.request().zones())) {
                return watchFrom(planned(looked, look.findingsBefore(carrying.get())), carrying.get(), look);
            }
        }
        Optional<Task> running = tasks.stream().filter(Task::isRunning).findFirst();
        return running.isPresent() ? waitForOther(state, running.get(), look) : prepare(state, look);
    }

    private Step<RefreshState> prepare(RefreshState state, SharedRefresh look) {
        mustOwn(state.request(), look);
        List<PendingChange> pending = pending(state, look);
        RefreshState looked = state.looked(pending);
        if (pending.isEmpty() && !state.request().force()) {
            return new Step.Done<>(looked.over(pending));
        }
        Preflight preflight = look.reads().preflight(run);
        preflight.mustPass();
        Set<Long> known = look.reads().taskIds(run);
        Zones zones =
                toRefresh(looked, pending, Zones.of(preflight.loadBalancer().zones()));
        mustAllow(state.request(), look);
        RefreshState next = planned(looked, look.findings()).toRequest(known, zones);
        return new Step.Later<>(next, Duration.ZERO, WaitStatus.warning(String.join("; ", next.warnings())));
    }

    /** All zones at once where that is what was asked for; else those that need a refresh, one after the other. */
    private static Zones toRefresh(RefreshState state, List<PendingChange> pending, Zones owned) {
        RefreshRequest request = state.request();
        if (request.zones().covers(owned)) {
            return Zones.ALL;
        }
        Zones staged = PendingChange.zones(pending);
        return Zones.of(request.zones().names().stream()
                .filter(zone -> staged.covers(zone)
                        || request.force() && !state.refreshedZones().covers(zone))
                .toList());
    }

    /** Pending changes that are somebody else's, or may be. */
    private void mustAllow(RefreshRequest request, SharedRefresh look) {
        if (request.foreignChanges() == ForeignChanges.ALLOW) {
            return;
        }
        List<String> found = look.reads().explained(run).covered(request).sentences();
        if (request.foreignChanges() == ForeignChanges.REFUSE && !found.isEmpty()) {
            throw new IplbException(
                    FailureKind.CONFLICT,
                    "%s is not refreshed, since %s; look at them in the Control Panel, or allow foreign changes"
                            .formatted(request.service(), String.join(", and ", found)));
        }
    }

    /**
     * What its first refresh does, the same for all whom that carries.
     *
     * @param found before it; empty when that is not known, and the gate's own look counts
     */
    private RefreshState planned(RefreshState state, Optional<Findings> found) {
        if (state.refreshed()) {
            return state;
        }
        RefreshRequest request = state.request();
        RefreshPlan plan = found.map(all -> all.plan(request))
                .orElseGet(() ->
                        RefreshPlan.of(state.pendingBefore(), state.phase().knownTasks()));
        run.planned(request.about(), plan.before(), plan.diff());
        return found.map(all -> state.found(
                        request.covered(all.pending()),
                        all.explained().isPresent() || state.warnings().isEmpty()
                                ? all.warnings(request)
                                : state.warnings()))
                .orElse(state);
    }

    private Step<RefreshState> request(RefreshState state, Requesting requesting, SharedRefresh look) {
        if (requesting.left().isNone()) {
            return new Step.Done<>(state.over(pending(state, look)));
        }
        List<Task> newer = look.reads().tasks(run).stream()
                .filter(task -> !requesting.knownTasks().contains(task.id()))
                .toList();
        Optional<Task> serving =
                newer.stream().filter(task -> serves(task, state)).findFirst();
        if (serving.isPresent()) {
            run.settle(!look.isLast(serving.get()));
            return watchFrom(planned(state, look.findingsBefore(serving.get())), serving.get(), look);
        }
        run.settle(false);
        Optional<Task> inTheWay = newer.stream().filter(Task::isRunning).findFirst();
        if (inTheWay.isPresent()) {
            return waitForOther(state, inTheWay.get(), look);
        }
        if (!look.mayRequest()) {
            return later(
                    state.waited(),
                    WaitStatus.of("waiting for its turn: somebody keeps %s to change more than one thing"
                            .formatted(state.request().service())));
        }
        WaitStatus ready = WaitStatus.of("about to refresh " + requesting.left().first());
        if (look.gathering()) {
            return new Step.Later<>(state, Duration.ZERO, ready);
        }
        if (look.requested()) {
            return later(state.waited(), ready);
        }
        try {
            Optional<Findings> found = look.findingsNow(run);
            RefreshState next = planned(state, found);
            return watchFrom(next, look.request(run, next, found), look);
        } catch (IplbException e) {
            if (e.kind() == FailureKind.CONFLICT && state.request().untilDone()) {
                // What OVH says has another query id each time.
                return later(
                        state.toCheck(), WaitStatus.of("busy", "OVH is busy with another refresh: " + e.getMessage()));
            }
            throw e;
        }
    }

    /** For an exclusive gate a newer refresh is its own only when the answer to its request was lost. */
    private boolean serves(Task task, RefreshState state) {
        return covers(task, state, state.phase().left().first())
                && (!state.request().exclusive() || run.hasLostCalls());
    }

    private static boolean covers(Task task, RefreshState state, Zones meant) {
        return task.covered().covers(state.needed(meant));
    }

    private Step<RefreshState> watchFrom(RefreshState state, Task task, SharedRefresh look) {
        RefreshState watching = state.toWatch(task);
        if (!state.request().untilDone()) {
            return new Step.Done<>(watching.over(pending(state, look)));
        }
        return later(watching, status(task));
    }

    private Step<RefreshState> watch(RefreshState state, Watching watching, SharedRefresh look) {
        Optional<Task> found = look.reads().task(run, watching.task());
        if (found.isEmpty()) {
            return confirmVanished(state, watching, look);
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
                            .formatted(task.id(), task.covered(), task.status()));
        }
        return next(seen, watching, look);
    }

    /** OVH forgets finished tasks; whether this one had its effect shows in what is still pending. */
    private Step<RefreshState> confirmVanished(RefreshState state, Watching watching, SharedRefresh look) {
        List<String> named = state.watched().map(TaskSeen::zones).orElse(List.of());
        Zones zones = Zones.refreshed(named);
        List<PendingChange> left = look.reads().pending(run).stream()
                .filter(change -> zones.covers(change.zone()))
                .toList();
        if (!left.isEmpty()) {
            throw new IplbException(
                    FailureKind.TASK_FAILED,
                    "OVH does not know refresh %d any more, and changes are still pending: %s; refresh again"
                            .formatted(watching.task(), PendingChange.shown(left)));
        }
        return next(state.watching(new TaskSeen(watching.task(), named, "done")), watching, look);
    }

    private Step<RefreshState> next(RefreshState state, Watching through, SharedRefresh look) {
        RefreshState next = state.toNext(through);
        Zones left = next.phase().left();
        return left.isNone()
                ? new Step.Done<>(next.over(pending(state, look)))
                : new Step.Later<>(next, Duration.ZERO, WaitStatus.of("refreshing " + left.first()));
    }

    private Step<RefreshState> waitForOther(RefreshState state, Task task, SharedRefresh look) {
        if (!state.request().untilDone()) {
            throw new IplbException(
                    FailureKind.CONFLICT,
                    "refresh %d of %s is %s: wait for it, or ask again later"
                            .formatted(task.id(), task.covered(), task.status()));
        }
        String topic = "waiting for refresh %d of %s, which %s: %s"
                .formatted(
                        task.id(),
                        task.covered(),
                        look.askerOf(task)
                                .map(build -> build + " has asked for")
                                .orElse("runs already"),
                        task.status());
        String text = topic
                + task.remaining(look.reads().tasks(run), run.deadline().clock().instant())
                        .map(left -> ", " + WaitStatus.about(left) + " more")
                        .orElse("");
        return later(state.toCheck(), new WaitStatus(text, OptionalInt.of(task.progress()), false, topic));
    }

    private Step<RefreshState> later(RefreshState state, WaitStatus status) {
        return new Step.Later<>(state, Pace.after(state.polls(), deadline(state).remaining()), status);
    }

    /** The gate's own deadline, which a run that resumes it did not choose. */
    private Deadline deadline(RefreshState state) {
        return new Deadline(run.deadline().clock(), state.deadline());
    }

    /** Nothing is pending in a zone that does not exist: a misspelt name would pass for a refresh that is not needed. */
    private void mustOwn(RefreshRequest request, SharedRefresh look) {
        if (request.zones().isAll()) {
            return;
        }
        List<String> owned = look.reads().loadBalancer(run).zones();
        for (String zone : request.zones().names()) {
            if (!owned.contains(zone)) {
                throw new InvalidInput(
                        "zones",
                        zone,
                        "all, or a zone of %s (%s)".formatted(request.service(), String.join(", ", owned)));
            }
        }
    }

    private List<PendingChange> pending(RefreshState state, SharedRefresh look) {
        return state.request().covered(look.pending(run));
    }

    private static WaitStatus status(Task task) {
        String text = "refresh %d of %s is %s".formatted(task.id(), task.covered(), task.status());
        return new WaitStatus(text, OptionalInt.of(task.progress()));
    }

    private static IplbException timedOut(RefreshState state, Throwable cause) {
        return new IplbException(
                FailureKind.TIMEOUT,
                "%s was not refreshed by the deadline; %s"
                        .formatted(state.request().service(), state.standing()),
                cause);
    }
}
