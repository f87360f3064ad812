package io.jenkins.plugins.iplb.refresh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Json;

/**
 * How the state of a gate is kept: as JSON with a version. A build that waits while the program is updated leaves a state
 * of an earlier version, which is read as well.
 */
final class StoredState {
    private static final int VERSION = 2;

    /** Version 1 did not say which it was. */
    private static final int UNNAMED_VERSION = 1;

    private StoredState() {}

    static String write(RefreshState state) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("version", VERSION);
        json.setAll((ObjectNode) Json.MAPPER.valueToTree(state));
        return json.toString();
    }

    static RefreshState read(String text) {
        try {
            JsonNode json = Json.MAPPER.readTree(text);
            int version = json.path("version").asInt(UNNAMED_VERSION);
            if (version > VERSION) {
                throw new IplbException(
                        FailureKind.UNAVAILABLE,
                        ("a later version of this program has kept where this refresh is (format %d; known here: 1 to %d): "
                                        + "look in the Control Panel whether it is done, and refresh again if it is not")
                                .formatted(version, VERSION));
            }
            return Json.MAPPER.treeToValue(version == UNNAMED_VERSION ? ofVersion1(json) : json, RefreshState.class);
        } catch (JsonProcessingException | ClassCastException e) {
            throw new IllegalArgumentException("Not the state of a refresh gate", e);
        }
    }

    /**
     * In version 1, no zones of a request are all zones, and the phases share one object: {@code turn}, with {@code
     * phase} CHECK, REQUEST, WATCH or OVER, {@code knownTasks}, {@code queue}, {@code watched}, {@code polls} and {@code
     * failures}.
     */
    private static JsonNode ofVersion1(JsonNode old) {
        ObjectNode json = old.deepCopy();
        ObjectNode request = json.withObject("request");
        if (request.path("zones").isEmpty()) {
            request.put("zones", "all");
        }
        JsonNode turn = json.path("turn");
        json.remove("turn");
        json.set("polls", turn.path("polls"));
        json.set("failures", turn.path("failures"));
        json.set("phase", phase(turn, json.remove("pendingAfter")));
        return json;
    }

    private static ObjectNode phase(JsonNode turn, JsonNode pendingAfter) {
        ObjectNode phase = Json.MAPPER.createObjectNode();
        String name = turn.path("phase").asText();
        switch (name) {
            case "CHECK" -> phase.put("name", "preparing");
            case "REQUEST" -> phase.put("name", "requesting");
            case "WATCH" -> phase.put("name", "watching").set("task", turn.path("watched"));
            case "OVER" -> phase.put("name", "over").set("pending", pendingAfter);
            default -> throw new IllegalArgumentException("No phase of a refresh gate: " + name);
        }
        if (name.equals("REQUEST") || name.equals("WATCH")) {
            phase.set("knownTasks", turn.path("knownTasks"));
            phase.set("left", turn.path("queue"));
        }
        return phase;
    }
}
