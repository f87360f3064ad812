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
import io.jenkins.plugins.iplb.ovh.SideBySide;
import java.util.Arrays;
import java.util.stream.Stream;

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
        readAhead(servers);
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

    /** Side by side: servers alone have to wait until their farms are known. */
    private void readAhead(boolean servers) {
        Stream<Runnable> ofAll = Stream.of(lb::loadBalancer, lb::status, lb::failoverIps, lb::natIps, lb::certificates);
        Stream<Runnable> ofProtocols = Arrays.stream(Protocol.values())
                .flatMap(protocol ->
                        Stream.of(() -> lb.frontends(protocol), () -> lb.farms(protocol), () -> lb.routes(protocol)));
        SideBySide.allAfterTheFirst(Stream.concat(ofAll, ofProtocols));
        if (servers) {
            SideBySide.all(Arrays.stream(Protocol.values())
                    .flatMap(protocol ->
                            lb.farms(protocol).stream().map(farm -> () -> lb.servers(protocol, farm.farmId()))));
        }
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
