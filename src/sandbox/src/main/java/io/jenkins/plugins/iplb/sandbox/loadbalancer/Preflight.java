package io.jenkins.plugins.iplb.sandbox.loadbalancer;

import io.jenkins.plugins.iplb.sandbox.world.Configuration;
import io.jenkins.plugins.iplb.sandbox.world.Family;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.sandbox.world.LoadBalancer;
import java.util.List;
import java.util.Optional;

/**
 * The conditions under which OVH refreshes at all, from its guide on routing failover IPs: farms are all in the vRack or
 * none is; there is a frontend; and every frontend, disabled or not, has a route with a rule, a redirection or a default
 * farm.
 */
final class Preflight {
    private Preflight() {}

    /** @return what is wrong, naming the object; empty when a refresh may start */
    static Optional<String> problem(LoadBalancer service) {
        Configuration staged = service.staged();
        List<Item> frontends = staged.ofFamily(Family.frontend).toList();
        if (frontends.isEmpty()) {
            return Optional.of("The load balancer has no frontend");
        }
        return vrackProblem(service)
                .or(() -> frontends.stream()
                        .filter(frontend -> !valid(frontend, staged))
                        .findFirst()
                        .map(frontend -> "The " + frontend.kind() + " " + frontend.id()
                                + " has neither a default farm, nor a redirection, nor a route with a rule"));
    }

    private static Optional<String> vrackProblem(LoadBalancer service) {
        if (service.inVrack() && service.vrackNetworks().isEmpty()) {
            return Optional.of("The load balancer is in a vRack and has no vRack network");
        }
        return service.staged()
                .ofFamily(Family.farm)
                .filter(farm -> (farm.reference("vrackNetworkId") != 0) != service.inVrack())
                .findFirst()
                .map(farm -> "The " + farm.kind() + " " + farm.id()
                        + (service.inVrack() ? " is not in the vRack of" : " is in a vRack, unlike")
                        + " the load balancer");
    }

    private static boolean valid(Item frontend, Configuration staged) {
        return frontend.reference("defaultFarmId") != 0
                || frontend.fields().hasNonNull("redirectLocation")
                || staged.routes(frontend.kind().protocol())
                        .filter(route -> route.reference("frontendId") == frontend.id())
                        .anyMatch(route -> staged.children(route).findAny().isPresent());
    }
}
