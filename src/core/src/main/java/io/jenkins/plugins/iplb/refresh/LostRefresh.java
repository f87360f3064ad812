package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.api.Refreshes;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.api.Zones;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.run.Run;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A refresh of which nothing is left but the entry in the record: its run died, and no state of its gate was kept. Whoever
 * goes on with the entry looks anew whether there is anything to refresh, and so refreshes once; who is to refresh whatever
 * is pending goes on with what was started.
 */
public final class LostRefresh {
    private final Run run;
    private final RecordedEntry entry;
    private final RecordedCall request;
    private final Set<Long> known = new HashSet<>();

    private LostRefresh(Run run, RecordedEntry entry) {
        this.run = run;
        this.entry = entry;
        this.request = entry.calls().get(entry.calls().size() - 1);
        RefreshPlan.refreshesBefore(entry).ifPresent(known::addAll);
        entry.calls().stream()
                .map(RecordedCall::taskId)
                .filter(Objects::nonNull)
                .forEach(known::add);
    }

    /** Empty for a run that goes on with nothing, or with an entry that never came to a request. */
    public static Optional<LostRefresh> of(Run run) {
        return run.earlier().filter(entry -> !entry.calls().isEmpty()).map(entry -> new LostRefresh(run, entry));
    }

    /** Records whether the request had its effect. */
    public void settle() {
        run.settle(started().isPresent());
    }

    /**
     * Where a gate goes on that is to refresh whatever is pending; empty when nothing was started, neither for its last
     * request nor for one before it.
     */
    public Optional<RefreshState> left(RefreshRequest wanted, Instant deadline) {
        if (!wanted.force()) {
            return Optional.empty();
        }
        RefreshState ready = RefreshState.start(wanted, deadline)
                .looked(RefreshPlan.pendingBefore(entry))
                .toRequest(known, left(wanted.zones()));
        return started()
                .map(ready::toWatch)
                .or(() -> entry.calls().stream().anyMatch(RecordedCall::hadEffect)
                        ? Optional.of(ready)
                        : Optional.empty());
    }

    /** The zone of the request, and those that come after it. */
    private Zones left(Zones wanted) {
        return zone().map(zone -> Zones.of(wanted.names().stream()
                        .dropWhile(name -> !name.equals(zone))
                        .toList()))
                .orElse(Zones.ALL);
    }

    /** Records how the refresh ended, as far as it has. */
    public void follow() {
        started().ifPresent(task -> RefreshState.TaskSeen.of(task).record(run));
    }

    /** The first task since the request was made ready that does what it asked for. */
    private Optional<Task> started() {
        return new Refreshes(run.ovh(), entry.service())
                .tasks().stream()
                        .filter(this::isOfTheRequest)
                        .min(Comparator.comparing(Task::creationDate, Comparator.nullsLast(Comparator.naturalOrder()))
                                .thenComparing(Task::id));
    }

    private boolean isOfTheRequest(Task task) {
        if (request.taskId() != null) {
            return request.taskId() == task.id();
        }
        return !known.contains(task.id())
                && zone().map(zone -> task.covered().covers(Zones.of(zone))).orElse(true);
    }

    /** Empty for all of them. */
    private Optional<String> zone() {
        return Optional.ofNullable(request.body()).map(body -> body.path("zone").textValue());
    }
}
