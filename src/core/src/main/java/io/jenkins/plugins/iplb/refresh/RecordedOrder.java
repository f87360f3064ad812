package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.record.RecordedTask;
import io.jenkins.plugins.iplb.record.TaskKind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which recorded calls a refresh has carried since. A refresh that a record asked for is told from the calls before and
 * after it by the order of the records. A refresh that somebody else asked for is known by its task only, whose moment
 * is by OVH's clock and in whole seconds: it is compared with what OVH's clock said when it answered the call. No moment
 * of the recorder's clock is ever compared with one of OVH's. What neither of the two tells apart is open.
 */
final class RecordedOrder {
    /** The clocks of OVH's API and of OVH's tasks may be that far apart: nothing is published about them. */
    private static final Duration NEAR = Duration.ofMinutes(1);

    /** For how long OVH lists a finished refresh is not published; older calls may be carried by one that it forgot. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final List<OwnRefresh> own;
    private final List<Task> others;
    private final List<RecordedEntry> lookers;
    private final Instant now;

    /** What became of a call in a zone. */
    enum Standing {
        /** A refresh has made it live. */
        CARRIED,
        /** No refresh came after it. */
        PENDING,
        /** One of the two. */
        OPEN
    }

    /** @param why for what is open; else empty */
    record Verdict(Standing standing, String why) {
        private static final Verdict CARRIED = new Verdict(Standing.CARRIED, "");
        private static final Verdict PENDING = new Verdict(Standing.PENDING, "");

        private static Verdict open(String why) {
            return new Verdict(Standing.OPEN, why);
        }
    }

    /**
     * A refresh that a record asked for.
     *
     * @param zones those that it refreshes; none for all
     * @param outcome what became of it: done or under way, failed, or empty where that is not known
     */
    private record OwnRefresh(RecordedWrite request, List<String> zones, Optional<Boolean> outcome) {
        private boolean covers(String zone) {
            return zones.isEmpty() || zones.contains(zone);
        }
    }

    /**
     * @param tasks the refreshes that OVH lists
     * @param now by the clock of the records
     */
    RecordedOrder(List<RecordedWrite> writes, List<RecordedEntry> known, List<Task> tasks, Instant now) {
        Map<Long, Task> listed = tasks.stream().collect(Collectors.toMap(Task::id, Function.identity()));
        Map<Long, RecordedTask> recorded = known.stream()
                .flatMap(entry -> entry.tasks().stream())
                .filter(task -> task.kind() == TaskKind.REFRESH)
                .collect(Collectors.toMap(RecordedTask::id, Function.identity(), RecordedOrder::further));
        this.own = writes.stream()
                .filter(RecordedWrite::isRefresh)
                .map(request -> refresh(request, listed, recorded))
                .toList();
        Set<Long> asked = own.stream()
                .map(each -> each.request().call().taskId())
                .filter(id -> id != null)
                .collect(Collectors.toSet());
        this.others = tasks.stream()
                .filter(task -> !asked.contains(task.id()))
                .filter(RecordedOrder::carries)
                .toList();
        this.lookers = known.stream()
                .filter(entry -> entry.before().path(Announcement.REFRESHES).isArray())
                .toList();
        this.now = now;
    }

    private static RecordedTask further(RecordedTask one, RecordedTask other) {
        return one.endedAt() == null ? other : one;
    }

    private static OwnRefresh refresh(RecordedWrite request, Map<Long, Task> listed, Map<Long, RecordedTask> recorded) {
        Long id = request.call().taskId();
        Task task = id == null ? null : listed.get(id);
        if (task != null) {
            return new OwnRefresh(request, task.zones(), Optional.of(carries(task)));
        }
        RecordedTask seen = id == null ? null : recorded.get(id);
        if (seen != null && !Task.isRunning(seen.status())) {
            return new OwnRefresh(
                    request, seen.zones(), Optional.of(seen.status().equals("done")));
        }
        String zone = request.body().path("zone").asText("");
        return new OwnRefresh(request, zone.isEmpty() ? List.of() : List.of(zone), Optional.empty());
    }

    private static boolean carries(Task task) {
        return task.isRunning() || "done".equals(task.status());
    }

    /** What became of this call in this zone. */
    Verdict of(RecordedWrite write, String zone) {
        List<Verdict> verdicts = Stream.concat(
                        own.stream().filter(refresh -> refresh.covers(zone)).map(refresh -> carried(write, refresh)),
                        others.stream()
                                .filter(task ->
                                        task.zones().isEmpty() || task.zones().contains(zone))
                                .map(task -> carried(write, task)))
                .toList();
        if (verdicts.contains(Verdict.CARRIED)) {
            return Verdict.CARRIED;
        }
        Optional<Verdict> open = verdicts.stream()
                .filter(verdict -> verdict.standing() == Standing.OPEN)
                .findFirst();
        if (open.isPresent()) {
            return open.get();
        }
        boolean old = write.sentAt().plus(REMEMBERED).isBefore(now);
        return old
                ? Verdict.open("OVH may have forgotten a refresh that carried what was changed more than a day ago")
                : Verdict.PENDING;
    }

    private static Verdict carried(RecordedWrite write, OwnRefresh refresh) {
        RecordedWrite request = refresh.request();
        if (write.sentAt().isAfter(request.overAt()) || refresh.outcome().equals(Optional.of(false))) {
            return Verdict.PENDING;
        }
        if (refresh.outcome().isEmpty()) {
            return Verdict.open("what became of a recorded request for a refresh is not known");
        }
        return write.overAt().isBefore(request.sentAt())
                ? Verdict.CARRIED
                : Verdict.open("a refresh was asked for while they were changed");
    }

    private Verdict carried(RecordedWrite write, Task task) {
        if (wasSeenBefore(task, write)) {
            return Verdict.PENDING;
        }
        Instant answered = write.call().ovhDate();
        if (answered != null && task.creationDate().isAfter(answered.plus(NEAR))) {
            return Verdict.CARRIED;
        }
        if (answered != null
                && task.creationDate().isBefore(answered.minus(write.took()).minus(NEAR))) {
            return Verdict.PENDING;
        }
        return Verdict.open(
                "refresh %d, which no known record asked for, may have come after them".formatted(task.id()));
    }

    /** A refresh that a record had seen when it began is older than all that was recorded later. */
    private boolean wasSeenBefore(Task task, RecordedWrite write) {
        return lookers.stream()
                .filter(entry -> entry.startedAt().isBefore(write.sentAt()))
                .anyMatch(entry -> refreshes(entry).contains(task.id()));
    }

    private static Set<Long> refreshes(RecordedEntry entry) {
        Set<Long> ids = new HashSet<>();
        entry.before().path(Announcement.REFRESHES).forEach(id -> ids.add(id.asLong()));
        return ids;
    }
}
