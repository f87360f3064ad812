package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.RouteTarget.ToFarm;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.testing.Bench;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes in few words. */
final class Wishes {
    static final RuleSpec HTTP2 = rule("protocol", "is", "http/2.0");

    private Wishes() {}

    static RuleSpec rule(String field, String match, String pattern) {
        return new RuleSpec(field, null, match, false, pattern);
    }

    static RuleSpec host(String name) {
        return rule("host", "is", name);
    }

    static RuleSpec sni(String name) {
        return rule("sni", "is", name);
    }

    static Reference ref(Object idOrName) {
        return Reference.parse("farm", idOrName.toString());
    }

    static List<IpBlock> ips(String... blocks) {
        return Arrays.stream(blocks).map(block -> IpBlock.parse("ip", block)).toList();
    }

    /** The route of OVH's guide to HTTP/2, on the demo world. */
    static EnsureRoute http2Route() {
        return tcpRoute("https", "web-http2", null, HTTP2);
    }

    /** A route to a farm with exactly these rules. */
    static EnsureRoute tcpRoute(Object frontend, Object farm, String name, RuleSpec... rules) {
        return route(Protocol.TCP, frontend, new ToFarm(ref(farm)), null, name, rules);
    }

    /** A route of the http frontend with exactly these rules. @param weight null for not mentioned */
    static EnsureRoute httpRoute(RouteTarget target, Integer weight, String name, RuleSpec... rules) {
        return route(Protocol.HTTP, "http", target, weight, name, rules);
    }

    /** A route of the http frontend whose rules are not mentioned. */
    static EnsureRoute httpRouteOfAnyRules(RouteTarget target, Integer weight, String name) {
        return new EnsureRoute(
                SERVICE,
                Protocol.HTTP,
                Optional.of(ref("http")),
                target,
                Optional.ofNullable(weight),
                name,
                Optional.empty(),
                Map.of());
    }

    /** A route that refuses, for what needs one. */
    static EnsureRoute gate() {
        return httpRoute(new RouteTarget.Reject(null), null, "gate", host("gate.example"));
    }

    /** An http route that refuses, and is on no frontend yet. */
    static EnsureRoute laterRoute(String name, RuleSpec... rules) {
        return new EnsureRoute(
                SERVICE,
                Protocol.HTTP,
                Optional.empty(),
                new RouteTarget.Reject(null),
                Optional.empty(),
                name,
                Optional.of(List.of(rules)),
                Map.of());
    }

    static EnsureRule ensureRule(Protocol protocol, Object route, String name, RuleSpec rule) {
        return new EnsureRule(
                SERVICE, protocol, Reference.parse("route", route.toString()), Optional.empty(), rule, name);
    }

    static SetStickiness stickiness(Protocol protocol, Object farm, String mode) {
        return new SetStickiness(SERVICE, protocol, ref(farm), mode);
    }

    static DedicateFailover dedicate(Protocol protocol, Object frontend, String... blocks) {
        return new DedicateFailover(SERVICE, protocol, ref(frontend), ips(blocks));
    }

    static ParkFailover park(String ip) {
        return new ParkFailover(SERVICE, IpBlock.parseAny("ip", ip));
    }

    static MoveFailover move(String ip, String to) {
        return new MoveFailover(IpBlock.parseAny("ip", ip), to);
    }

    /** A frontend of which nothing else is mentioned. */
    static EnsureFrontend frontend(Protocol protocol, String port, String zone, String name) {
        Fields fields = Fields.none()
                .withPresent("port", Optional.ofNullable(port))
                .withPresent("zone", Optional.ofNullable(zone))
                .withPresent("name", Optional.ofNullable(name));
        return new EnsureFrontend(SERVICE, protocol, Optional.empty(), fields);
    }

    /** @param fields as JSON with single quotes */
    static EnsureFrontend frontend(Protocol protocol, String fields) {
        return new EnsureFrontend(SERVICE, protocol, Optional.empty(), fields(fields));
    }

    /** @param fields as JSON with single quotes */
    static EnsureFarm farm(Protocol protocol, Object farm, String fields) {
        return new EnsureFarm(SERVICE, protocol, ref(farm), fields(fields));
    }

    /** A server that is told by its address. @param fields as JSON with single quotes */
    static EnsureServer server(Protocol protocol, Object farm, String fields) {
        return new EnsureServer(SERVICE, protocol, ref(farm), Optional.empty(), fields(fields));
    }

    /** A server that is told by its id or name. @param fields as JSON with single quotes */
    static EnsureServer server(Protocol protocol, Object farm, Object server, String fields) {
        return new EnsureServer(
                SERVICE,
                protocol,
                ref(farm),
                Optional.of(Reference.parse("server", server.toString())),
                fields(fields));
    }

    static Remove remove(Protocol protocol, Removable what) {
        return new Remove(SERVICE, protocol, what);
    }

    static Fields fields(String json) {
        return new Fields((ObjectNode) Bench.json(json));
    }

    private static EnsureRoute route(
            Protocol protocol, Object frontend, RouteTarget target, Integer weight, String name, RuleSpec... rules) {
        return new EnsureRoute(
                SERVICE,
                protocol,
                Optional.of(ref(frontend)),
                target,
                Optional.ofNullable(weight),
                name,
                Optional.of(List.of(rules)),
                Map.of());
    }
}
