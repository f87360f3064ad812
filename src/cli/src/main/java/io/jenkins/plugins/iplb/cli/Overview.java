package io.jenkins.plugins.iplb.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A load balancer in words: what is on it, where the traffic goes, and under which rules. */
final class Overview {
    private final JsonNode lb;
    private final List<String> lines = new ArrayList<>();

    private Overview(JsonNode lb) {
        this.lb = lb;
    }

    /** @param lb the result of {@code show} */
    static List<String> of(JsonNode lb) {
        Overview overview = new Overview(lb);
        overview.service();
        overview.frontends();
        overview.detachedRoutes();
        overview.farms();
        return overview.lines;
    }

    private void service() {
        lines.add("%s%s is %s"
                .formatted(
                        lb.path("serviceName").asText(),
                        name(lb),
                        lb.path("state").asText()));
        lines.add("  zones: " + Outline.text(lb.path("zones")));
        tell("  vRack: ", lb.path("vrackName"));
        JsonNode pending = lb.path("pendingChanges");
        lines.add("  pending changes: " + (pending.isEmpty() ? "none" : Outline.text(pending)));
        tell("  refreshes under way: ", lb.path("runningTasks"));
        tell("  failover IPs: ", lb.path("failoverIps"));
        lb.path("natIps")
                .forEach(each -> lines.add("  calls its servers in %s from: %s"
                        .formatted(each.path("zone").asText(), Outline.text(each.path("ip")))));
        lb.path("status")
                .properties()
                .forEach(each -> health(each.getKey(), each.getValue().path("status")));
        lb.path("certificates")
                .forEach(each -> lines.add("  certificate %d%s: %s, for %s, until %s"
                        .formatted(
                                each.path("id").longValue(),
                                name(each),
                                each.path("subject").asText(),
                                Outline.text(each.path("san")),
                                each.path("expireDate").asText())));
    }

    /** Only what is not well. */
    private void health(String objects, JsonNode counts) {
        String unwell = Stream.of("warn", "error", "unknown")
                .filter(status -> counts.path(status).intValue() > 0)
                .map(status -> counts.path(status).intValue() + " " + status)
                .collect(Collectors.joining(", "));
        if (!unwell.isEmpty()) {
            lines.add("  %s: %d ok, %s".formatted(objects, counts.path("ok").intValue(), unwell));
        }
    }

    private void tell(String label, JsonNode value) {
        if (Outline.says(value)) {
            lines.add(label + Outline.text(value));
        }
    }

    private void frontends() {
        lb.path("frontends")
                .properties()
                .forEach(family -> family.getValue().forEach(frontend -> {
                    String protocol = family.getKey();
                    long id = frontend.path("frontendId").longValue();
                    lines.add("  %s frontend %d%s: %s%s"
                            .formatted(protocol, id, name(frontend), frontend(frontend), leadsTo(protocol, frontend)));
                    routes(protocol)
                            .filter(route -> route.path("frontendId").longValue() == id)
                            .forEach(route -> lines.add("    " + route(protocol, route)));
                }));
    }

    private static String frontend(JsonNode frontend) {
        List<String> parts = new ArrayList<>();
        parts.add("port " + frontend.path("port").asText());
        parts.add(zone(frontend));
        if (frontend.path("ssl").asBoolean()) {
            parts.add("ssl");
        }
        if (frontend.path("disabled").asBoolean()) {
            parts.add("disabled");
        }
        if (Outline.says(frontend.path("dedicatedIpfo"))) {
            parts.add("only on " + Outline.text(frontend.path("dedicatedIpfo")));
        }
        return String.join(", ", parts);
    }

    private String leadsTo(String protocol, JsonNode frontend) {
        if (Outline.says(frontend.path("redirectLocation"))) {
            return ", redirects to " + frontend.path("redirectLocation").asText();
        }
        JsonNode farm = frontend.path("defaultFarmId");
        return Outline.says(farm) ? ", to " + farm(protocol, farm.asText()) : "";
    }

    private void detachedRoutes() {
        lb.path("routes")
                .fieldNames()
                .forEachRemaining(protocol -> routes(protocol)
                        .filter(route -> !Outline.says(route.path("frontendId")))
                        .forEach(route -> lines.add("  on no frontend: " + protocol + " " + route(protocol, route))));
    }

    private String route(String protocol, JsonNode route) {
        String rules = StreamSupport.stream(route.path("rules").spliterator(), false)
                .map(Overview::rule)
                .collect(Collectors.joining(" and "));
        return "route %d%s: weight %d, %s%s"
                .formatted(
                        route.path("routeId").longValue(),
                        name(route),
                        route.path("weight").intValue(),
                        action(protocol, route.path("action")),
                        rules.isEmpty() ? "" : ", if " + rules);
    }

    private String action(String protocol, JsonNode action) {
        String target = action.path("target").asText();
        String status = Outline.says(action.path("status"))
                ? " with " + action.path("status").asText()
                : "";
        return switch (action.path("type").asText()) {
            case "farm" -> "to " + farm(protocol, target);
            case "redirect" -> "redirects to " + target + status;
            default -> action.path("type").asText() + "s" + status;
        };
    }

    /** In the words of the option {@code --rule}. */
    private static String rule(JsonNode rule) {
        return new RuleSpec(
                        rule.path("field").textValue(),
                        rule.path("subField").textValue(),
                        rule.path("match").textValue(),
                        rule.path("negate").booleanValue(),
                        rule.path("pattern").textValue())
                .toString();
    }

    private void farms() {
        lb.path("farms")
                .properties()
                .forEach(family -> family.getValue().forEach(farm -> {
                    List<String> parts = new ArrayList<>();
                    if (Outline.says(farm.path("port"))) {
                        parts.add("port " + farm.path("port").asText());
                    }
                    parts.add(zone(farm));
                    parts.add("stickiness " + farm.path("stickiness").asText("none"));
                    if (Outline.says(farm.path("vrackNetworkId"))) {
                        parts.add("vRack network " + farm.path("vrackNetworkId").asText());
                    }
                    lines.add("  %s farm %d%s: %s"
                            .formatted(
                                    family.getKey(),
                                    farm.path("farmId").longValue(),
                                    name(farm),
                                    String.join(", ", parts)));
                    farm.path("servers").forEach(server -> {
                        lines.add("    " + server(server));
                        server.path("serverState").forEach(this::state);
                    });
                }));
    }

    /** Why a server is down, where it is. */
    private void state(JsonNode state) {
        if (!state.path("status").asText().startsWith("UP")) {
            String why = Stream.of("checkStatus", "checkCode", "lastCheckContent")
                    .map(state::path)
                    .filter(Outline::says)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(", "));
            lines.add("      instance %d: %s (%s)"
                    .formatted(
                            state.path("instanceId").longValue(),
                            state.path("status").asText(),
                            why));
        }
    }

    private static String server(JsonNode server) {
        List<String> parts = new ArrayList<>();
        parts.add(server.path("status").asText());
        if (Outline.says(server.path("weight"))) {
            parts.add("weight " + server.path("weight").asText());
        }
        if (server.path("backup").asBoolean()) {
            parts.add("backup");
        }
        if (server.path("ssl").asBoolean()) {
            parts.add("ssl");
        }
        String port =
                Outline.says(server.path("port")) ? ":" + server.path("port").asText() : "";
        return "server %d%s: %s%s, %s"
                .formatted(
                        server.path("serverId").longValue(),
                        name(server),
                        server.path("address").asText(),
                        port,
                        String.join(", ", parts));
    }

    private String farm(String protocol, String id) {
        String name = StreamSupport.stream(lb.path("farms").path(protocol).spliterator(), false)
                .filter(farm -> farm.path("farmId").asText().equals(id))
                .map(Overview::name)
                .findFirst()
                .orElse("");
        return "farm " + id + name;
    }

    private Stream<JsonNode> routes(String protocol) {
        return StreamSupport.stream(lb.path("routes").path(protocol).spliterator(), false);
    }

    private static String zone(JsonNode object) {
        String zone = object.path("zone").asText();
        return zone.equals("all") ? "all zones" : "zone " + zone;
    }

    private static String name(JsonNode object) {
        return Outline.says(object.path("displayName"))
                ? " '" + object.path("displayName").asText() + "'"
                : "";
    }
}
