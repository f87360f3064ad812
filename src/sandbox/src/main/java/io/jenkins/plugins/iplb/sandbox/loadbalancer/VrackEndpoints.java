package io.jenkins.plugins.iplb.sandbox.loadbalancer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiCall;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.http.Listing;
import io.jenkins.plugins.iplb.sandbox.http.Router;
import io.jenkins.plugins.iplb.sandbox.schema.Field;
import io.jenkins.plugins.iplb.sandbox.schema.Shape;
import io.jenkins.plugins.iplb.sandbox.schema.Types;
import io.jenkins.plugins.iplb.sandbox.world.Family;
import io.jenkins.plugins.iplb.sandbox.world.LoadBalancer;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.util.Optional;

/** The private network side. Which farms are in a network is kept with the farms. */
final class VrackEndpoints {
    private static final String NETWORK = Services.SERVICE + "/vrack/network";
    private static final int VLAN_MAX = 4094;

    private static final Field NAT_IP = Field.required("natIp", Types.ipBlock());
    private static final Field VLAN = Field.withDefault("vlan", Types.integer(0, VLAN_MAX), 0);
    private static final Field NAME = Field.nullable("displayName", Types.text(Types.TEXT_MAX));
    private static final Field FARMS = Field.nullable("farmId", Types.listOf(Types.integer()));

    private static final Shape GIVEN =
            Shape.of(NAT_IP, Field.required("subnet", Types.ipBlock()).createOnly(), VLAN, NAME, FARMS);
    private static final Shape ALTERED = Shape.of(NAT_IP, VLAN, NAME);
    private static final Shape INSIDE = Shape.of(FARMS);

    private final World world;
    private final Services services;

    VrackEndpoints(World world, Services services) {
        this.world = world;
        this.services = services;
    }

    void register(Router router) {
        router.get(Services.SERVICE + "/vrack/status", this::status)
                .list(NETWORK, this::networks)
                .post(NETWORK, this::add)
                .get(NETWORK + "/{vrackNetworkId}", this::network)
                .put(NETWORK + "/{vrackNetworkId}", this::alter)
                .delete(NETWORK + "/{vrackNetworkId}", this::remove)
                .post(NETWORK + "/{vrackNetworkId}/updateFarmId", this::inside);
    }

    private JsonNode status(ApiCall call) {
        LoadBalancer service = services.of(call);
        ObjectNode shown = Json.object().put("state", service.inVrack() ? "active" : "inactive");
        shown.putArray("task");
        shown.set("vrackName", service.properties().get("vrackName"));
        return shown;
    }

    private Listing networks(ApiCall call) {
        LoadBalancer service = services.of(call);
        Optional<Long> vlan = call.queryNumber("vlan");
        Optional<String> subnet = call.request().query("subnet");
        Listing.Builder listing = Listing.of();
        service.vrackNetworks().forEach((id, network) -> {
            if (vlan.filter(wanted -> wanted != network.path("vlan").asLong()).isEmpty()
                    && subnet.filter(wanted ->
                                    !wanted.equals(network.path("subnet").asText()))
                            .isEmpty()) {
                listing.add(id, show(service, id, network));
            }
        });
        return listing.build();
    }

    private JsonNode network(ApiCall call) {
        return show(services.of(call), call.pathId("vrackNetworkId"), found(call));
    }

    private ObjectNode found(ApiCall call) {
        long id = call.pathId("vrackNetworkId");
        ObjectNode network = services.of(call).vrackNetworks().get(id);
        if (network == null) {
            throw ApiError.notFound("The requested object (vrackNetworkId = " + id + ") does not exist");
        }
        return network;
    }

    private JsonNode add(ApiCall call) {
        LoadBalancer service = services.of(call);
        if (!service.inVrack()) {
            throw ApiError.badRequest("The load balancer is not attached to a vRack");
        }
        ObjectNode given = GIVEN.create(call.body());
        JsonNode farms = given.remove("farmId");
        check(service, farms);
        long id = world.newId();
        given.put("vrackNetworkId", id);
        service.vrackNetworks().put(id, given);
        put(service, id, farms);
        return show(service, id, given);
    }

    private void alter(ApiCall call) {
        ObjectNode network = found(call);
        ObjectNode altered = ALTERED.update(network.deepCopy().retain("natIp", "vlan", "displayName"), call.body());
        services.of(call)
                .vrackNetworks()
                .put(call.pathId("vrackNetworkId"), network.deepCopy().setAll(altered));
    }

    private void remove(ApiCall call) {
        LoadBalancer service = services.of(call);
        long id = call.pathId("vrackNetworkId");
        if (!show(service, id, found(call)).path("farmId").isEmpty()) {
            throw ApiError.badRequest("The network " + id + " is used by farms");
        }
        service.vrackNetworks().remove(id);
    }

    private JsonNode inside(ApiCall call) {
        LoadBalancer service = services.of(call);
        ObjectNode network = found(call);
        JsonNode farms = INSIDE.create(call.body()).path("farmId");
        check(service, farms);
        put(service, call.pathId("vrackNetworkId"), farms);
        return show(service, call.pathId("vrackNetworkId"), network);
    }

    private static void check(LoadBalancer service, JsonNode farms) {
        farms.forEach(id -> {
            if (service.staged().ofFamily(Family.farm).noneMatch(farm -> farm.id() == id.asLong())) {
                throw ApiError.badRequest("Invalid value for parameter farmId: " + id + " does not exist");
            }
        });
    }

    /** These farms are in the network, and no others. */
    private static void put(LoadBalancer service, long network, JsonNode farms) {
        service.staged().ofFamily(Family.farm).toList().forEach(farm -> {
            boolean wanted = farms.valueStream().anyMatch(id -> id.asLong() == farm.id());
            boolean there = farm.reference("vrackNetworkId") == network;
            if (wanted != there) {
                ObjectNode fields = farm.fields().deepCopy();
                service.stage(
                        farm.with(wanted ? fields.put("vrackNetworkId", network) : fields.putNull("vrackNetworkId")));
            }
        });
    }

    private static JsonNode show(LoadBalancer service, long id, ObjectNode network) {
        ObjectNode shown = network.deepCopy();
        shown.set(
                "farmId",
                service.staged()
                        .ofFamily(Family.farm)
                        .filter(farm -> farm.reference("vrackNetworkId") == id)
                        .map(farm -> Json.object()
                                .put("id", farm.id())
                                .put("type", farm.kind().protocol().name()))
                        .collect(Json.toArray()));
        return shown;
    }
}
