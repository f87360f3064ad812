package io.jenkins.plugins.iplb.sandbox.loadbalancer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.auth.Secrets;
import io.jenkins.plugins.iplb.sandbox.http.ApiCall;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.http.Listing;
import io.jenkins.plugins.iplb.sandbox.http.Router;
import io.jenkins.plugins.iplb.sandbox.metrics.MetricsEndpoint;
import io.jenkins.plugins.iplb.sandbox.metrics.MetricsTokens;
import io.jenkins.plugins.iplb.sandbox.world.Family;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.sandbox.world.LoadBalancer;
import io.jenkins.plugins.iplb.sandbox.world.Shapes;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** The service itself: its fields, its zones, and the read-only views of what is defined on it. */
final class ServiceEndpoints {
    private final World world;
    private final Services services;
    private final MetricsTokens tokens;

    ServiceEndpoints(World world, Services services, MetricsTokens tokens) {
        this.world = world;
        this.services = services;
        this.tokens = tokens;
    }

    void register(Router router) {
        router.list(Services.ROOT, call -> all())
                .get(Services.SERVICE, call -> show(services.of(call)))
                .put(Services.SERVICE, this::update)
                .list(Services.SERVICE + "/zone", this::zones)
                .get(Services.SERVICE + "/zone/{name}", this::zone)
                .get(Services.SERVICE + "/failover", this::failover)
                .get(Services.SERVICE + "/natIp", this::natIp)
                .get(Services.SERVICE + "/status", this::status)
                .get(Services.SERVICE + "/metricsToken", this::metricsToken)
                .get(
                        Services.SERVICE + "/quota",
                        call -> Json.of(services.of(call).zones()))
                .get(Services.SERVICE + "/quota/{zone}", this::quota)
                .get(Services.SERVICE + "/definedFarms", this::definedFarms)
                .get(Services.SERVICE + "/definedFrontends", call -> defined(services.of(call), Family.frontend))
                .get(Services.SERVICE + "/definedRoutes", this::definedRoutes);
    }

    private Listing all() {
        Listing.Builder listing = Listing.of();
        world.services().forEach(service -> listing.add(service.name(), show(service)));
        return listing.build();
    }

    private static JsonNode show(LoadBalancer service) {
        ObjectNode shown = Json.object();
        shown.put("serviceName", service.name());
        shown.putNull("displayName");
        shown.put("state", "ok");
        shown.put("offer", "pack-2");
        shown.put("ipLoadbalancing", "198.51.100.1");
        shown.put("ipv4", "198.51.100.1");
        shown.putNull("ipv6");
        shown.set("zone", Json.of(service.zones()));
        shown.putArray("orderableZone");
        shown.putNull("sslConfiguration");
        shown.put("vrackEligibility", true);
        shown.putNull("vrackName");
        shown.put("metricsToken", Secrets.secret(40));
        shown.setAll(service.properties());
        ObjectNode iam = shown.putObject("iam");
        iam.put(
                "id",
                UUID.nameUUIDFromBytes(service.name().getBytes(StandardCharsets.UTF_8))
                        .toString());
        iam.put("urn", "urn:v1:eu:resource:loadbalancer:" + service.name());
        iam.set("displayName", shown.get("displayName"));
        iam.put("state", "OK");
        iam.putNull("tags");
        return shown;
    }

    private void update(ApiCall call) {
        LoadBalancer service = services.of(call);
        service.properties(Shapes.SERVICE.update(service.properties(), call.body()));
    }

    private Listing zones(ApiCall call) {
        Listing.Builder listing = Listing.of();
        services.of(call).zones().forEach(zone -> listing.add(zone, zone(zone)));
        return listing.build();
    }

    private JsonNode zone(ApiCall call) {
        return zone(ownedZone(call, "name"));
    }

    private static JsonNode zone(String name) {
        return Json.object().put("name", name).put("state", "active");
    }

    private String ownedZone(ApiCall call, String variable) {
        String zone = call.path(variable);
        if (!services.of(call).zones().contains(zone)) {
            throw ApiError.notFound("The requested object (" + variable + " = " + zone + ") does not exist");
        }
        return zone;
    }

    private JsonNode failover(ApiCall call) {
        LoadBalancer service = services.of(call);
        ArrayNode blocks = Json.array();
        world.ips().stream()
                .filter(ip -> ip.routedTo().filter(service.name()::equals).isPresent())
                .forEach(ip -> blocks.add(ip.block()));
        return blocks;
    }

    private JsonNode natIp(ApiCall call) {
        ArrayNode shown = Json.array();
        int block = 0;
        for (String zone : services.of(call).zones()) {
            shown.addObject().put("zone", zone).putArray("ip").add("10.108." + block++ + ".0/27");
        }
        return shown;
    }

    private JsonNode status(ApiCall call) {
        LoadBalancer service = services.of(call);
        ObjectNode shown = Json.object();
        shown.putObject("service").put("status", "ok");
        for (Family family : new Family[] {Family.frontend, Family.farm, Family.server}) {
            int total = (int) service.staged().ofFamily(family).count();
            int down = (int) service.staged()
                    .ofFamily(family)
                    .filter(ServiceEndpoints::isDown)
                    .count();
            shown.putObject(family + "s").put("total", total).set("status", counts(total - down, down));
        }
        return shown;
    }

    /** Another token for whoever asks. */
    private JsonNode metricsToken(ApiCall call) {
        String service = services.of(call).name();
        return Json.object()
                .put("endpoint", MetricsEndpoint.of(call.request(), service))
                .put("token", tokens.issue(service));
    }

    private static boolean isDown(Item server) {
        return server.fields()
                .path("serverState")
                .valueStream()
                .anyMatch(state -> state.path("status").asText().equals("DOWN"));
    }

    private static ObjectNode counts(int healthy, int down) {
        return Json.object()
                .put("ok", healthy)
                .put("warn", 0)
                .put("error", down)
                .put("unknown", 0);
    }

    private JsonNode quota(ApiCall call) {
        return Json.object()
                .put("zone", ownedZone(call, "zone"))
                .putNull("total")
                .putNull("included")
                .putNull("alert")
                .putNull("lastUpdateDate")
                .putNull("resetDate");
    }

    private JsonNode definedFarms(ApiCall call) {
        Optional<Long> network = call.queryNumber("vrackNetworkId");
        return services.of(call)
                .staged()
                .ofFamily(Family.farm)
                .filter(farm -> network.isEmpty() || network.get() == farm.reference("vrackNetworkId"))
                .map(ServiceEndpoints::defined)
                .collect(Json.toArray());
    }

    private static JsonNode defined(LoadBalancer service, Family family) {
        return service.staged().ofFamily(family).map(ServiceEndpoints::defined).collect(Json.toArray());
    }

    private static JsonNode defined(Item item) {
        return Json.object()
                .put("id", item.id())
                .put("type", item.kind().protocol().name());
    }

    private JsonNode definedRoutes(ApiCall call) {
        ArrayNode shown = Json.array();
        services.of(call)
                .staged()
                .ofFamily(Family.route)
                .forEach(route -> shown.addObject()
                        .put("routeId", route.id())
                        .put("type", route.kind().protocol().name())
                        .set("displayName", route.fields().get("displayName")));
        return shown;
    }
}
