package io.jenkins.plugins.iplb.sandbox.loadbalancer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiCall;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.http.Listing;
import io.jenkins.plugins.iplb.sandbox.http.Router;
import io.jenkins.plugins.iplb.sandbox.world.Family;
import io.jenkins.plugins.iplb.sandbox.world.LoadBalancer;
import java.util.Optional;

/** The private network side, to be read. */
final class VrackEndpoints {
    private final Services services;

    VrackEndpoints(Services services) {
        this.services = services;
    }

    void register(Router router) {
        router.get(Services.SERVICE + "/vrack/status", this::status)
                .list(Services.SERVICE + "/vrack/network", this::networks)
                .get(Services.SERVICE + "/vrack/network/{vrackNetworkId}", this::network);
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
        LoadBalancer service = services.of(call);
        long id = call.pathId("vrackNetworkId");
        ObjectNode network = service.vrackNetworks().get(id);
        if (network == null) {
            throw ApiError.notFound("The requested object (vrackNetworkId = " + id + ") does not exist");
        }
        return show(service, id, network);
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
