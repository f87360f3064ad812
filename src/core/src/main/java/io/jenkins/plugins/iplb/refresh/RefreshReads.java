package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Refreshes;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.api.Zones;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.run.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the gates of a load balancer read of it at one moment. Each thing is read once, by the first run that needs it, and
 * serves all: what OVH answers is the same for all, and so is that it gives no answer. A failure that concerns only the
 * run that asked, such as a missing right or a passed deadline, is not kept.
 */
final class RefreshReads {
    private final String service;
    private final Memo<List<Task>> tasks = new Memo<>();
    private final Memo<Set<Long>> taskIds = new Memo<>();
    private final Map<Long, Memo<Optional<Task>>> taskById = new HashMap<>();
    private final Memo<List<PendingChange>> pending = new Memo<>();
    private final Memo<Snapshot> snapshot = new Memo<>();
    private final Memo<LoadBalancer> loadBalancer = new Memo<>();
    private final Memo<Preflight> preflight = new Memo<>();
    private final Memo<ExplainedChanges> explained = new Memo<>();
    private final Map<List<PendingChange>, RefreshPlan> plans = new ConcurrentHashMap<>();

    RefreshReads(String service) {
        this.service = service;
    }

    /** @param ahead the load balancer as it will be when it is refreshed */
    static RefreshReads ahead(Snapshot ahead) {
        RefreshReads reads = new RefreshReads(ahead.service());
        reads.snapshot.put(ahead);
        return reads;
    }

    List<Task> tasks(Run asker) {
        return tasks.get(refreshes(asker)::tasks);
    }

    /** The tasks that there were before any that these gates have started since. */
    Set<Long> taskIds(Run asker) {
        return taskIds.get(() -> tasks(asker).stream().map(Task::id).collect(Collectors.toUnmodifiableSet()));
    }

    Optional<Task> task(Run asker, long id) {
        return taskById.computeIfAbsent(id, key -> new Memo<>())
                .get(() -> refreshes(asker).task(id));
    }

    List<PendingChange> pending(Run asker) {
        return pending.get(refreshes(asker)::pending);
    }

    /** What was read of it already. */
    Optional<List<PendingChange>> knownPending() {
        return pending.known();
    }

    /** As it is after what was read. */
    List<PendingChange> pendingNow(Run asker) {
        pending.put(refreshes(asker).pending());
        return pending(asker);
    }

    LoadBalancer loadBalancer(Run asker) {
        return ofConfiguration(asker, loadBalancer, Snapshot::loadBalancer);
    }

    Preflight preflight(Run asker) {
        Preflight checked = ofConfiguration(asker, preflight, Preflight::of);
        loadBalancer.put(checked.loadBalancer());
        return checked;
    }

    /**
     * All that was found; empty when no gate has looked whether it can be refreshed.
     *
     * @param arrivals how many gates had arrived before what is staged was read
     */
    Optional<Findings> findings(long arrivals) {
        return pending.known()
                .flatMap(staged -> preflight
                        .known()
                        .flatMap(checked -> taskIds.known()
                                .map(refreshes -> new Findings(
                                        staged, arrivals, refreshes, checked.warnings(), explained.known(), plans))));
    }

    /** Whose the pending changes are, as far as the records tell that the asker knows. */
    ExplainedChanges explained(Run asker) {
        List<PendingChange> changes = pending(asker);
        List<Task> refreshes = tasks(asker);
        return ofConfiguration(
                asker,
                explained,
                lb -> ExplainedChanges.of(
                        lb,
                        asker.known(),
                        changes,
                        refreshes,
                        asker.deadline().clock().instant()));
    }

    /** The zones of the load balancer, if anybody has asked for it; else none. */
    Zones owned() {
        return loadBalancer.known().map(known -> Zones.of(known.zones())).orElse(Zones.NONE);
    }

    /** Starts a refresh, which is among the tasks from now on. */
    Task start(Run asker, Zones zones) {
        Task task = refreshes(asker).start(zones);
        List<Task> all = new ArrayList<>(tasks(asker));
        all.add(task);
        tasks.put(List.copyOf(all));
        return task;
    }

    private <T> T ofConfiguration(Run asker, Memo<T> memo, Function<Snapshot, T> read) {
        Snapshot shared = snapshot.get(() -> new Snapshot(asker.ovh(), service));
        try {
            return memo.get(() -> read.apply(shared));
        } catch (RuntimeException e) {
            // The snapshot reads by the session of the run that failed: the next run reads by its own.
            snapshot.forget();
            throw e;
        }
    }

    private Refreshes refreshes(Run asker) {
        return new Refreshes(asker.ovh(), service);
    }

    /** A value once it is read, or that OVH gave no answer. */
    private static final class Memo<T> {
        private T value;
        private IplbException noAnswer;

        T get(Supplier<T> read) {
            if (noAnswer != null) {
                throw noAnswer;
            }
            if (value != null) {
                return value;
            }
            try {
                value = read.get();
                return value;
            } catch (IplbException e) {
                if (e.kind() == FailureKind.UNAVAILABLE) {
                    noAnswer = e;
                }
                throw e;
            }
        }

        Optional<T> known() {
            return Optional.ofNullable(value);
        }

        void put(T known) {
            value = known;
            noAnswer = null;
        }

        void forget() {
            value = null;
        }
    }
}
