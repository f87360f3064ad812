package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.api.Zones;
import io.jenkins.plugins.iplb.record.RecordedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which recorded calls a refresh has carried since. For a refresh that a record asked for, the order of the records tells
 * which calls came before it. A refresh that somebody else asked for is known by its task only, whose time is by OVH's
 * clock and in whole seconds: it is compared with OVH's time in the answer to the call. A time of the recorder's clock is
 * never compared with one of OVH's. Where neither order is certain, the call is open.
 */
final class RecordedOrder {
    /** The clocks of OVH's API and of OVH's tasks may be that far apart: nothing is published about them. */
    private static final Duration NEAR = Duration.ofMinutes(1);

    /** For how long OVH lists a finished refresh is not published; older calls may be carried by one that it forgot. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final List<OwnRefresh> own;
    private final List<Task> others;
    private final List<RecordedHistory.Sighting> sightings;
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
     * @param zones those that it refreshes
     * @param outcome what became of it: done or under way, failed, or empty where that is not known
     */
    private record OwnRefresh(RecordedHistory.Write request, Zones zones, Optional<Boolean> outcome) {}

    /**
     * @param tasks the refreshes that OVH lists
     * @param now by the clock of the records
     */
    RecordedOrder(RecordedHistory history, List<Task> tasks, Instant now) {
        Map<Long, Task> listed = tasks.stream().collect(Collectors.toMap(Task::id, Function.identity()));
        this.own = history.refreshRequests().stream()
                .map(request -> refresh(request, listed, history))
                .toList();
        Set<Long> asked = own.stream()
                .map(each -> each.request().call().taskId())
                .filter(id -> id != null)
                .collect(Collectors.toSet());
        this.others = tasks.stream()
                .filter(task -> !asked.contains(task.id()))
                .filter(RecordedOrder::carries)
                .toList();
        this.sightings = history.sightings();
        this.now = now;
    }

    private static OwnRefresh refresh(RecordedHistory.Write request, Map<Long, Task> listed, RecordedHistory history) {
        Long id = request.call().taskId();
        Task task = id == null ? null : listed.get(id);
        if (task != null) {
            return new OwnRefresh(request, task.covered(), Optional.of(carries(task)));
        }
        Optional<RecordedTask> ended =
                Optional.ofNullable(id).flatMap(history::refreshTask).filter(seen -> !Task.isRunning(seen.status()));
        if (ended.isPresent()) {
            Zones zones = Zones.refreshed(ended.get().zones());
            return new OwnRefresh(
                    request, zones, Optional.of(ended.get().status().equals("done")));
        }
        String zone = request.body().path("zone").asText("");
        return new OwnRefresh(request, zone.isEmpty() ? Zones.ALL : Zones.of(zone), Optional.empty());
    }

    private static boolean carries(Task task) {
        return task.isRunning() || "done".equals(task.status());
    }

    /** What became of this call in this zone. */
    Verdict of(RecordedHistory.Write write, String zone) {
        List<Verdict> verdicts = Stream.concat(
                        own.stream()
                                .filter(refresh -> refresh.zones().covers(zone))
                                .map(refresh -> carried(write, refresh)),
                        others.stream()
                                .filter(task -> task.covered().covers(zone))
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

    private static Verdict carried(RecordedHistory.Write write, OwnRefresh refresh) {
        RecordedHistory.Write request = refresh.request();
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

    private Verdict carried(RecordedHistory.Write write, Task task) {
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

    /** A refresh that an entry has seen at its beginning is older than all calls that were recorded later. */
    private boolean wasSeenBefore(Task task, RecordedHistory.Write write) {
        return sightings.stream()
                .filter(sighting -> sighting.at().isBefore(write.sentAt()))
                .anyMatch(sighting -> sighting.refreshes().contains(task.id()));
    }
}
