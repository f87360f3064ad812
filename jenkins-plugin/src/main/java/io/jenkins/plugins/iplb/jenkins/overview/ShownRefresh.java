package io.jenkins.plugins.iplb.jenkins.overview;

import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.refresh.Waiting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A refresh under way, as the page shows it. */
public final class ShownRefresh {
    private final long id;
    private final List<String> zones;
    private final int percent;

    private ShownRefresh(long id, List<String> zones, int percent) {
        this.id = id;
        this.zones = zones;
        this.percent = percent;
    }

    /** What somebody waits for has been seen later than all else. */
    static List<ShownRefresh> underWay(Optional<Sight> sight, List<Waiting> waiting) {
        Map<Long, ShownRefresh> refreshes = new TreeMap<>();
        sight.stream()
                .flatMap(seen -> seen.refreshes().stream())
                .filter(Task::isRunning)
                .forEach(task -> refreshes.put(task.id(), new ShownRefresh(task.id(), task.zones(), task.progress())));
        for (Waiting each : waiting) {
            Long watched = each.state().turn().watched();
            each.state().tasks().stream()
                    .filter(task -> watched != null && task.id() == watched)
                    .forEach(task -> refreshes.put(
                            task.id(),
                            new ShownRefresh(
                                    task.id(), task.zones(), each.percent().orElse(0))));
        }
        return List.copyOf(refreshes.values());
    }

    public String getId() {
        return Long.toString(id);
    }

    public String getTitle() {
        return zones.isEmpty()
                ? Messages.ShownRefresh_Everywhere(getId())
                : Messages.ShownRefresh_Of(getId(), String.join(", ", zones));
    }

    public int getPercent() {
        return percent;
    }
}
