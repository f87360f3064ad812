package io.jenkins.plugins.iplb.sandbox.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import java.time.Duration;
import java.time.Instant;

/**
 * A {@code genericMoveFloatingIp} task.
 *
 * @param destination a service name; null = parked
 * @param lag how long after its end the IP still shows where it was
 * @param settled its end has been carried out
 */
public record IpMove(long id, String destination, Timeline timeline, Duration lag, boolean settled) {
    public static final String FUNCTION = "genericMoveFloatingIp";

    /** A state file of an earlier version has no lag. */
    public IpMove {
        lag = lag == null ? Duration.ZERO : lag;
    }

    /** Whether its end is to be seen. */
    boolean shows(Instant now) {
        return timeline.over(now) && !now.isBefore(timeline.end().plus(lag));
    }

    IpMove asSettled() {
        return new IpMove(id, destination, timeline, lag, true);
    }

    IpMove on(Timeline other) {
        return new IpMove(id, destination, other, lag, settled);
    }

    public boolean running(Instant now) {
        return !timeline.over(now);
    }

    public String status(Instant now) {
        return switch (timeline.phase(now)) {
            case INIT -> "init";
            case TODO, BLOCKED -> "todo";
            case DOING -> "doing";
            case DONE -> "done";
            case FAILED ->
                switch (timeline.ending()) {
                    case cancelled -> "cancelled";
                    case customerError -> "customerError";
                    default -> "ovhError";
                };
        };
    }

    public ObjectNode show(Instant now) {
        ObjectNode shown = Json.object();
        shown.put("taskId", id);
        shown.put("function", FUNCTION);
        shown.put("status", status(now));
        shown.put("startDate", Json.date(timeline.start()));
        shown.put("lastUpdate", Json.date(timeline.over(now) ? timeline.end() : now));
        shown.put("doneDate", timeline.over(now) ? Json.date(timeline.end()) : null);
        boolean failed = timeline.phase(now) == Timeline.Phase.FAILED;
        shown.put("comment", failed ? "The move was not carried out (" + timeline.ending() + ")" : null);
        shown.putObject("destination").put("serviceName", destination);
        return shown;
    }
}
