package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Refreshes;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.run.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A load balancer at one moment, for all gates that look at it then. Each thing is asked for once, by the first who
 * needs it: what OVH answers is the same for all, and so is that it gives no answer. What concerns only the one who
 * asked, such as a missing right or a passed deadline, is not kept from the next.
 */
final class Look {
    private static final String TASKS = "tasks";
    private static final String CONFIGURATION = "configuration";
    private static final String LOAD_BALANCER = "load balancer";

    private final String service;
    private final Round round;
    private final LongSupplier arrivals;
    private final Map<String, Object> seen = new HashMap<>();
    private boolean refreshAsked;
    private Started started;

    /**
     * @param started before this look
     * @param arrivals how many have come until now
     */
    Look(String service, Round round, Started started, LongSupplier arrivals) {
        this.service = service;
        this.round = round;
        this.started = started;
        this.arrivals = arrivals;
    }

    /** A look that nobody shares. */
    static Look alone(String service, RefreshState... here) {
        return new Look(service, Round.of(List.of(here), List.of(), true), Started.NONE, () -> 0);
    }

    Round round() {
        return round;
    }

    List<Task> tasks(Run asker) {
        return once(TASKS, refreshes(asker)::tasks);
    }

    /** The tasks that there are: a task that is none of them is newer than this look. */
    Set<Long> taskIds(Run asker) {
        return once("task ids", () -> tasks(asker).stream().map(Task::id).collect(Collectors.toUnmodifiableSet()));
    }

    Optional<Task> task(Run asker, long id) {
        return once("task " + id, () -> refreshes(asker).task(id));
    }

    List<PendingChange> pending(Run asker) {
        return once("pending changes", refreshes(asker)::pending);
    }

    LoadBalancer loadBalancer(Run asker) {
        return ofConfiguration(asker, LOAD_BALANCER, Snapshot::loadBalancer);
    }

    Preflight preflight(Run asker) {
        Preflight preflight = ofConfiguration(asker, "pre-flight", Preflight::of);
        seen.put(LOAD_BALANCER, preflight.loadBalancer());
        return preflight;
    }

    /** What a refresh is to make of these: one and the same for all who have them before them, since each run keeps it. */
    Announcement announcement(Run asker, List<PendingChange> pending) {
        return once("announcement of " + pending, () -> Announcement.of(pending, taskIds(asker)));
    }

    /** Whose the pending changes are, as far as the records tell that the asker knows. */
    ExplainedChanges explained(Run asker) {
        List<PendingChange> pending = pending(asker);
        List<Task> refreshes = tasks(asker);
        return ofConfiguration(
                asker,
                "explained changes",
                lb -> ExplainedChanges.of(
                        lb,
                        asker.known(),
                        pending,
                        refreshes,
                        asker.deadline().clock().instant()));
    }

    /** The zones of the load balancer, if anybody has asked for it. */
    Optional<List<String>> owned() {
        return seen.get(LOAD_BALANCER) instanceof LoadBalancer known ? Optional.of(known.zones()) : Optional.empty();
    }

    /** Whether a refresh has been asked for since this look: one try serves all, or tells all to look again. */
    boolean refreshAsked() {
        return refreshAsked;
    }

    /** The last refresh that this process has asked for, this look included. */
    Started started() {
        return started;
    }

    Task refresh(Run asker, RefreshState state) {
        refreshAsked = true;
        String zone = round.zone(state);
        long carried = arrivals.getAsLong();
        Task task = refreshes(asker).start(Optional.of(zone).filter(each -> !each.equals(RefreshState.EVERYWHERE)));
        started = new Started(task.id(), carried);
        List<Task> all = new ArrayList<>(tasks(asker));
        all.add(task);
        seen.put(TASKS, List.copyOf(all));
        return task;
    }

    private <T> T ofConfiguration(Run asker, String what, Function<Snapshot, T> read) {
        Snapshot snapshot = once(CONFIGURATION, () -> new Snapshot(asker.ovh(), service));
        try {
            return once(what, () -> read.apply(snapshot));
        } catch (RuntimeException e) {
            // It reads as the one who failed: the next one reads as himself.
            seen.remove(CONFIGURATION);
            throw e;
        }
    }

    private Refreshes refreshes(Run asker) {
        return new Refreshes(asker.ovh(), service);
    }

    @SuppressWarnings("unchecked")
    private <T> T once(String what, Supplier<T> read) {
        Object known = seen.get(what);
        if (known instanceof IplbException noAnswer) {
            throw noAnswer;
        }
        if (known != null) {
            return (T) known;
        }
        try {
            T value = read.get();
            seen.put(what, value);
            return value;
        } catch (IplbException e) {
            if (e.kind() == FailureKind.UNAVAILABLE) {
                seen.put(what, e);
            }
            throw e;
        }
    }
}
