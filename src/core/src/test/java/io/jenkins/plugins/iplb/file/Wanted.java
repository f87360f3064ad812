package io.jenkins.plugins.iplb.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.ovh.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A made-up load balancer, a change file for it, and what that file makes of it. Names are told apart by their zones: {@code
 * web@gra}; a route without a name goes by what it does.
 */
final class Wanted {
    private static final List<String> ZONES = List.of("all", "gra", "rbx");
    private static final List<String> FARMS = List.of("a", "b", "no");
    private static final List<String> FRONTENDS = List.of("x", "y");
    private static final List<String> ROUTES = List.of("r1", "r2");
    private static final List<String> PROTOCOLS = List.of("http", "tcp", "udp");

    private final Random random;
    /** Where something is, or is to be: what others there are makes no difference, and takes time. */
    private final Set<String> alive;

    private final ObjectNode start = Json.MAPPER.createObjectNode();
    private final List<Frontend> mentioned = new ArrayList<>();
    private ObjectNode after;

    Wanted(long seed) {
        random = new Random(seed);
        List<String> shuffled = new ArrayList<>(PROTOCOLS);
        Collections.shuffle(shuffled, random);
        alive = Set.copyOf(shuffled.subList(0, chance(0.6) ? 1 : chance(0.7) ? 2 : 3));
        PROTOCOLS.forEach(this::start);
    }

    /** By protocol, {@code farms} and {@code frontends} with their {@code servers} and {@code routes}. */
    ObjectNode start() {
        return start;
    }

    /** What the file makes of it. */
    ObjectNode after() {
        return after;
    }

    // ---- how it is

    private void start(String protocol) {
        ObjectNode farms = start.withObject("/" + protocol).putObject("farms");
        ObjectNode frontends = start.withObject("/" + protocol).putObject("frontends");
        if (!alive.contains(protocol)) {
            return;
        }
        each(FARMS, ZONES, 0.25, at -> {
            ObjectNode farm = farms.putObject(at);
            set(farm, farm(protocol, true));
            ObjectNode servers = farm.putObject("servers");
            for (int last = 1; last <= 3; last++) {
                if (chance(0.4)) {
                    set(servers.putObject("192.0.2." + last + (chance(0.7) ? ":8080" : "")), server(protocol));
                }
            }
        });
        each(FRONTENDS, ZONES, 0.3, at -> {
            ObjectNode frontend = frontends.putObject(at);
            set(frontend, frontend(protocol, at, true));
            any(farms).filter(farm -> chance(0.6)).ifPresent(farm -> frontend.put("farm", farm));
            ObjectNode routes = frontend.putObject("routes");
            if (!protocol.equals("udp")) {
                ROUTES.stream().filter(name -> chance(0.5)).forEach(name -> {
                    ObjectNode route = route(protocol, farms, "r");
                    routes.set(name, route);
                });
                for (String own : List.of("m", "n")) {
                    if (chance(0.3)) {
                        ObjectNode route = route(protocol, farms, own);
                        routes.set(nameless(route), route);
                    }
                }
            }
        });
    }

    private ObjectNode route(String protocol, ObjectNode farms, String own) {
        ObjectNode route = Json.MAPPER.createObjectNode();
        route.set("action", action(protocol, any(farms).orElse(null)));
        if (chance(0.4)) {
            route.put("weight", 1 + random.nextInt(3));
        }
        route.set("rules", rules(protocol, own, own.equals("r") ? 0 : 1));
        return route;
    }

    /** Sorted, without doubles. */
    private ArrayNode rules(String protocol, String own, int least) {
        List<String> pool = protocol.equals("http")
                ? List.of(
                        "uri startswith /" + own,
                        "header:X-" + own + " not is prod",
                        "cookie:" + own + " exists",
                        "host is " + own + ".example")
                : List.of("sni is " + own + ".example", "sni endswith ." + own, "source in 192.0.2.0/24");
        Set<String> some = new TreeSet<>();
        if (least > 0) {
            some.add(pool.get(0));
        }
        pool.stream().filter(rule -> chance(0.4)).forEach(some::add);
        return Json.MAPPER.valueToTree(some);
    }

    private ObjectNode action(String protocol, String farm) {
        ObjectNode action = Json.MAPPER.createObjectNode();
        int kind = random.nextInt(4);
        if (kind == 0 && protocol.equals("http")) {
            action.put("redirect", "https://www.example/" + random.nextInt(2));
            return chance(0.5) ? action.put("status", 301) : action;
        }
        if (kind == 1 || farm == null) {
            action.put("reject", true);
            return protocol.equals("http") && chance(0.5) ? action.put("status", 405) : action;
        }
        return action.put("farm", farm);
    }

    /** What a route without a name goes by. */
    static String nameless(JsonNode route) {
        return route.path("action") + " " + route.path("rules");
    }

    /** The same, with the statuses that OVH answers with when none is said. */
    static ObjectNode told(ObjectNode state) {
        ObjectNode told = state.deepCopy();
        told.findValues("action").stream()
                .map(ObjectNode.class::cast)
                .filter(action -> !action.has("status"))
                .forEach(action -> {
                    if (action.has("redirect")) {
                        action.put("status", 302);
                    } else if (action.has("reject")) {
                        action.put("status", 403);
                    }
                });
        return told;
    }

    // ---- fields: null is for one that is to be cleared

    private ObjectNode farm(String protocol, boolean whole) {
        ObjectNode fields = Json.MAPPER.createObjectNode();
        boolean udp = protocol.equals("udp");
        if (udp && whole) {
            fields.put("port", 53);
        }
        maybe(fields, "port", !udp, () -> 80 + random.nextInt(3));
        if (!udp) {
            maybe(fields, "balance", true, () -> pick("leastconn", "first"));
            maybe(fields, "stickiness", true, () -> protocol.equals("http") ? pick("cookie", "sourceIp") : "sourceIp");
        }
        return fields;
    }

    private ObjectNode server(String protocol) {
        ObjectNode fields = Json.MAPPER.createObjectNode();
        maybe(fields, "status", false, () -> pick("active", "inactive"));
        if (!protocol.equals("udp")) {
            maybe(fields, "weight", true, () -> 2 + random.nextInt(3));
            maybe(fields, "backup", false, () -> chance(0.5));
        }
        return fields;
    }

    /** Each has ports of its own. */
    private ObjectNode frontend(String protocol, String at, boolean whole) {
        ObjectNode fields = Json.MAPPER.createObjectNode();
        int first = 1000 * (1 + PROTOCOLS.indexOf(protocol))
                + 100 * FRONTENDS.indexOf(name(at))
                + 10 * ZONES.indexOf(zone(at));
        if (whole || chance(0.3)) {
            fields.put("port", Integer.toString(first + random.nextInt(2)));
        }
        maybe(fields, "disabled", false, () -> chance(0.5));
        if (!protocol.equals("udp")) {
            maybe(fields, "ssl", false, () -> chance(0.5));
            maybe(fields, "allowedSource", true, () -> List.of(pick("192.0.2.0/24", "198.51.100.0/24")));
        }
        if (protocol.equals("http")) {
            maybe(fields, "redirectLocation", true, () -> "https://www.example/" + random.nextInt(2));
        }
        return fields;
    }

    private void maybe(ObjectNode fields, String field, boolean canBeCleared, Supplier<Object> value) {
        if (chance(0.5)) {
            fields.set(field, canBeCleared && chance(0.3) ? null : Json.MAPPER.valueToTree(value.get()));
        }
    }

    /** Fields of an object become so; what is as it is when nothing is said is not there. */
    private static void set(ObjectNode object, ObjectNode fields) {
        fields.properties().forEach(field -> {
            object.set(field.getKey(), field.getValue());
            if (isUsual(field.getValue())) {
                object.remove(field.getKey());
            }
        });
    }

    /** Whether a value is what nothing is, too. */
    static boolean isUsual(JsonNode value) {
        return value.isNull()
                || value.equals(Json.MAPPER.valueToTree(false))
                || value.asText().equals("active");
    }

    // ---- what is wanted

    /** @param ids of what is there, by protocol, kind and name with zone: {@code http/farms/a@gra} */
    ObjectNode file(String service, Map<String, Long> ids) {
        after = start.deepCopy();
        ObjectNode file = Json.MAPPER.createObjectNode().put("loadBalancer", service);
        PROTOCOLS.stream()
                .filter(alive::contains)
                .filter(protocol -> chance(0.9))
                .forEach(protocol -> {
                    ObjectNode family = file.putObject(protocol);
                    farms(protocol, family, ids);
                    frontends(protocol, family, ids);
                    noFarms(protocol, family);
                });
        swapPorts();
        return file;
    }

    private void farms(String protocol, ObjectNode family, Map<String, Long> ids) {
        ObjectNode farms = family.putObject("farms");
        ObjectNode there = (ObjectNode) after.at("/" + protocol + "/farms");
        for (String name : FARMS) {
            if (chance(0.5)) {
                mention(name, protocol + "/farms/", farms, there, ids, (at, said) -> {
                    ObjectNode fields = farm(protocol, !there.has(at));
                    said.setAll(fields);
                    ObjectNode farm = there.withObject("/" + at);
                    set(farm, fields);
                    servers(protocol, said, farm.withObject("/servers"));
                });
            }
        }
    }

    private void servers(String protocol, ObjectNode said, ObjectNode there) {
        if (chance(0.3)) {
            return;
        }
        ObjectNode servers = said.putObject("servers");
        boolean exact = chance(0.3);
        if (exact) {
            servers.put("exact", true);
        }
        Set<String> named = new TreeSet<>();
        for (int last = 1; last <= 4; last++) {
            String address = "192.0.2." + last;
            if (chance(0.5)) {
                List<String> here = keys(there, key -> key.startsWith(address));
                boolean withPort = chance(0.5);
                String meant = withPort || here.isEmpty() ? address + (withPort ? ":8080" : "") : here.get(0);
                if (chance(0.2)) {
                    servers.putObject(meant).put("state", "absent");
                    there.remove(meant);
                } else if (here.isEmpty() || here.contains(meant) || chance(0.5)) {
                    ObjectNode fields = server(protocol);
                    servers.set(here.contains(meant) && here.size() == 1 && chance(0.3) ? address : meant, fields);
                    set(there.withObject("/" + meant), fields);
                    named.add(meant);
                }
            }
        }
        if (exact) {
            keys(there, key -> !named.contains(key)).forEach(there::remove);
        }
    }

    private void frontends(String protocol, ObjectNode family, Map<String, Long> ids) {
        ObjectNode frontends = family.putObject("frontends");
        ObjectNode there = (ObjectNode) after.at("/" + protocol + "/frontends");
        ObjectNode farms = (ObjectNode) after.at("/" + protocol + "/farms");
        Set<String> named = new TreeSet<>();
        for (String name : FRONTENDS) {
            if (chance(0.6)) {
                named.add(name);
                if (chance(0.25)) {
                    absent(name, frontends, there);
                    continue;
                }
                mention(name, protocol + "/frontends/", frontends, there, ids, (at, said) -> {
                    ObjectNode fields = frontend(protocol, at, !there.has(at));
                    ObjectNode frontend = there.withObject("/" + at);
                    said.setAll(fields);
                    set(frontend, fields);
                    mentioned.add(new Frontend(said, frontend));
                    if (chance(0.5)) {
                        Optional<Map.Entry<String, String>> farm = reference(farms, zone(at), protocol, ids);
                        farm.ifPresent(led -> {
                            said.put("farm", led.getKey());
                            frontend.put("farm", led.getValue());
                        });
                        if (farm.isEmpty()) {
                            said.putNull("farm");
                            frontend.remove("farm");
                        }
                    }
                    ObjectNode routes = frontend.withObject("/routes");
                    if (!protocol.equals("udp") && chance(0.7)) {
                        routes(protocol, said, routes, zone(at), ids);
                    }
                });
            }
        }
        if (chance(0.2)) {
            frontends.put("exact", true);
            Set<String> byId = new TreeSet<>(keys(frontends, key -> key.matches("\\d+")));
            keys(
                            there,
                            at -> !named.contains(name(at))
                                    || !frontends.has(name(at))
                                            && !byId.contains(String.valueOf(ids.get(protocol + "/frontends/" + at))))
                    .forEach(there::remove);
        }
    }

    /** Each gets the port that the other has. */
    private void swapPorts() {
        Collections.shuffle(mentioned, random);
        if (mentioned.size() > 1 && chance(0.4)) {
            Frontend one = mentioned.get(0);
            Frontend other = mentioned.get(1);
            String port = one.after().get("port").asText();
            one.listen(other.after().get("port").asText());
            other.listen(port);
        }
    }

    private record Frontend(ObjectNode said, ObjectNode after) {
        private void listen(String port) {
            said.put("port", port);
            after.put("port", port);
        }
    }

    private void routes(String protocol, ObjectNode said, ObjectNode there, String zone, Map<String, Long> ids) {
        if (chance(0.3)) {
            ArrayNode list = said.putArray("routes");
            for (String own : List.of("m", "n", "o")) {
                if (chance(0.5)) {
                    ObjectNode wish = list.addObject();
                    ObjectNode action = wish(protocol, wish, zone, ids);
                    ArrayNode rules = rules(protocol, own, 1);
                    wish.set("rules", rules);
                    String same = there.properties().stream()
                            .filter(each -> does(each.getValue().path("action"), action)
                                    && each.getValue().path("rules").equals(rules))
                            .map(Map.Entry::getKey)
                            .findFirst()
                            .orElse(null);
                    ObjectNode route = same == null ? Json.MAPPER.createObjectNode() : (ObjectNode) there.get(same);
                    if (same == null) {
                        route.set("action", action);
                        route.set("rules", rules);
                        there.set(nameless(route), route);
                    }
                    weigh(wish, route);
                }
            }
            return;
        }
        ObjectNode map = said.putObject("routes");
        boolean exact = chance(0.3);
        if (exact) {
            map.put("exact", true);
            keys(there, key -> key.startsWith("{")).forEach(there::remove);
        }
        for (String name : ROUTES) {
            if (chance(0.3)) {
                if (exact) {
                    there.remove(name);
                }
            } else if (chance(0.2)) {
                map.putObject(name).put("state", "absent");
                there.remove(name);
            } else {
                ObjectNode wish = map.putObject(name);
                ObjectNode action = wish(protocol, wish, zone, ids);
                ObjectNode route = there.withObject("/" + name);
                if (!does(route.path("action"), action)) {
                    route.set("action", action);
                }
                if (chance(0.7)) {
                    wish.set("rules", rules(protocol, "r", 0));
                    route.set("rules", wish.get("rules"));
                } else if (!route.has("rules")) {
                    route.putArray("rules");
                }
                weigh(wish, route);
            }
        }
    }

    private void weigh(ObjectNode wish, ObjectNode route) {
        if (chance(0.4)) {
            int weight = random.nextInt(4);
            wish.put("weight", weight);
            route.put("weight", weight);
            if (weight == 0) {
                route.remove("weight");
            }
        }
    }

    /** What a route is to do, in the words of the file and as it is. */
    private ObjectNode wish(String protocol, ObjectNode wish, String zone, Map<String, Long> ids) {
        Optional<Map.Entry<String, String>> farm =
                reference((ObjectNode) after.at("/" + protocol + "/farms"), zone, protocol, ids);
        ObjectNode action = action(protocol, farm.map(Map.Entry::getValue).orElse(null));
        wish.setAll(action);
        if (action.has("farm")) {
            wish.put("farm", farm.orElseThrow().getKey());
        }
        return action;
    }

    private static boolean does(JsonNode there, ObjectNode wanted) {
        ObjectNode same = there.deepCopy() instanceof ObjectNode copy ? copy : Json.MAPPER.createObjectNode();
        return same.setAll(wanted).equals(there);
    }

    /** A farm, and how it is called from a zone. */
    private Optional<Map.Entry<String, String>> reference(
            ObjectNode farms, String zone, String protocol, Map<String, Long> ids) {
        return any(farms).flatMap(at -> {
            Long id = ids.get(protocol + "/farms/" + at);
            if (id != null && chance(0.2)) {
                return Optional.of(Map.entry(id.toString(), at));
            }
            boolean only = keys(farms, other -> name(other).equals(name(at))).size() == 1;
            boolean near = zone(at).equals(zone);
            return only || near ? Optional.of(Map.entry(name(at), at)) : Optional.empty();
        });
    }

    /** What nothing leads to goes, when all is known that leads anywhere. */
    private void noFarms(String protocol, ObjectNode family) {
        ObjectNode said = (ObjectNode) family.get("farms");
        ObjectNode there = (ObjectNode) after.at("/" + protocol + "/farms");
        Set<String> needed = new TreeSet<>();
        after.at("/" + protocol + "/frontends").findValuesAsText("farm").forEach(needed::add);
        for (String name : FARMS) {
            boolean free = keys(there, at -> name(at).equals(name)).stream().noneMatch(needed::contains);
            boolean unsaid = !said.has(name)
                    && keys(there, at -> name(at).equals(name)).size()
                            == keys((ObjectNode) start.at("/" + protocol + "/farms"), at -> name(at).equals(name))
                                    .size()
                    && keys(said, key -> key.matches("\\d+")).isEmpty();
            if (free && unsaid && chance(0.5)) {
                absent(name, said, there);
            }
        }
        boolean byId = !keys(said, key -> key.matches("\\d+")).isEmpty();
        List<String> others = keys(there, at -> !said.has(name(at)));
        if (!byId && others.stream().noneMatch(needed::contains) && chance(0.3)) {
            said.put("exact", true);
            others.forEach(there::remove);
        }
    }

    /** All of one name. */
    private void absent(String name, ObjectNode said, ObjectNode there) {
        List<String> here = keys(there, at -> name(at).equals(name));
        if (here.size() <= 1 && chance(0.5)) {
            said.putObject(name).put("state", "absent");
        } else {
            ArrayNode zones = said.putArray(name);
            for (String zone : ZONES) {
                if (here.contains(name + "@" + zone) || chance(0.2)) {
                    zones.addObject().put("zone", zone).put("state", "absent");
                }
            }
        }
        here.forEach(there::remove);
    }

    private interface Mention {
        void of(String at, ObjectNode said);
    }

    /** One of a name, or one in each of several zones. */
    private void mention(
            String name, String kind, ObjectNode said, ObjectNode there, Map<String, Long> ids, Mention mention) {
        List<String> here = keys(there, at -> name(at).equals(name));
        if (here.size() == 1 && chance(0.4)) {
            boolean byId = chance(0.3);
            mention.of(
                    here.get(0),
                    said.putObject(byId ? ids.get(kind + here.get(0)).toString() : name));
        } else if (chance(0.5)) {
            String zone = pick("all", "gra", "rbx");
            mention.of(name + "@" + zone, said.putObject(name).put("zone", zone));
        } else {
            ArrayNode several = said.putArray(name);
            ZONES.stream()
                    .filter(zone -> chance(0.5))
                    .forEach(zone ->
                            mention.of(name + "@" + zone, several.addObject().put("zone", zone)));
        }
    }

    // ---- chance

    private void each(List<String> names, List<String> zones, double likely, Consumer<String> made) {
        for (String name : names) {
            for (String zone : zones) {
                if (chance(likely)) {
                    made.accept(name + "@" + zone);
                }
            }
        }
    }

    private boolean chance(double likely) {
        return random.nextDouble() < likely;
    }

    private String pick(String... some) {
        return some[random.nextInt(some.length)];
    }

    private Optional<String> any(ObjectNode objects) {
        List<String> all = keys(objects, key -> true);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    private static List<String> keys(ObjectNode object, Predicate<String> some) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys.stream().filter(some).toList();
    }

    static String name(String at) {
        return at.substring(0, at.indexOf('@'));
    }

    static String zone(String at) {
        return at.substring(at.indexOf('@') + 1);
    }
}
