package io.jenkins.plugins.iplb.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A load balancer of the sandbox that is made, and looked at, past the API, in the form of {@link Wanted}. */
final class SeededState {
    private static final Set<String> FIELDS = Set.of(
            "port",
            "balance",
            "stickiness",
            "status",
            "weight",
            "backup",
            "disabled",
            "ssl",
            "allowedSource",
            "redirectLocation");

    private final ServiceSeed seed;
    private final Map<String, Long> ids = new HashMap<>();

    SeededState(ServiceSeed seed) {
        this.seed = seed;
    }

    Map<String, Long> ids() {
        return ids;
    }

    void make(ObjectNode wanted) {
        wanted.properties().forEach(family -> {
            family.getValue().path("farms").properties().forEach(farm -> farm(family.getKey(), farm));
            family.getValue().path("frontends").properties().forEach(each -> frontend(family.getKey(), each));
        });
    }

    private void farm(String protocol, Map.Entry<String, JsonNode> farm) {
        long id = seed.add(protocol + "/farm", fields(farm.getKey(), farm.getValue()));
        ids.put(protocol + "/farms/" + farm.getKey(), id);
        farm.getValue().path("servers").properties().forEach(server -> {
            Map<String, Object> fields = fields(server.getValue());
            String[] at = server.getKey().split(":");
            fields.put("address", at[0]);
            fields.putIfAbsent("status", "active");
            if (at.length > 1) {
                fields.put("port", Integer.valueOf(at[1]));
            }
            seed.add(protocol + "/server", id, fields);
        });
    }

    private void frontend(String protocol, Map.Entry<String, JsonNode> frontend) {
        Map<String, Object> fields = fields(frontend.getKey(), frontend.getValue());
        if (frontend.getValue().has("farm")) {
            fields.put("defaultFarmId", farmId(protocol, frontend.getValue()));
        }
        long id = seed.add(protocol + "/frontend", fields);
        ids.put(protocol + "/frontends/" + frontend.getKey(), id);
        frontend.getValue().path("routes").properties().forEach(each -> {
            JsonNode action = each.getValue().path("action");
            Map<String, Object> route = fields(each.getValue());
            route.put("frontendId", id);
            if (!each.getKey().startsWith("{")) {
                route.put("displayName", each.getKey());
            }
            ObjectNode does = Json.MAPPER.createObjectNode();
            if (action.has("farm")) {
                does.put("type", "farm").put("target", Long.toString(farmId(protocol, action)));
            } else if (action.has("redirect")) {
                does.put("type", "redirect").set("target", action.get("redirect"));
            } else {
                does.put("type", "reject");
            }
            if (action.has("status")) {
                does.set("status", action.get("status"));
            }
            route.put("action", does);
            long routeId = seed.add(protocol + "/route", route);
            each.getValue()
                    .path("rules")
                    .forEach(rule -> seed.add(
                            protocol + "/rule",
                            routeId,
                            map(RuleSpec.parse("rule", rule.asText()).fields().json())));
        });
    }

    private long farmId(String protocol, JsonNode leading) {
        return ids.get(protocol + "/farms/" + leading.path("farm").asText());
    }

    private static Map<String, Object> fields(String at, JsonNode object) {
        Map<String, Object> fields = fields(object);
        fields.put("displayName", Wanted.name(at));
        fields.put("zone", Wanted.zone(at));
        return fields;
    }

    private static Map<String, Object> fields(JsonNode object) {
        Map<String, Object> fields = map(object);
        fields.keySet().retainAll(FIELDS);
        return fields;
    }

    private static Map<String, Object> map(JsonNode object) {
        Map<String, Object> fields = new TreeMap<>();
        object.properties().forEach(each -> fields.put(each.getKey(), each.getValue()));
        return fields;
    }

    /** How it is. */
    ObjectNode now() {
        ObjectNode now = Json.MAPPER.createObjectNode();
        for (String protocol : List.of("http", "tcp", "udp")) {
            ObjectNode farms = now.withObject("/" + protocol).putObject("farms");
            Map<Long, String> called = new HashMap<>();
            seed.staged(protocol + "/farm").forEach(farm -> {
                called.put(farm.id(), at(farm));
                servers(protocol, farm, seen(farm, farms.putObject(at(farm))).putObject("servers"));
            });
            ObjectNode frontends = now.withObject("/" + protocol).putObject("frontends");
            seed.staged(protocol + "/frontend").forEach(item -> {
                ObjectNode frontend = seen(item, frontends.putObject(at(item)));
                if (item.reference("defaultFarmId") != 0) {
                    frontend.put("farm", called.get(item.reference("defaultFarmId")));
                }
                routes(protocol, item.id(), called, frontend.putObject("routes"));
            });
        }
        return now;
    }

    private void servers(String protocol, Item farm, ObjectNode servers) {
        seed.staged(protocol + "/server").stream()
                .filter(server -> server.parent() == farm.id())
                .forEach(server -> {
                    String port = server.text("port");
                    ObjectNode seen = seen(
                            server,
                            servers.putObject(server.text("address")
                                    + (port.isEmpty() || port.equals("null") ? "" : ":" + port)));
                    seen.remove("port");
                });
    }

    private void routes(String protocol, long frontend, Map<Long, String> farms, ObjectNode routes) {
        if (protocol.equals("udp")) {
            return;
        }
        seed.staged(protocol + "/route").stream()
                .filter(route -> route.reference("frontendId") == frontend)
                .forEach(item -> {
                    ObjectNode route = Json.MAPPER.createObjectNode();
                    ObjectNode action = route.putObject("action");
                    JsonNode does = item.fields().path("action");
                    switch (does.path("type").asText()) {
                        case "farm" -> action.put("farm", farms.get(item.targetFarm()));
                        case "redirect" -> action.set("redirect", does.get("target"));
                        default -> action.put("reject", true);
                    }
                    if (does.path("status").isInt()) {
                        action.set("status", does.get("status"));
                    }
                    if (item.fields().path("weight").asInt() != 0) {
                        route.set("weight", item.fields().get("weight"));
                    }
                    route.set("rules", Json.MAPPER.valueToTree(rules(protocol, item)));
                    boolean named = item.fields().path("displayName").isTextual();
                    routes.set(named ? item.text("displayName") : Wanted.nameless(route), route);
                });
    }

    private Set<String> rules(String protocol, Item route) {
        Set<String> rules = new TreeSet<>();
        seed.staged(protocol + "/rule").stream()
                .filter(rule -> rule.parent() == route.id())
                .forEach(rule -> rules.add(RuleSpec.of(rule.fields()).toString()));
        return rules;
    }

    private static ObjectNode seen(Item item, ObjectNode into) {
        item.fields().properties().stream()
                .filter(field -> FIELDS.contains(field.getKey()))
                .filter(field -> !Wanted.isUsual(field.getValue()))
                .filter(field ->
                        !(field.getKey().equals("weight") && field.getValue().asInt() == 1))
                .filter(field -> !(field.getKey().equals("balance")
                        && field.getValue().asText().equals("roundrobin")))
                .forEach(field -> into.set(field.getKey(), field.getValue()));
        return into;
    }

    private static String at(Item item) {
        return item.text("displayName") + "@" + item.text("zone");
    }
}
