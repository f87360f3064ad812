package io.jenkins.plugins.iplb.sandbox.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The Java API's vocabulary as JSON, for other processes. A fault:
 *
 * <pre>{"method":"POST","path":"/ipLoadbalancing/*&#47;refresh","times":1,"probability":1,"delayMillis":0,"act":"cutAfterEffect"}</pre>
 *
 * with, for acts {@code status} and {@code statusAfterEffect}: {@code status}, {@code headers}, {@code contentType},
 * {@code body}; for {@code slowBody}: {@code paceMillis}. Switches: {@code expandedLists}, {@code batch},
 * {@code clockSkewSeconds}, {@code nextTaskEndsIn}, {@code seed}, {@code storm} (a share, with its {@code seed}). Several of them may come in one object or in a list of objects.
 */
public final class FaultScript {
    private final Faults faults;

    public FaultScript(Faults faults) {
        this.faults = faults;
    }

    /** @throws ApiError 400 for a script that makes no sense */
    public void run(JsonNode script) {
        try {
            if (script.isArray()) {
                script.forEach(this::step);
            } else {
                step(script);
            }
        } catch (IllegalArgumentException e) {
            throw ApiError.badRequest(e.getMessage());
        }
    }

    private void step(JsonNode step) {
        if (step.has("seed")) {
            faults.seed(step.path("seed").asLong());
        }
        if (step.has("expandedLists")) {
            faults.expandedLists(step.path("expandedLists").asBoolean());
        }
        if (step.has("batch")) {
            faults.batch(step.path("batch").asBoolean());
        }
        if (step.has("clockSkewSeconds")) {
            faults.clockSkew(Duration.ofSeconds(step.path("clockSkewSeconds").asLong()));
        }
        if (step.has("nextTaskEndsIn")) {
            faults.nextTaskEndsIn(TaskEnding.valueOf(step.path("nextTaskEndsIn").asText()));
        }
        if (step.has("storm")) {
            faults.storm(step.path("seed").asLong(1), step.path("storm").asDouble());
        }
        if (step.has("path")) {
            arm(step);
        }
    }

    private void arm(JsonNode step) {
        Duration delay = Duration.ofMillis(step.path("delayMillis").asLong(0));
        FaultBuilder fault = faults.on(
                        step.path("method").asText("*"), step.path("path").asText())
                .times(step.path("times").asInt(Integer.MAX_VALUE))
                .probability(step.path("probability").asDouble(1))
                .delayed(delay);
        Misbehaviour.Act act = Misbehaviour.Act.valueOf(step.path("act").asText("none"));
        switch (act) {
            case status, statusAfterEffect -> {
                if (act == Misbehaviour.Act.statusAfterEffect) {
                    fault.afterEffect();
                }
                int status = step.path("status").asInt(503);
                if (step.has("body") || step.has("headers")) {
                    Map<String, String> headers = new HashMap<>();
                    step.path("headers")
                            .properties()
                            .forEach(header -> headers.put(
                                    header.getKey(), header.getValue().asText()));
                    fault.status(
                            status,
                            headers,
                            step.path("contentType").asText("application/json"),
                            step.path("body").asText());
                } else {
                    fault.status(status);
                }
            }
            case slowBody ->
                fault.slowBody(Duration.ofMillis(step.path("paceMillis").asLong(10)));
            default -> fault.act(act);
        }
    }
}
