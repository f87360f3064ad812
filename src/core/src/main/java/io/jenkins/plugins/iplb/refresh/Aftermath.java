package io.jenkins.plugins.iplb.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Refreshes;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.run.Run;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What became of the refresh that a run had asked for when it died, where nothing but its entry in the record is left of
 * it. Whoever goes on with that entry looks anew whether there is anything to refresh; this is for the truth of the
 * record only.
 */
public final class Aftermath {
    /** A request has its effect at once; clocks may be that far apart. */
    private static final Duration AT_ONCE = Duration.ofMinutes(5);

    private final Run run;
    private final String service;
    private final RecordedCall request;
    private final Set<Long> known = new HashSet<>();

    private Aftermath(Run run, String service, RecordedCall request, JsonNode known) {
        this.run = run;
        this.service = service;
        this.request = request;
        known.forEach(id -> this.known.add(id.asLong()));
    }

    /** Empty for a run that goes on with nothing, or with an entry that never came to a request. */
    public static Optional<Aftermath> of(Run run) {
        return run.earlier()
                .filter(entry -> !entry.calls().isEmpty())
                .map(entry -> new Aftermath(
                        run, entry.service(), last(entry), entry.before().path(Announcement.REFRESHES)));
    }

    private static RecordedCall last(RecordedEntry entry) {
        return entry.calls().get(entry.calls().size() - 1);
    }

    /** Says of the request whether it had its effect. */
    public void settle() {
        run.settle(!started().isEmpty());
    }

    /** Says of the refresh how it ended, as far as it has. */
    public void follow() {
        started().forEach(task -> RefreshState.TaskSeen.of(task).record(run));
    }

    private List<Task> started() {
        return new Refreshes(run.ovh(), service)
                .tasks().stream().filter(this::isOfTheRequest).toList();
    }

    private boolean isOfTheRequest(Task task) {
        Duration apart = Duration.between(request.sentAt(), task.creationDate()).abs();
        String zone =
                request.body() == null ? null : request.body().path("zone").textValue();
        return !known.contains(task.id())
                && apart.compareTo(AT_ONCE) <= 0
                && (zone == null || task.zones().isEmpty() || task.zones().contains(zone));
    }
}
