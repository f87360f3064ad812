package io.jenkins.plugins.iplb.jenkins.overview;

import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.api.Zones;
import io.jenkins.plugins.iplb.jenkins.readings.KnownLoadBalancer;
import io.jenkins.plugins.iplb.refresh.Waiting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A refresh under way, or one that was when it was last looked, as the page shows it. */
public final class ShownRefresh {
    private final long id;
    private final Zones zones;
    private final Integer percent;

    private ShownRefresh(long id, Zones zones, Integer percent) {
        this.id = id;
        this.zones = zones;
        this.percent = percent;
    }

    /**
     * A refresh that a build waits for was read later than all else, and OVH runs one at a time.
     *
     * @param old whether the state is not as of now
     */
    static List<ShownRefresh> underWay(Optional<KnownLoadBalancer.State> state, boolean old, List<Waiting> waiting) {
        Map<Long, ShownRefresh> awaited = new TreeMap<>();
        waiting.forEach(each -> awaited(each).ifPresent(refresh -> awaited.put(refresh.id, refresh)));
        return awaited.isEmpty()
                ? state.stream()
                        .flatMap(read -> read.refreshes().stream())
                        .filter(Task::isRunning)
                        .map(task -> new ShownRefresh(task.id(), task.covered(), old ? null : task.progress()))
                        .toList()
                : List.copyOf(awaited.values());
    }

    private static Optional<ShownRefresh> awaited(Waiting waiting) {
        return waiting.state()
                .watched()
                .map(task -> new ShownRefresh(
                        task.id(),
                        Zones.refreshed(task.zones()),
                        waiting.percent().orElse(0)));
    }

    public String getId() {
        return Long.toString(id);
    }

    public String getTitle() {
        if (percent == null) {
            return zones.isAll()
                    ? Messages.ShownRefresh_WasEverywhere(getId())
                    : Messages.ShownRefresh_WasOf(getId(), zones.toString());
        }
        return zones.isAll()
                ? Messages.ShownRefresh_Everywhere(getId())
                : Messages.ShownRefresh_Of(getId(), zones.toString());
    }

    /** Null when that is not known any more. */
    public Integer getPercent() {
        return percent;
    }
}
