package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Refreshes;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;

/** All of a load balancer that this project changes, as one JSON object. */
final class Inventory {
    private final Snapshot lb;
    private final Refreshes refreshes;

    Inventory(Snapshot lb, Refreshes refreshes) {
        this.lb = lb;
        this.refreshes = refreshes;
    }

    /** @param servers whether each farm is to come with its servers */
    ObjectNode read(boolean servers) {
        LoadBalancer loadBalancer = lb.loadBalancer();
        Fields frontends = Fields.none();
        Fields farms = Fields.none();
        Fields routes = Fields.none();
        for (Protocol protocol : Protocol.values()) {
            frontends = frontends.with(protocol.code(), lb.frontends(protocol));
            farms = farms.with(protocol.code(), servers ? farmsWithServers(protocol) : lb.farms(protocol));
            if (protocol != Protocol.UDP) {
                routes = routes.with(protocol.code(), lb.routes(protocol));
            }
        }
        return Fields.none()
                .with("serviceName", loadBalancer.serviceName())
                .with("displayName", loadBalancer.displayName())
                .with("state", loadBalancer.state())
                .with("zones", loadBalancer.zones())
                .with("sslConfiguration", loadBalancer.sslConfiguration())
                .with("vrackName", loadBalancer.vrackName())
                .with("status", lb.status())
                .with("pendingChanges", refreshes.pending())
                .with(
                        "runningTasks",
                        refreshes.tasks().stream().filter(Task::isRunning).toList())
                .with("failoverIps", lb.failoverIps())
                .with("natIps", lb.natIps())
                .with("certificates", lb.certificates())
                .with("frontends", frontends.json())
                .with("farms", farms.json())
                .with("routes", routes.json())
                .json();
    }

    private ArrayNode farmsWithServers(Protocol protocol) {
        ArrayNode farms = Json.MAPPER.createArrayNode();
        for (Farm farm : lb.farms(protocol)) {
            ObjectNode shown = Json.MAPPER.valueToTree(farm);
            farms.add(shown.set("servers", Json.MAPPER.valueToTree(lb.servers(protocol, farm.farmId()))));
        }
        return farms;
    }
}
