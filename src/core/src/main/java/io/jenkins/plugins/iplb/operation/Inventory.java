package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Refreshes;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.ovh.Fields;

/** All of a load balancer that this project changes, as one JSON object. */
final class Inventory {
    private Inventory() {}

    static ObjectNode read(Snapshot lb, Refreshes refreshes) {
        LoadBalancer loadBalancer = lb.loadBalancer();
        Fields frontends = Fields.none();
        Fields farms = Fields.none();
        Fields routes = Fields.none();
        for (Protocol protocol : Protocol.values()) {
            frontends = frontends.with(protocol.code(), lb.frontends(protocol));
            farms = farms.with(protocol.code(), lb.farms(protocol));
            if (protocol != Protocol.UDP) {
                routes = routes.with(protocol.code(), lb.routes(protocol));
            }
        }
        return Fields.none()
                .with("serviceName", loadBalancer.serviceName())
                .with("displayName", loadBalancer.displayName())
                .with("state", loadBalancer.state())
                .with("zones", loadBalancer.zones())
                .with("vrackName", loadBalancer.vrackName())
                .with("pendingChanges", refreshes.pending())
                .with(
                        "runningTasks",
                        refreshes.tasks().stream().filter(Task::isRunning).toList())
                .with("failoverIps", lb.failoverIps())
                .with("frontends", frontends.json())
                .with("farms", farms.json())
                .with("routes", routes.json())
                .json();
    }
}
