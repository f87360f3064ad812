package io.jenkins.plugins.iplb.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A load balancer of 45 routes with a rule each, 20 farms of 5 servers each, and 2 frontends: as a change file, and as the
 * objects that terraform would have.
 *
 * @param weight of the first server
 */
record ManyRoutes(int weight) {
    private static final int SERVERS = 5;

    private static final List<Family> FAMILIES = List.of(
            new Family("http", 8000, 10, 30, "uri", "startswith", "/"),
            new Family("tcp", 8001, 10, 15, "sni", "endswith", "."));

    /** How many objects that is. */
    static int objects() {
        return FAMILIES.stream()
                .mapToInt(family -> 1 + family.farms() * (1 + SERVERS) + 2 * family.routes())
                .sum();
    }

    /** How many of them there are. */
    static int staged(ServiceSeed service) {
        return FAMILIES.stream()
                .flatMap(family -> List.of("farm", "server", "frontend", "route", "rule").stream()
                        .map(kind -> service.staged(family.protocol() + "/" + kind)))
                .mapToInt(List::size)
                .sum();
    }

    static void remove(ServiceSeed service) {
        for (Family family : FAMILIES) {
            for (String kind : List.of("route", "frontend", "farm")) {
                String objects = family.protocol() + "/" + kind;
                service.staged(objects).forEach(object -> service.remove(objects, object.id()));
            }
        }
    }

    /** Whether a server has this weight. */
    boolean isThere(ServiceSeed service) {
        return service.staged("http/server").stream()
                .anyMatch(server -> server.fields().path("weight").asInt() == weight);
    }

    String changeFile(String service) {
        StringBuilder yaml = new StringBuilder("loadBalancer: %s\n".formatted(service));
        for (Family family : FAMILIES) {
            yaml.append("%s:\n  farms:\n".formatted(family.protocol()));
            for (int farm = 0; farm < family.farms(); farm++) {
                yaml.append("    farm-%d:\n      zone: all\n      port: 80\n      servers:\n".formatted(farm));
                for (int server = 0; server < SERVERS; server++) {
                    yaml.append(
                            "        %s:8080: {weight: %d}\n".formatted(address(server), weight(family, farm, server)));
                }
            }
            yaml.append("  frontends:\n    site:\n      zone: all\n      port: %d\n      farm: farm-0\n      routes:\n"
                    .formatted(family.port()));
            for (int route = 0; route < family.routes(); route++) {
                yaml.append("        route-%d: {farm: farm-%d, rules: ['%s %s %s']}\n"
                        .formatted(
                                route,
                                route % family.farms(),
                                family.field(),
                                family.match(),
                                family.pattern() + route));
            }
        }
        return yaml.toString();
    }

    /** All of it, deployed. */
    void place(ServiceSeed service) {
        for (Family family : FAMILIES) {
            String protocol = family.protocol();
            List<Long> farms = new ArrayList<>();
            for (int farm = 0; farm < family.farms(); farm++) {
                farms.add(service.add(
                        protocol + "/farm", Map.of("zone", "all", "displayName", "farm-" + farm, "port", 80)));
                for (int server = 0; server < SERVERS; server++) {
                    service.add(
                            protocol + "/server",
                            farms.get(farm),
                            Map.of(
                                    "address",
                                    address(server),
                                    "port",
                                    8080,
                                    "status",
                                    "active",
                                    "weight",
                                    weight(family, farm, server)));
                }
            }
            long site = service.add(
                    protocol + "/frontend",
                    Map.of(
                            "zone",
                            "all",
                            "displayName",
                            "site",
                            "port",
                            "" + family.port(),
                            "defaultFarmId",
                            farms.get(0)));
            for (int route = 0; route < family.routes(); route++) {
                long id = service.add(
                        protocol + "/route",
                        Map.of(
                                "frontendId",
                                site,
                                "action",
                                Map.of("type", "farm", "target", "" + farms.get(route % family.farms()))));
                service.add(
                        protocol + "/rule",
                        id,
                        Map.of("field", family.field(), "match", family.match(), "pattern", family.pattern() + route));
            }
        }
        service.deployed();
    }

    /** Each with its address, by which others name it, its collection, its fields and what its id is called. */
    ArrayNode resources() {
        ArrayNode all = Json.MAPPER.createArrayNode();
        for (Family family : FAMILIES) {
            String protocol = family.protocol();
            for (int farm = 0; farm < family.farms(); farm++) {
                String address = "%s/farm/%d".formatted(protocol, farm);
                named(all, address, protocol + "/farm", "farmId", "farm-" + farm)
                        .put("zone", "all")
                        .put("port", 80);
                for (int server = 0; server < SERVERS; server++) {
                    resource(
                                    all,
                                    address + "/" + server,
                                    "%s/farm/${%s}/server".formatted(protocol, address),
                                    "serverId")
                            .put("address", address(server))
                            .put("port", 8080)
                            .put("status", "active")
                            .put("weight", weight(family, farm, server));
                }
            }
            String frontend = protocol + "/frontend";
            named(all, frontend, frontend, "frontendId", "site")
                    .put("zone", "all")
                    .put("port", Integer.toString(family.port()))
                    .put("defaultFarmId", "${%s/farm/0}".formatted(protocol));
            for (int route = 0; route < family.routes(); route++) {
                String address = "%s/route/%d".formatted(protocol, route);
                named(all, address, protocol + "/route", "routeId", "route-" + route)
                        .put("frontendId", "${%s}".formatted(frontend))
                        .putObject("action")
                        .put("type", "farm")
                        .put("target", "${%s/farm/%d}".formatted(protocol, route % family.farms()));
                resource(all, address + "/rule", "%s/route/${%s}/rule".formatted(protocol, address), "ruleId")
                        .put("field", family.field())
                        .put("match", family.match())
                        .put("pattern", family.pattern() + route);
            }
        }
        return all;
    }

    private int weight(Family family, int farm, int server) {
        return family.protocol().equals("http") && farm == 0 && server == 0 ? weight : 1;
    }

    private static String address(int server) {
        return "192.0.2." + (server + 1);
    }

    private static ObjectNode named(ArrayNode all, String address, String collection, String id, String name) {
        return resource(all, address, collection, id).put("displayName", name);
    }

    private static ObjectNode resource(ArrayNode all, String address, String collection, String id) {
        return all.addObject()
                .put("address", address)
                .put("collection", collection)
                .put("id", id)
                .putObject("fields");
    }

    /** @param pattern of a rule, up to the number of its route */
    private record Family(
            String protocol, int port, int farms, int routes, String field, String match, String pattern) {}
}
