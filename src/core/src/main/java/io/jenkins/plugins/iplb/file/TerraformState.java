package io.jenkins.plugins.iplb.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Certificate;
import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Frontend;
import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Route;
import io.jenkins.plugins.iplb.api.Server;
import io.jenkins.plugins.iplb.api.VrackNetwork;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The load balancers in a state of Terraform: {@code ovh_iploadbalancing_*} resources of {@code terraform show -json}, or of a
 * state file of version 4. What they have and a change file has not is told in remarks, secrets without their values.
 */
public final class TerraformState {
    private static final Pattern KNOWN = Pattern.compile(
            "ovh_iploadbalancing_(?<protocol>http|tcp|udp)_(?<kind>frontend|farm|farm_server|route|route_rule)");
    private static final Pattern OURS = Pattern.compile("ovh_iploadbalancing(_.*)?");
    private static final String REFRESH = "ovh_iploadbalancing_refresh";
    private static final String LOAD_BALANCER = "ovh_iploadbalancing";
    private static final String NETWORK = "ovh_iploadbalancing_vrack_network";
    private static final Map<String, String> IDS = Map.of(
            "frontend",
            "frontendId",
            "farm",
            "farmId",
            "farm_server",
            "serverId",
            "route",
            "routeId",
            "route_rule",
            "ruleId");

    private static final Set<String> BLOCKS = Set.of("action", "probe");

    private final Map<String, Service> services = new TreeMap<>();

    /** One object as Terraform has it. */
    private record Resource(String address, String type, JsonNode values) {
        private String service() {
            return values.path("service_name").asText();
        }
    }

    private TerraformState() {}

    /**
     * The change files of all load balancers in a state, one document each.
     *
     * @param name what messages call the file
     * @throws InvalidInput for what is no such state
     */
    public static String changeFile(String name, String text) {
        TerraformState state = new TerraformState();
        List<Resource> all = resources(name, text);
        all.stream()
                .filter(each ->
                        OURS.matcher(each.type()).matches() && !each.type().equals(REFRESH))
                .forEach(state::add);
        if (state.services.isEmpty()) {
            throw new InvalidInput("FILE", name, "a state with ovh_iploadbalancing_* resources, and this one has none");
        }
        return state.services.values().stream()
                .map(service -> Export.of(service, Parts.ALL, service.remarks))
                .reduce((one, other) -> one + "---\n" + other)
                .orElseThrow();
    }

    private static List<Resource> resources(String name, String text) {
        if (name.endsWith(".tf")) {
            throw new InvalidInput(
                    "FILE",
                    name,
                    "what 'terraform show -json' prints, or a state file: a .tf file holds expressions, not values");
        }
        try {
            JsonNode json = Json.MAPPER.readTree(text);
            List<Resource> all = new ArrayList<>();
            if (json.path("values").has("root_module")) {
                shown(json.path("values").path("root_module"), all);
                return all;
            }
            if (json.path("version").asInt() == 4 && json.path("resources").isArray()) {
                json.path("resources").forEach(resource -> stored(resource, all));
                return all;
            }
        } catch (JsonProcessingException e) {
            // is refused below, as what is JSON of another kind
        }
        throw new InvalidInput("FILE", name, "what 'terraform show -json' prints, or a state file of version 4");
    }

    private static void shown(JsonNode module, List<Resource> all) {
        module.path("resources").forEach(resource -> {
            if (resource.path("mode").asText("managed").equals("managed")) {
                all.add(new Resource(
                        resource.path("address").asText(), resource.path("type").asText(), resource.path("values")));
            }
        });
        module.path("child_modules").forEach(child -> shown(child, all));
    }

    private static void stored(JsonNode resource, List<Resource> all) {
        if (!resource.path("mode").asText("managed").equals("managed")) {
            return;
        }
        String type = resource.path("type").asText();
        String address = type + "." + resource.path("name").asText();
        resource.path("instances")
                .forEach(instance -> all.add(new Resource(
                        instance.has("index_key") ? "%s[%s]".formatted(address, instance.path("index_key")) : address,
                        type,
                        instance.path("attributes"))));
    }

    private void add(Resource resource) {
        Service service = services.computeIfAbsent(resource.service(), Service::new);
        Matcher known = KNOWN.matcher(resource.type());
        if (known.matches()) {
            service.add(Protocol.parse(known.group("protocol")), known.group("kind"), resource.values());
        } else if (resource.type().equals(LOAD_BALANCER)) {
            service.settings = Optional.of(resource.values());
        } else if (resource.type().equals(NETWORK)) {
            service.networks.add(resource.values());
        } else {
            service.remarks.add(
                    "%s is not in this file: it says nothing of %s".formatted(resource.address(), resource.type()));
        }
    }

    /** One load balancer. */
    private static final class Service implements Contents {
        private final String name;
        private final List<String> remarks = new ArrayList<>();
        private final Map<String, List<ObjectNode>> objects = new LinkedHashMap<>();
        private final List<JsonNode> networks = new ArrayList<>();
        private Optional<JsonNode> settings = Optional.empty();

        private Service(String name) {
            this.name = name;
        }

        private void add(Protocol protocol, String kind, JsonNode values) {
            ObjectNode object = camelCase(values);
            object.set(IDS.get(kind), Json.node(values.path("id").asLong()));
            object.remove("id");
            objects.computeIfAbsent(key(protocol, kind), key -> new ArrayList<>())
                    .add(object);
        }

        private static String key(Protocol protocol, String kind) {
            return protocol.code() + "/" + kind;
        }

        private <T> List<T> all(Protocol protocol, String kind, Class<T> type) {
            return objects.getOrDefault(key(protocol, kind), List.of()).stream()
                    .map(object -> Json.MAPPER.convertValue(object, type))
                    .toList();
        }

        @Override
        public String service() {
            return name;
        }

        @Override
        public Optional<LoadBalancer> loadBalancer() {
            return settings.map(values -> Json.MAPPER.convertValue(
                    camelCase(values).retain("displayName", "sslConfiguration"), LoadBalancer.class));
        }

        /** Moves of addresses are resources of their own, of no load balancer. */
        @Override
        public List<String> ips() {
            return List.of();
        }

        @Override
        public List<VrackNetwork> networks() {
            return networks.stream()
                    .map(values -> Json.MAPPER.convertValue(camelCase(values).without("farmId"), VrackNetwork.class))
                    .toList();
        }

        @Override
        public List<Certificate> certificates() {
            return List.of();
        }

        @Override
        public List<Farm> farms(Protocol protocol) {
            return all(protocol, "farm", Farm.class);
        }

        @Override
        public List<Server> servers(Protocol protocol, long farmId) {
            return objects.getOrDefault(key(protocol, "farm_server"), List.of()).stream()
                    .filter(server -> server.path("farmId").asLong() == farmId)
                    .map(server -> Json.MAPPER.convertValue(server, Server.class))
                    .toList();
        }

        @Override
        public List<Frontend> frontends(Protocol protocol) {
            return all(protocol, "frontend", Frontend.class);
        }

        @Override
        public List<Route> routes(Protocol protocol) {
            List<ObjectNode> rules = objects.getOrDefault(key(protocol, "route_rule"), List.of());
            return objects.getOrDefault(key(protocol, "route"), List.of()).stream()
                    .map(route -> {
                        ObjectNode whole = route.deepCopy();
                        ArrayNode all = whole.putArray("rules");
                        Set<Long> own = new HashSet<>();
                        rules.stream()
                                .filter(rule -> rule.path("routeId").asLong()
                                        == route.path("routeId").asLong())
                                .forEach(rule -> {
                                    own.add(rule.path("ruleId").asLong());
                                    all.add(rule);
                                });
                        // those that nobody made by Terraform are known to their route only
                        route.path("rules").forEach(rule -> {
                            if (own.add(rule.path("rule_id").asLong())) {
                                all.add(camelCase(rule));
                            }
                        });
                        return Json.MAPPER.convertValue(whole, Route.class);
                    })
                    .toList();
        }
    }

    /** Terraform's names and values as OVH has them: a block is a list of one, and nothing is an empty text, list or zero. */
    private static ObjectNode camelCase(JsonNode node) {
        ObjectNode named = Json.MAPPER.createObjectNode();
        node.properties().forEach(field -> {
            JsonNode value = field.getValue();
            String name = camelCase(field.getKey());
            boolean isNothing = value.isTextual() && value.textValue().isEmpty()
                    || value.isArray() && value.isEmpty()
                    || value.isIntegralNumber() && value.longValue() == 0 && !name.equals("weight");
            if (!isNothing) {
                named.set(name, BLOCKS.contains(name) && value.isArray() ? camelCase(value.get(0)) : value);
            }
        });
        return named;
    }

    private static String camelCase(String name) {
        return Pattern.compile("_(.)")
                .matcher(name)
                .replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    }
}
