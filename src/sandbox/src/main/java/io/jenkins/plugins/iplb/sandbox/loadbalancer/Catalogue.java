package io.jenkins.plugins.iplb.sandbox.loadbalancer;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.schema.IpBlocks;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What {@code availableRouteRules}, {@code availableRouteActions} and {@code availableFarmProbes} answer, and the checks
 * that follow from it. OVH publishes the form of these three, not their content; the content here is collected from its
 * guides.
 */
final class Catalogue {
    private final JsonNode rules = load("route-rules.json");
    private final JsonNode actions = load("route-actions.json");
    private final JsonNode probes = load("farm-probes.json");

    JsonNode rules() {
        return rules;
    }

    JsonNode actions() {
        return actions;
    }

    JsonNode probes() {
        return probes;
    }

    /** @throws ApiError 400 for a rule that availableRouteRules does not offer */
    void checkRule(Item rule) {
        String field = rule.text("field");
        String match = rule.text("match");
        JsonNode offered = find(rules, rule.kind().protocol().name(), field)
                .orElseThrow(() -> ApiError.badRequest("Field '" + field + "' is not available for "
                        + rule.kind().protocol() + " rules"));
        if (!contains(offered.path("matches"), match)) {
            throw ApiError.badRequest("Match '" + match + "' is not available for field '" + field + "'");
        }
        if (offered.path("hasSubField").asBoolean() != rule.fields().hasNonNull("subField")) {
            throw ApiError.badRequest("Field '" + field + "' "
                    + (offered.path("hasSubField").asBoolean() ? "needs a subField" : "takes no subField"));
        }
        checkPattern(field, match, offered, rule.fields().path("pattern").textValue());
    }

    /** @throws ApiError 400 for an action that availableRouteActions does not offer */
    void checkAction(Item route) {
        JsonNode action = route.fields().path("action");
        String type = action.path("type").asText();
        JsonNode offered = find(actions, route.kind().protocol().name(), type)
                .orElseThrow(() -> ApiError.badRequest("Action '" + type + "' is not available for "
                        + route.kind().protocol() + " routes"));
        if (offered.hasNonNull("destination") != action.hasNonNull("target")) {
            throw ApiError.badRequest("Action '" + type + "' "
                    + (offered.hasNonNull("destination") ? "needs a target" : "takes no target"));
        }
        if (action.hasNonNull("status")
                && !contains(offered.path("status"), action.path("status").asText())) {
            throw ApiError.badRequest(
                    "Status " + action.path("status") + " is not available for action '" + type + "'");
        }
    }

    /** @throws ApiError 400 for a probe that availableFarmProbes does not offer */
    void checkProbe(Item farm) {
        JsonNode probe = farm.fields().path("probe");
        String type = probe.path("type").asText("tcp");
        String match = probe.path("match").asText("default");
        JsonNode offered = StreamSupport.stream(probes.spliterator(), false)
                .filter(entry -> entry.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow(() -> ApiError.badRequest("Probe type '" + type + "' is not available"));
        if (!contains(offered.path("matches"), match)) {
            throw ApiError.badRequest("Match '" + match + "' is not available for probe type '" + type + "'");
        }
        if (probe.path("negate").asBoolean() && match.equals("default")) {
            throw ApiError.badRequest("A probe can not negate without a match");
        }
        if (probe.path("negate").asBoolean() && !contains(offered.path("negatableMatches"), match)) {
            throw ApiError.badRequest("Match '" + match + "' can not be negated for probe type '" + type + "'");
        }
    }

    private static void checkPattern(String field, String match, JsonNode offered, String pattern) {
        if (match.equals("exists")) {
            return;
        }
        if (pattern == null || pattern.isEmpty()) {
            throw ApiError.badRequest("Match '" + match + "' needs a pattern");
        }
        String[] values = match.equals("in") ? pattern.split(",", -1) : new String[] {pattern};
        boolean fits = Arrays.stream(values).map(String::trim).allMatch(value -> switch (offered.path("pattern")
                .asText()) {
            case "enum" -> contains(offered.path("enum"), value);
            case "cidr" -> IpBlocks.isBlock(value);
            default -> true;
        });
        if (!fits) {
            throw ApiError.badRequest("Pattern '" + pattern + "' is not valid for field '" + field + "'");
        }
    }

    private static Optional<JsonNode> find(JsonNode list, String protocol, String name) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(entry -> entry.path("type").asText().equals(protocol)
                        && entry.path("name").asText().equals(name))
                .findFirst();
    }

    private static boolean contains(JsonNode list, String value) {
        return StreamSupport.stream(list.spliterator(), false)
                .anyMatch(entry -> entry.asText().equals(value));
    }

    private static JsonNode load(String resource) {
        try (InputStream in = Catalogue.class.getResourceAsStream(resource)) {
            return Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
