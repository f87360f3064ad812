package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.api.Refreshes;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.run.Run;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What became of the refresh that a run had asked for when it died, where nothing but its entry in the record is left of
 * it. Whoever goes on with that entry looks anew whether there is anything to refresh; this is for the truth of the
 * record only.
 */
public final class Aftermath {
    private final Run run;
    private final String service;
    private final RecordedCall request;
    private final Set<Long> known = new HashSet<>();

    private Aftermath(Run run, RecordedEntry entry) {
        this.run = run;
        this.service = entry.service();
        this.request = entry.calls().get(entry.calls().size() - 1);
        entry.before().path(Announcement.REFRESHES).forEach(id -> known.add(id.asLong()));
        entry.calls().stream()
                .map(RecordedCall::taskId)
                .filter(Objects::nonNull)
                .forEach(known::add);
    }

    /** Empty for a run that goes on with nothing, or with an entry that never came to a request. */
    public static Optional<Aftermath> of(Run run) {
        return run.earlier().filter(entry -> !entry.calls().isEmpty()).map(entry -> new Aftermath(run, entry));
    }

    /** Says of the request whether it had its effect. */
    public void settle() {
        run.settle(started().isPresent());
    }

    /** Says of the refresh how it ended, as far as it has. */
    public void follow() {
        started().ifPresent(task -> RefreshState.TaskSeen.of(task).record(run));
    }

    /** The first one since the request was made ready that does what it asked for. */
    private Optional<Task> started() {
        return new Refreshes(run.ovh(), service)
                .tasks().stream()
                        .filter(this::isOfTheRequest)
                        .min(Comparator.comparing(Task::creationDate).thenComparing(Task::id));
    }

    private boolean isOfTheRequest(Task task) {
        if (request.taskId() != null) {
            return request.taskId() == task.id();
        }
        String zone =
                request.body() == null ? null : request.body().path("zone").textValue();
        return !known.contains(task.id())
                && (zone == null || task.zones().isEmpty() || task.zones().contains(zone));
    }
}
