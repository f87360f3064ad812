package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.RouteAction;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.Attributes;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.record.Difference;
import java.util.ArrayList;
import java.util.List;

/**
 * An object as it is next to the same as it was meant to be, in the words in which it is asked for. Each difference leads
 * from the one to the other, as that of a plan does. Both are JSON as OVH has it.
 */
public record Comparison(Snapshot lb, Protocol protocol) {

    /** @param meant what it does not mention is as it is when nothing is said */
    public List<Difference> differences(Attributes attributes, JsonNode now, JsonNode meant) {
        Attributes own = attributes.on(protocol);
        return new Lines(lb, protocol)
                .attributes(own, now, own.asMeant(meant, now))
                .all();
    }

    /** The same of a route with its rules, whose names do not count. */
    public List<Difference> ofRoutes(JsonNode now, JsonNode meant) {
        Lines lines = new Lines(lb, protocol)
                .frontend(number(now.path("frontendId")), number(meant.path("frontendId")))
                .action(action(now), said(action(meant), action(now)))
                .line("weight", now.path("weight").asInt(), meant.path("weight").asInt())
                .line("name", text(now), text(meant));
        List<RuleSpec> missing = rules(meant);
        List<RuleSpec> others = rules(now);
        rules(now).forEach(missing::remove);
        rules(meant).forEach(others::remove);
        others.forEach(rule -> lines.rule(rule, null));
        missing.forEach(rule -> lines.rule(null, rule));
        return lines.all();
    }

    private static Long number(JsonNode value) {
        return value.isIntegralNumber() ? value.longValue() : null;
    }

    private static JsonNode text(JsonNode route) {
        return route.hasNonNull("displayName") ? route.get("displayName") : NullNode.instance;
    }

    private static RouteAction action(JsonNode route) {
        return Json.MAPPER.convertValue(route.path("action"), RouteAction.class);
    }

    /** A status that nobody has asked for is OVH's to choose. */
    private static RouteAction said(RouteAction meant, RouteAction now) {
        return meant.status() == null ? new RouteAction(meant.type(), meant.target(), now.status()) : meant;
    }

    private static List<RuleSpec> rules(JsonNode route) {
        List<RuleSpec> rules = new ArrayList<>();
        route.path("rules").forEach(rule -> rules.add(RuleSpec.of(rule)));
        return rules;
    }
}
