package io.jenkins.plugins.iplb.sandbox.loadbalancer;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.schema.IpBlocks;
import io.jenkins.plugins.iplb.sandbox.world.Certificate;
import io.jenkins.plugins.iplb.sandbox.world.Configuration;
import io.jenkins.plugins.iplb.sandbox.world.Family;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.sandbox.world.LoadBalancer;
import io.jenkins.plugins.iplb.sandbox.world.World;

/** What an object says about others must be true when it is staged, and what others say about it when it is removed. */
final class References {
    private static final int ROUTES_MAX = 50;
    private static final int RULES_MAX = 5;

    private final World world;
    private final Catalogue catalogue;

    References(World world, Catalogue catalogue) {
        this.world = world;
        this.catalogue = catalogue;
    }

    /** @throws ApiError 400 with the offending field or object */
    void check(LoadBalancer service, Item item) {
        switch (item.kind().family()) {
            case frontend -> checkFrontend(service, item);
            case farm -> checkFarm(service, item);
            case route -> checkRoute(service, item);
            case rule -> catalogue.checkRule(item);
            case server -> {
                // a server speaks of nothing but its farm, which the path has proved
            }
        }
    }

    /** @throws ApiError 400 when one more like this can not be there */
    void checkNew(LoadBalancer service, Item item) {
        Configuration staged = service.staged();
        if (item.kind().family() == Family.farm && service.inVrack() && item.reference("vrackNetworkId") == 0) {
            throw ApiError.badRequest(
                    "Missing parameter vrackNetworkId: it is mandatory when the load balancer is attached to a vRack");
        }
        if (item.kind().family() == Family.route
                && staged.ofFamily(Family.route).count() >= ROUTES_MAX) {
            throw ApiError.badRequest("A load balancer can not have more than " + ROUTES_MAX + " routes");
        }
        if (item.kind().family() == Family.rule) {
            Item route = staged.find(item.kind().sibling(Family.route), item.parent())
                    .orElseThrow();
            if (staged.children(route).count() >= RULES_MAX) {
                throw ApiError.badRequest("A route can not have more than " + RULES_MAX + " rules");
            }
        }
    }

    /** @throws ApiError 400 when another object still needs it */
    void checkUnused(LoadBalancer service, Item item) {
        Configuration staged = service.staged();
        if (item.kind().family() == Family.farm) {
            staged.ofKind(item.kind().sibling(Family.frontend))
                    .filter(frontend -> frontend.reference("defaultFarmId") == item.id())
                    .findFirst()
                    .ifPresent(frontend -> refuse(item, frontend));
            staged.ofKind(item.kind().sibling(Family.route))
                    .filter(route -> route.targetFarm() == item.id())
                    .findFirst()
                    .ifPresent(route -> refuse(item, route));
            // Whether OVH would remove its servers too is published nowhere; who relies on it is found out.
            staged.children(item).findFirst().ifPresent(server -> refuse(item, server));
        }
        if (item.kind().family() == Family.frontend) {
            staged.ofKind(item.kind().sibling(Family.route))
                    .filter(route -> route.reference("frontendId") == item.id())
                    .findFirst()
                    .ifPresent(route -> refuse(item, route));
        }
    }

    /** @throws ApiError 400 when a frontend shows it to who asks for no other */
    static void checkUnused(LoadBalancer service, Certificate certificate) {
        service.staged()
                .ofFamily(Family.frontend)
                .filter(frontend -> frontend.reference("defaultSslId") == certificate.id())
                .findFirst()
                .ifPresent(frontend -> {
                    throw ApiError.badRequest(
                            "The ssl " + certificate.id() + " is used by " + frontend.kind() + " " + frontend.id());
                });
    }

    private static void refuse(Item item, Item user) {
        throw ApiError.badRequest(
                "The " + item.kind() + " " + item.id() + " is used by " + user.kind() + " " + user.id());
    }

    private void checkFrontend(LoadBalancer service, Item frontend) {
        checkZone(service, frontend);
        checkExists(service, frontend, "defaultFarmId", Family.farm);
        long certificate = frontend.reference("defaultSslId");
        if (certificate != 0 && service.staged().certificate(certificate).isEmpty()) {
            throw missing("defaultSslId", certificate);
        }
        if (notEmpty(frontend, "allowedSource") && notEmpty(frontend, "deniedSource")) {
            throw ApiError.badRequest("allowedSource and deniedSource can not be used together");
        }
        for (JsonNode block : frontend.fields().path("dedicatedIpfo")) {
            boolean here = world.ip(block.asText())
                    .flatMap(ip -> ip.routedTo())
                    .filter(service.name()::equals)
                    .isPresent();
            if (!here) {
                throw ApiError.badRequest("Invalid value for parameter dedicatedIpfo: "
                        + IpBlocks.canonical(block.asText()) + " is not routed to this load balancer");
            }
        }
    }

    private void checkFarm(LoadBalancer service, Item farm) {
        checkZone(service, farm);
        catalogue.checkProbe(farm);
        long network = farm.reference("vrackNetworkId");
        if (network != 0 && !service.vrackNetworks().containsKey(network)) {
            throw missing("vrackNetworkId", network);
        }
    }

    private void checkRoute(LoadBalancer service, Item route) {
        catalogue.checkAction(route);
        checkExists(service, route, "frontendId", Family.frontend);
        JsonNode action = route.fields().path("action");
        if (action.path("type").asText().equals("farm")) {
            String target = action.path("target").asText();
            boolean known = target.matches("[0-9]{1,18}")
                    && service.staged()
                            .find(route.kind().sibling(Family.farm), Long.parseLong(target))
                            .isPresent();
            if (!known) {
                throw ApiError.badRequest("Invalid value for parameter action.target: no "
                        + route.kind().protocol() + " farm has the id '" + target + "'");
            }
        }
    }

    private static void checkExists(LoadBalancer service, Item item, String field, Family family) {
        long id = item.reference(field);
        if (id != 0 && service.staged().find(item.kind().sibling(family), id).isEmpty()) {
            throw missing(field, id);
        }
    }

    private static void checkZone(LoadBalancer service, Item item) {
        String zone = item.text("zone");
        if (!zone.equals(LoadBalancer.ALL_ZONES) && !service.zones().contains(zone)) {
            throw ApiError.badRequest(
                    "Invalid value for parameter zone: '" + zone + "' is not a zone of this load balancer");
        }
    }

    private static boolean notEmpty(Item item, String list) {
        return !item.fields().path(list).isEmpty();
    }

    private static ApiError missing(String field, long id) {
        return ApiError.badRequest("Invalid value for parameter " + field + ": " + id + " does not exist");
    }
}
