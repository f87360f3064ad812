package io.jenkins.plugins.iplb.sandbox.world;

import java.util.List;

/**
 * A {@code refreshIplb} task.
 *
 * @param staged what was staged when it started, and so what it deploys
 * @param lastChange the number of the newest change it carries; later ones stay pending
 * @param settled its end has been carried out
 */
public record RefreshTask(
        long id, List<String> zones, Timeline timeline, Configuration staged, long lastChange, boolean settled)
        implements ServiceTask {
    public static final String ACTION = "refreshIplb";

    RefreshTask asSettled() {
        return new RefreshTask(id, zones, timeline, staged, lastChange, true);
    }

    RefreshTask on(Timeline other) {
        return new RefreshTask(id, zones, other, staged, lastChange, settled);
    }

    @Override
    public String action() {
        return ACTION;
    }
}
