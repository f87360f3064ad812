package io.jenkins.plugins.iplb.refresh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.record.TaskKind;
import io.jenkins.plugins.iplb.run.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Where a gate is: all that is needed to go on with it after a restart. Immutable; JSON by Jackson.
 *
 * @param deadline when the gate gives up
 * @param turn what it is at
 * @param tasks what was refreshed, the task that is waited for included
 * @param pendingBefore what was staged when the gate looked first; null until then
 * @param pendingAfter what is staged at the end; null until then
 * @param warnings what a refresh does to the clients
 */
public record RefreshState(
        RefreshRequest request,
        Instant deadline,
        Turn turn,
        List<TaskSeen> tasks,
        List<PendingChange> pendingBefore,
        List<PendingChange> pendingAfter,
        List<String> warnings) {
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

    /**
     * What a gate is at.
     *
     * @param knownTasks the refreshes that OVH knew before this one was asked for: any other is newer
     * @param queue what is still to be refreshed, one after the other; {@link #EVERYWHERE} for all zones at once
     * @param watched the task that is waited for; null when there is none
     * @param polls how often it has looked in this phase
     * @param failures how many looks in a row got no answer
     */
    public record Turn(Phase phase, Set<Long> knownTasks, List<String> queue, Long watched, int polls, int failures) {}

    /** A refresh task of this gate, as it was last seen. */
    public record TaskSeen(long id, List<String> zones, String status) {
        static TaskSeen of(Task task) {
            return new TaskSeen(task.id(), task.zones(), task.status());
        }

        /** Writes it down in the entry of that run. */
        void record(Run run) {
            if (Task.isRunning(status)) {
                run.taskSeen(TaskKind.REFRESH, id, zones, status);
            } else {
                run.taskEnded(TaskKind.REFRESH, id, zones, status);
            }
        }
    }

    public static RefreshState start(RefreshRequest request, Instant deadline) {
        Turn first = new Turn(Phase.CHECK, Set.of(), List.of(), null, 0, 0);
        return new RefreshState(request, deadline, first, List.of(), null, null, List.of());
    }

    /** What {@link #toJson} wrote. @throws IllegalArgumentException for anything else */
    public static RefreshState fromJson(String json) {
        try {
            return Json.MAPPER.readValue(json, RefreshState.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not the state of a refresh gate", e);
        }
    }

    /** To be kept, in this version's words. */
    public String toJson() {
        try {
            return Json.MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of plain values can always be written", e);
        }
    }

    /** Whether only looks have been taken since: a crash between the two states is the same for both. */
    public boolean standsWhere(RefreshState earlier) {
        return phase() == earlier.phase()
                && queue().equals(earlier.queue())
                && Objects.equals(watched(), earlier.watched());
    }

    /** What becomes of the refresh when the gate is left now, as the end of a sentence. */
    String standing() {
        List<String> through = refreshedZones();
        return switch (phase()) {
            case REQUEST -> "whether a refresh was started is not known";
            case WATCH -> "refresh %d goes on at OVH".formatted(watched());
            default ->
                through.isEmpty() ? "no refresh was started" : "only %s was".formatted(String.join(", ", through));
        };
    }

    /** Whether this gate has refreshed anything. */
    public boolean refreshed() {
        return !tasks.isEmpty();
    }

    /** Whether the next thing to do is to refresh. */
    public boolean wouldRefresh() {
        return phase() == Phase.REQUEST && !queue().isEmpty();
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

    /** What is staged at the end, for the record. */
    public ObjectNode after() {
        return staged(pendingAfter);
    }

    /** Pending changes by zone, as the record has them. */
    static ObjectNode staged(List<PendingChange> pending) {
        Fields counts = Fields.none();
        for (PendingChange change : pending) {
            counts = counts.with(change.zone(), change.number());
        }
        return Fields.none().with("pendingChanges", counts.json()).json();
    }

    Phase phase() {
        return turn.phase();
    }

    List<String> queue() {
        return turn.queue();
    }

    Long watched() {
        return turn.watched();
    }

    /** The zones that are through. */
    List<String> refreshedZones() {
        return tasks.stream()
                .filter(task -> task.status().equals("done"))
                .flatMap(task -> task.zones().stream())
                .distinct()
                .toList();
    }

    RefreshState looked(List<PendingChange> pending) {
        List<PendingChange> first = pendingBefore == null ? pending : pendingBefore;
        return new RefreshState(request, deadline, turn, tasks, first, null, warnings);
    }

    RefreshState toRequest(Set<Long> known, List<String> zones, List<String> warned) {
        Turn next = new Turn(Phase.REQUEST, known, zones, null, 0, 0);
        return new RefreshState(request, deadline, next, tasks, pendingBefore, null, warned);
    }

    RefreshState toCheck() {
        return at(new Turn(Phase.CHECK, Set.of(), List.of(), null, turn.polls() + 1, 0));
    }

    RefreshState toWatch(Task task) {
        return at(new Turn(Phase.WATCH, turn.knownTasks(), queue(), task.id(), 0, 0))
                .seen(TaskSeen.of(task));
    }

    /** One more look at the task that is waited for. */
    RefreshState watching(TaskSeen task) {
        return waited().seen(task);
    }

    /** The refresh that is waited for is through, and with it all of the queue that it covered. */
    RefreshState toNext() {
        Set<Long> known = new HashSet<>(turn.knownTasks());
        known.add(watched());
        List<String> through = watchedZones();
        List<String> left =
                queue().stream().skip(1).filter(zone -> !through.contains(zone)).toList();
        return at(new Turn(Phase.REQUEST, known, left, null, 0, 0));
    }

    /** The zones of the task that is waited for; none where it names none. */
    List<String> watchedZones() {
        return tasks.stream()
                .filter(task -> watched() != null && task.id() == watched())
                .flatMap(task -> task.zones().stream())
                .toList();
    }

    RefreshState over(List<PendingChange> pending) {
        Turn last = new Turn(Phase.OVER, turn.knownTasks(), queue(), null, turn.polls(), 0);
        return new RefreshState(request, deadline, last, tasks, pendingBefore, pending, warnings);
    }

    /** One more look at which it was somebody else's turn. */
    RefreshState waited() {
        return at(new Turn(phase(), turn.knownTasks(), queue(), watched(), turn.polls() + 1, 0));
    }

    RefreshState unanswered() {
        return at(new Turn(phase(), turn.knownTasks(), queue(), watched(), turn.polls() + 1, turn.failures() + 1));
    }

    private RefreshState at(Turn next) {
        return new RefreshState(request, deadline, next, tasks, pendingBefore, pendingAfter, warnings);
    }

    private RefreshState seen(TaskSeen task) {
        List<TaskSeen> all = new ArrayList<>(tasks);
        all.removeIf(each -> each.id() == task.id());
        all.add(task);
        return new RefreshState(request, deadline, turn, List.copyOf(all), pendingBefore, pendingAfter, warnings);
    }
}
