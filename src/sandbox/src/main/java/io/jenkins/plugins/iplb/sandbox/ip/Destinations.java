package io.jenkins.plugins.iplb.sandbox.ip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.http.Caller;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.world.FailoverIp;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.util.List;
import java.util.Map;

/** Where an IP may be moved to. A load balancer also takes the caller's right on that load balancer. */
final class Destinations {
    private static final String LOAD_BALANCER_ACTION = "loadbalancer:apiovh:ip/additionalIp/move";
    private static final List<String> KINDS = List.of(
            "cloudProject",
            "dedicatedCloud",
            "dedicatedServer",
            "hostingReseller",
            "ipLoadbalancing",
            "vmwareCloudDirector",
            "vps");

    /** By how OVH's names of services begin. */
    private static final Map<String, String> KIND_BY_PREFIX =
            Map.of("vps", "vps", "pcc-", "dedicatedCloud", "org-", "vmwareCloudDirector", "project-", "cloudProject");

    private final World world;

    Destinations(World world) {
        this.world = world;
    }

    /** What {@code GET /ip/{ip}/move} answers: nothing in a kind without destinations. Where the IP is already is none. */
    JsonNode show(FailoverIp ip, Caller caller) {
        ObjectNode shown = Json.object();
        KINDS.forEach(shown::putArray);
        ip.destinations().stream()
                .filter(service -> !service.equals(ip.routedTo().orElse("")))
                .filter(service -> !isLoadBalancer(service) || caller.mayDo(LOAD_BALANCER_ACTION))
                .forEach(service -> shown.withArray("/" + kind(service))
                        .addObject()
                        .put("service", service)
                        .putNull("nexthop"));
        return shown;
    }

    /** @throws ApiError 403 without the right on the destination, 400 when the IP can not go there */
    void check(FailoverIp ip, String to, Caller caller) {
        if (isLoadBalancer(to) && !caller.mayDo(LOAD_BALANCER_ACTION)) {
            throw ApiError.missingIamAction(LOAD_BALANCER_ACTION);
        }
        if (!ip.destinations().contains(to) || to.equals(ip.routedTo().orElse(""))) {
            throw ApiError.badRequest("The IP " + ip.block() + " can not be moved to '" + to + "'");
        }
    }

    private boolean isLoadBalancer(String service) {
        return world.find(service).isPresent();
    }

    private String kind(String service) {
        if (isLoadBalancer(service)) {
            return "ipLoadbalancing";
        }
        return KIND_BY_PREFIX.entrySet().stream()
                .filter(kind -> service.startsWith(kind.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("dedicatedServer");
    }
}
