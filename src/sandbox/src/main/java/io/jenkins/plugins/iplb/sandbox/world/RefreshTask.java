package io.jenkins.plugins.iplb.sandbox.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import java.time.Instant;
import java.util.List;

/**
 * A {@code refreshIplb} task.
 *
 * @param staged what was staged when it started, and so what it deploys
 * @param lastChange the number of the newest change it carries; later ones stay pending
 * @param settled its end has been carried out
 */
public record RefreshTask(
        long id, List<String> zones, Timeline timeline, Configuration staged, long lastChange, boolean settled) {
    public static final String ACTION = "refreshIplb";

    RefreshTask asSettled() {
        return new RefreshTask(id, zones, timeline, staged, lastChange, true);
    }

    RefreshTask cancelled(Instant now) {
        return new RefreshTask(id, zones, timeline.cancelled(now), staged, lastChange, settled);
    }

    public boolean running(Instant now) {
        return !timeline.over(now);
    }

    public String status(Instant now) {
        return switch (timeline.phase(now)) {
            case INIT, TODO -> "todo";
            case BLOCKED -> "blocked";
            case DOING -> "doing";
            case DONE -> "done";
            case FAILED -> timeline.ending() == TaskEnding.cancelled ? "cancelled" : "error";
        };
    }

    public ObjectNode show(Instant now) {
        ObjectNode shown = Json.object();
        shown.put("id", id);
        shown.put("action", ACTION);
        shown.put("status", status(now));
        shown.put("progress", timeline.progress(now));
        shown.set("zones", Json.of(zones));
        shown.put("creationDate", Json.date(timeline.start()));
        shown.put("doneDate", timeline.over(now) ? Json.date(timeline.end()) : null);
        return shown;
    }
}
