package io.jenkins.plugins.iplb.refresh;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.api.Zones;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.TaskKind;
import io.jenkins.plugins.iplb.run.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where a gate is: all that is needed to go on with it after a restart.
 *
 * @param deadline when the gate gives up
 * @param polls how often it has looked for what it waits for
 * @param failures how many looks in a row got no answer
 * @param tasks what was refreshed, the task that is waited for included
 * @param pendingBefore what was staged before the refresh, or when the gate looked first; null until then
 * @param warnings what a refresh does to the clients
 */
public record RefreshState(
        RefreshRequest request,
        Instant deadline,
        Phase phase,
        int polls,
        int failures,
        List<TaskSeen> tasks,
        List<PendingChange> pendingBefore,
        List<String> warnings) {

    public RefreshState {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(phase, "phase");
    }

    /** What a gate does next. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Preparing.class, name = "preparing"),
        @JsonSubTypes.Type(value = Requesting.class, name = "requesting"),
        @JsonSubTypes.Type(value = Watching.class, name = "watching"),
        @JsonSubTypes.Type(value = Over.class, name = "over")
    })
    public sealed interface Phase {
        /** The refreshes that OVH knew before this one was asked for: any other is newer. */
        default Set<Long> knownTasks() {
            return Set.of();
        }

        /** What is still to be refreshed, one zone after the other. */
        default Zones left() {
            return Zones.NONE;
        }
    }

    /** It looks whether a refresh is running, what is pending, and whether it can be refreshed. */
    public record Preparing() implements Phase {}

    /** It asks for a refresh, unless it turns out that this was done already. */
    public record Requesting(Set<Long> knownTasks, Zones left) implements Phase {}

    /** It looks how far a refresh is. @param left includes what this refresh covers */
    public record Watching(Set<Long> knownTasks, Zones left, long task) implements Phase {}

    /** It does nothing more. @param pending what is still staged */
    public record Over(List<PendingChange> pending) implements Phase {}

    /** A refresh task of this gate, as it was last seen. @param zones as OVH names them; none for all */
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
        return new RefreshState(request, deadline, new Preparing(), 0, 0, List.of(), null, List.of());
    }

    /**
     * What {@link #toJson} wrote, in this version or in an earlier one.
     *
     * @throws io.jenkins.plugins.iplb.failure.IplbException for what a later version wrote
     * @throws IllegalArgumentException for anything else
     */
    public static RefreshState fromJson(String json) {
        return StoredState.read(json);
    }

    /** To be kept, in this version's words. */
    public String toJson() {
        return StoredState.write(this);
    }

    /** Whether only looks have been taken since: a crash between the two states is the same for both. */
    public boolean standsWhere(RefreshState earlier) {
        return phase.equals(earlier.phase);
    }

    /** What becomes of the refresh when the gate is left now, as the end of a sentence. */
    String standing() {
        if (phase instanceof Requesting) {
            return "whether a refresh was started is not known";
        }
        if (phase instanceof Watching watching) {
            return "refresh %d goes on at OVH".formatted(watching.task());
        }
        Zones through = refreshedZones();
        return through.isNone() ? "no refresh was started" : "only %s was".formatted(through);
    }

    /** Whether this gate has refreshed anything. */
    public boolean refreshed() {
        return !tasks.isEmpty();
    }

    /** Whether the next thing to do is to refresh. */
    public boolean wouldRefresh() {
        return phase instanceof Requesting requesting && !requesting.left().isNone();
    }

    /** The task that is waited for. */
    public Optional<TaskSeen> watched() {
        return phase instanceof Watching watching
                ? tasks.stream().filter(task -> task.id() == watching.task()).findFirst()
                : Optional.empty();
    }

    /** What a script needs of it. */
    public ObjectNode result() {
        return Fields.none()
                .with("tasks", tasks)
                .with("pendingBefore", pendingBefore)
                .with("pendingAfter", phase instanceof Over over ? over.pending() : null)
                .with("warnings", warnings)
                .json();
    }

    /** What is staged at the end, for the record. */
    public ObjectNode after() {
        return RefreshPlan.staged(phase instanceof Over over ? over.pending() : List.of());
    }

    /** The zones that are through, as far as OVH has named them. */
    Zones refreshedZones() {
        return Zones.of(tasks.stream()
                .filter(task -> task.status().equals("done"))
                .flatMap(task -> task.zones().stream())
                .toList());
    }

    /** The zones that a refresh of these must cover: for all, those that had something pending. */
    Zones needed(Zones meant) {
        return meant.isAll() ? PendingChange.zones(pendingBefore) : meant;
    }

    RefreshState looked(List<PendingChange> pending) {
        List<PendingChange> first = pendingBefore == null ? pending : pendingBefore;
        return new RefreshState(request, deadline, phase, polls, failures, tasks, first, warnings);
    }

    /** What was staged before the refresh, and what is to be said of it. */
    RefreshState found(List<PendingChange> pending, List<String> warned) {
        return new RefreshState(request, deadline, phase, polls, failures, tasks, pending, warned);
    }

    RefreshState toRequest(Set<Long> known, Zones zones) {
        return to(new Requesting(known, zones), polls);
    }

    RefreshState toCheck() {
        return to(new Preparing(), polls + 1);
    }

    RefreshState toWatch(Task task) {
        return to(new Watching(phase.knownTasks(), phase.left(), task.id()), 0).seen(TaskSeen.of(task));
    }

    /** One more look at the task that is waited for. */
    RefreshState watching(TaskSeen task) {
        return waited().seen(task);
    }

    /** The refresh that is waited for is through, and with it all that OVH says it covered. */
    RefreshState toNext(Watching through) {
        Set<Long> known = new HashSet<>(through.knownTasks());
        known.add(through.task());
        Zones named = Zones.of(watched().map(TaskSeen::zones).orElse(List.of()));
        Zones left = through.left().minus(through.left().first()).minus(named);
        return to(new Requesting(known, left), 0);
    }

    RefreshState over(List<PendingChange> pending) {
        return to(new Over(pending), polls);
    }

    /** One more look at which it was somebody else's turn. */
    RefreshState waited() {
        return to(phase, polls + 1);
    }

    RefreshState unanswered() {
        return new RefreshState(request, deadline, phase, polls + 1, failures + 1, tasks, pendingBefore, warnings);
    }

    private RefreshState to(Phase next, int looks) {
        return new RefreshState(request, deadline, next, looks, 0, tasks, pendingBefore, warnings);
    }

    private RefreshState seen(TaskSeen task) {
        List<TaskSeen> all = new ArrayList<>(tasks);
        all.removeIf(each -> each.id() == task.id());
        all.add(task);
        return new RefreshState(request, deadline, phase, polls, failures, List.copyOf(all), pendingBefore, warnings);
    }
}
