package io.jenkins.plugins.iplb.sandbox.tls;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.world.Certificate;
import io.jenkins.plugins.iplb.sandbox.world.Configuration;
import io.jenkins.plugins.iplb.sandbox.world.Family;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.sandbox.world.Kind;
import io.jenkins.plugins.iplb.sandbox.world.LoadBalancer;
import io.jenkins.plugins.iplb.sandbox.world.Protocol;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The frontend on port 443 as one zone has it deployed, and what it does with a connection: a TCP or HTTP frontend with ssl,
 * or a TCP frontend without, whose servers do the TLS.
 *
 * @param speaksByItself whether frontends that do TLS speak HTTP/2 there without a route
 */
record LiveFrontend(Configuration deployed, Item frontend, boolean speaksByItself) {
    static final String H2 = "h2";
    static final String HTTP_1 = "http/1.1";

    private static final String H2_PATTERN = "http/2.0";
    private static final String PORT = "443";
    private static final Kind TCP_FRONTEND = Kind.parse("tcp/frontend");
    private static final Kind HTTP_FRONTEND = Kind.parse("http/frontend");

    /**
     * That of the first service; the sandbox has one address for all names.
     *
     * @param zone null = the service's first
     * @return empty = nothing listens there
     */
    static Optional<LiveFrontend> of(World world, String zone) {
        return world.inside(() -> world.services().stream().findFirst().flatMap(service -> in(world, service, zone)));
    }

    private static Optional<LiveFrontend> in(World world, LoadBalancer service, String wanted) {
        Predicate<String> meant = wanted == null ? any -> true : wanted::equals;
        return service.zones().stream().filter(meant).findFirst().flatMap(zone -> {
            Configuration deployed = service.deployed(zone);
            return Stream.concat(
                            deployed.ofKind(TCP_FRONTEND),
                            deployed.ofKind(HTTP_FRONTEND).filter(frontend -> frontend.flag("ssl")))
                    .filter(frontend -> !frontend.flag("disabled"))
                    .filter(frontend -> List.of(zone, LoadBalancer.ALL_ZONES).contains(frontend.text("zone")))
                    .filter(frontend ->
                            Arrays.asList(frontend.text("port").split(",")).contains(PORT))
                    .findFirst()
                    .map(frontend -> new LiveFrontend(
                            deployed, frontend, frontend.flag("ssl") && world.hasNativeHttp2(service.refreshed(zone))));
        });
    }

    /**
     * Whether a client that offers h2 gets it: some route takes http/2.0 connections and has somewhere to put them, or the
     * frontend speaks it by itself.
     */
    boolean speaksH2() {
        return h2Route()
                .map(route -> route.targetFarm() == 0 || hasActiveServer(route.targetFarm()))
                .orElse(speaksByItself);
    }

    /**
     * What to show of what was given to the load balancer; empty for one of the sandbox's own.
     *
     * @param name that the client asks for; empty when it asks for none
     */
    Optional<Certificate> certificate(Optional<String> name) {
        return deployed.certificates().stream()
                .filter(each -> name.filter(each::isFor).isPresent())
                // Of several, the newest: OVH does not publish which it takes.
                .reduce((older, newer) -> newer)
                .or(() -> deployed.certificate(frontend.reference("defaultSslId")))
                .filter(Certificate::isGiven);
    }

    /** @return the farm that serves a connection of that protocol; empty = it is closed */
    OptionalLong farm(String protocol) {
        long standard = frontend.reference("defaultFarmId");
        long farm =
                protocol.equals(H2) ? h2Route().map(Item::targetFarm).orElse(speaksByItself ? standard : 0L) : standard;
        return farm != 0 && hasActiveServer(farm) ? OptionalLong.of(farm) : OptionalLong.empty();
    }

    /** The first route in evaluation order whose rules all match an HTTP/2 connection; only TCP has such rules. */
    private Optional<Item> h2Route() {
        return deployed.routes(Protocol.tcp)
                .filter(route -> frontend.kind().equals(TCP_FRONTEND))
                .filter(route -> route.reference("frontendId") == frontend.id())
                .filter(route -> {
                    List<Item> rules = deployed.children(route).toList();
                    return !rules.isEmpty() && rules.stream().allMatch(LiveFrontend::takesH2);
                })
                .findFirst();
    }

    private static boolean takesH2(Item rule) {
        if (!rule.text("field").equals("protocol") || rule.flag("negate")) {
            return false;
        }
        String pattern = rule.text("pattern");
        return rule.text("match").equals("in")
                ? Arrays.stream(pattern.split(",")).map(String::trim).anyMatch(H2_PATTERN::equals)
                : pattern.equals(H2_PATTERN);
    }

    private boolean hasActiveServer(long farmId) {
        return deployed.find(frontend.kind().sibling(Family.farm), farmId)
                .filter(farm -> deployed.children(farm).anyMatch(LiveFrontend::takesTraffic))
                .isPresent();
    }

    private static boolean takesTraffic(Item server) {
        JsonNode weight = server.fields().path("weight");
        return server.text("status").equals("active") && (weight.isNull() || weight.asInt() != 0);
    }
}
