package io.jenkins.plugins.iplb.refresh;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a gate is: all that is needed to go on with it after a restart. Immutable; JSON by Jackson.
 *
 * @param deadline when the gate gives up
 * @param knownTasks the refreshes that OVH knew before this one was asked for: any other is newer
 * @param queue what is still to be refreshed, one after the other; {@link #EVERYWHERE} for all zones at once
 * @param watched the task that is waited for; null when there is none
 * @param tasks what was refreshed, the task that is waited for included
 * @param pendingBefore what was staged when the gate looked first; null until then
 * @param pendingAfter what is staged at the end; null until then
 * @param warnings what a refresh does to the clients
 * @param polls how often it has looked in this phase
 * @param failures how many looks in a row got no answer
 */
public record RefreshState(
        RefreshRequest request,
        Instant deadline,
        Phase phase,
        Set<Long> knownTasks,
        List<String> queue,
        Long watched,
        List<TaskSeen> tasks,
        List<PendingChange> pendingBefore,
        List<PendingChange> pendingAfter,
        List<String> warnings,
        int polls,
        int failures) {
    static final String EVERYWHERE = "all";

    /** What a gate does next. */
    public enum Phase {
        /** Look whether a refresh is running, what is pending, and whether it can be refreshed. */
        CHECK,
        /** Ask for a refresh, unless it turns out that this was done already. */
        REQUEST,
        /** Look how far the refresh is. */
        WATCH,
        /** Nothing. */
        OVER
    }

    /** A refresh task of this gate, as it was last seen. */
    public record TaskSeen(long id, List<String> zones, String status) {
        static TaskSeen of(Task task) {
            return new TaskSeen(task.id(), task.zones(), task.status());
        }
    }

    public static RefreshState start(RefreshRequest request, Instant deadline) {
        return new RefreshState(
                request, deadline, Phase.CHECK, Set.of(), List.of(), null, List.of(), null, null, List.of(), 0, 0);
    }

    /** Whether this gate has refreshed anything. */
    public boolean refreshed() {
        return !tasks.isEmpty();
    }

    /** The zones that are through. */
    List<String> refreshedZones() {
        return tasks.stream()
                .filter(task -> task.status().equals("done"))
                .flatMap(task -> task.zones().stream())
                .distinct()
                .toList();
    }

    /** Whether the next thing to do is to refresh. */
    public boolean wouldRefresh() {
        return phase == Phase.REQUEST && !queue.isEmpty();
    }

    /** What a script needs of it. */
    public ObjectNode result() {
        return Fields.none()
                .with("tasks", tasks)
                .with("pendingBefore", pendingBefore)
                .with("pendingAfter", pendingAfter)
                .with("warnings", warnings)
                .json();
    }

    RefreshState looked(List<PendingChange> pending) {
        List<PendingChange> first = pendingBefore == null ? pending : pendingBefore;
        return new RefreshState(
                request, deadline, phase, knownTasks, queue, watched, tasks, first, null, warnings, polls, failures);
    }

    RefreshState toRequest(Set<Long> known, List<String> zones, List<String> warned) {
        return new RefreshState(
                request, deadline, Phase.REQUEST, known, zones, null, tasks, pendingBefore, null, warned, 0, 0);
    }

    RefreshState toCheck() {
        return new RefreshState(
                request,
                deadline,
                Phase.CHECK,
                Set.of(),
                List.of(),
                null,
                tasks,
                pendingBefore,
                null,
                warnings,
                polls + 1,
                0);
    }

    RefreshState toWatch(Task task) {
        return new RefreshState(
                request,
                deadline,
                Phase.WATCH,
                knownTasks,
                queue,
                task.id(),
                seen(TaskSeen.of(task)),
                pendingBefore,
                null,
                warnings,
                0,
                0);
    }

    /** One more look at the task that is waited for. */
    RefreshState watching(TaskSeen task) {
        return new RefreshState(
                request,
                deadline,
                phase,
                knownTasks,
                queue,
                watched,
                seen(task),
                pendingBefore,
                null,
                warnings,
                polls + 1,
                0);
    }

    /** The refresh of the first of the queue is through. */
    RefreshState toNext() {
        Set<Long> known = new HashSet<>(knownTasks);
        known.add(watched);
        return new RefreshState(
                request,
                deadline,
                Phase.REQUEST,
                known,
                queue.subList(1, queue.size()),
                null,
                tasks,
                pendingBefore,
                null,
                warnings,
                0,
                0);
    }

    RefreshState over(List<PendingChange> pending) {
        return new RefreshState(
                request,
                deadline,
                Phase.OVER,
                knownTasks,
                queue,
                null,
                tasks,
                pendingBefore,
                pending,
                warnings,
                polls,
                0);
    }

    RefreshState unanswered() {
        return new RefreshState(
                request,
                deadline,
                phase,
                knownTasks,
                queue,
                watched,
                tasks,
                pendingBefore,
                pendingAfter,
                warnings,
                polls + 1,
                failures + 1);
    }

    private List<TaskSeen> seen(TaskSeen task) {
        List<TaskSeen> all = new ArrayList<>(tasks);
        all.removeIf(each -> each.id() == task.id());
        all.add(task);
        return List.copyOf(all);
    }
}
