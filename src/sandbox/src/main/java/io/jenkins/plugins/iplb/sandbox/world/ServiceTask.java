package io.jenkins.plugins.iplb.sandbox.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import java.time.Instant;
import java.util.List;

/** What goes on about a load balancer, as its list of tasks has it. */
public sealed interface ServiceTask permits CertificateOrder, RefreshTask {
    long id();

    /** OVH's word for what it does. */
    String action();

    /** The zones it concerns. */
    List<String> zones();

    Timeline timeline();

    default boolean running(Instant now) {
        return !timeline().over(now);
    }

    default String status(Instant now) {
        return switch (timeline().phase(now)) {
            case INIT, TODO -> "todo";
            case BLOCKED -> "blocked";
            case DOING -> "doing";
            case DONE -> "done";
            case FAILED -> timeline().ending() == TaskEnding.cancelled ? "cancelled" : "error";
        };
    }

    default ObjectNode show(Instant now) {
        ObjectNode shown = Json.object();
        shown.put("id", id());
        shown.put("action", action());
        shown.put("status", status(now));
        shown.put("progress", timeline().progress(now));
        shown.set("zones", Json.of(zones()));
        shown.put("creationDate", Json.date(timeline().start()));
        shown.put("doneDate", timeline().over(now) ? Json.date(timeline().end()) : null);
        return shown;
    }
}
