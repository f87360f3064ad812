package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Frontend;
import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.api.Named;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What OVH asks of a configuration before it refreshes (guide "Router une IP Failover"), looked at beforehand, because
 * what OVH answers when it is not so is not published.
 *
 * @param loadBalancer the load balancer as it is
 * @param problems what stands in the way, each naming what and why; empty when nothing does
 * @param byTable the farms that know of each client's address which server it was given: a refresh may forget that
 * @param bySource the farms whose clients go by a hash of their addresses
 */
public record Preflight(LoadBalancer loadBalancer, List<String> problems, List<String> byTable, List<String> bySource) {

    public static Preflight of(Snapshot lb) {
        LoadBalancer loadBalancer = lb.loadBalancer();
        List<String> problems = new ArrayList<>();
        if (!"ok".equals(loadBalancer.state())) {
            problems.add("the service is %s, not ok".formatted(loadBalancer.state()));
        }
        frontends(lb, problems);
        vrack(lb, loadBalancer, problems);
        return new Preflight(
                loadBalancer,
                List.copyOf(problems),
                farms(lb, farm -> "sourceIp".equals(farm.stickiness())),
                farms(lb, Farm::isBalancedBySource));
    }

    /** @throws IplbException naming every problem there is */
    void mustPass() {
        if (!problems.isEmpty()) {
            throw new IplbException(
                    FailureKind.PREFLIGHT,
                    "%s cannot be refreshed: %s".formatted(loadBalancer.serviceName(), String.join("; ", problems)));
        }
    }

    /** What a refresh does to the clients, as it was seen ({@code docs/traffic.md}); one line each. */
    List<String> warnings() {
        return List.of("a refresh re-balances the connections: what is under way goes on, kept ones are closed"
                + named("; clients of farms with stickiness sourceIp may go to other servers: ", byTable)
                + named(
                        "; where servers were added, removed, drained or given another weight, most clients of farms balanced by source go to other servers: ",
                        bySource));
    }

    private static String named(String what, List<String> farms) {
        return farms.isEmpty() ? "" : what + String.join(", ", farms);
    }

    private static List<String> farms(Snapshot lb, Predicate<Farm> which) {
        return Stream.of(Protocol.HTTP, Protocol.TCP)
                .flatMap(protocol ->
                        lb.farms(protocol).stream().filter(which).map(farm -> shown(protocol, "farm", farm)))
                .toList();
    }

    private static void frontends(Snapshot lb, List<String> problems) {
        int count = 0;
        for (Protocol protocol : Protocol.values()) {
            List<Frontend> frontends = lb.frontends(protocol);
            count += frontends.size();
            for (Frontend frontend : frontends) {
                if (!isValid(lb, protocol, frontend)) {
                    problems.add("%s has neither a default farm%s nor a route with a rule"
                            .formatted(
                                    shown(protocol, "frontend", frontend),
                                    protocol == Protocol.HTTP ? ", a redirect" : ""));
                }
            }
        }
        if (count == 0) {
            problems.add("there is no frontend");
        }
    }

    private static boolean isValid(Snapshot lb, Protocol protocol, Frontend frontend) {
        boolean redirects = frontend.redirectLocation() != null
                && !frontend.redirectLocation().isEmpty();
        if (frontend.defaultFarmId() != null || redirects) {
            return true;
        }
        return lb.routes(protocol).stream()
                .anyMatch(route ->
                        route.isOn(frontend.frontendId()) && !route.rules().isEmpty());
    }

    private static void vrack(Snapshot lb, LoadBalancer loadBalancer, List<String> problems) {
        boolean anyFarm = false;
        for (Protocol protocol : Protocol.values()) {
            for (Farm farm : lb.farms(protocol)) {
                anyFarm = true;
                boolean inVrack = farm.vrackNetworkId() != null;
                if (loadBalancer.inVrack() != inVrack) {
                    problems.add(
                            inVrack
                                    ? "%s is in a vRack, the load balancer is not"
                                            .formatted(shown(protocol, "farm", farm))
                                    : "%s is not in the vRack of the load balancer"
                                            .formatted(shown(protocol, "farm", farm)));
                }
            }
        }
        // A farm that is in the vRack proves that there is a network with its vLAN.
        if (loadBalancer.inVrack() && !anyFarm && lb.vrackNetworks().isEmpty()) {
            problems.add("the load balancer has no vLAN in its vRack");
        }
    }

    private static String shown(Protocol protocol, String kind, Named object) {
        String name = object.displayName() == null ? "" : " '" + object.displayName() + "'";
        String id = object.isThere() ? " " + object.id() : "";
        return protocol.code() + " " + kind + id + name;
    }
}
