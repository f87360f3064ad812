package io.jenkins.plugins.iplb.operation;

import static io.jenkins.plugins.iplb.api.Protocol.HTTP;
import static io.jenkins.plugins.iplb.api.Protocol.TCP;
import static io.jenkins.plugins.iplb.api.Protocol.UDP;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Metrics;
import io.jenkins.plugins.iplb.api.MetricsToken;
import io.jenkins.plugins.iplb.api.Zones;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.DedicateFailover;
import io.jenkins.plugins.iplb.change.Drain;
import io.jenkins.plugins.iplb.change.EnableHttp2;
import io.jenkins.plugins.iplb.change.EnsureCertificate;
import io.jenkins.plugins.iplb.change.EnsureFarm;
import io.jenkins.plugins.iplb.change.EnsureFrontend;
import io.jenkins.plugins.iplb.change.EnsureRoute;
import io.jenkins.plugins.iplb.change.EnsureRule;
import io.jenkins.plugins.iplb.change.EnsureServer;
import io.jenkins.plugins.iplb.change.EnsureVrackNetwork;
import io.jenkins.plugins.iplb.change.MoveFailover;
import io.jenkins.plugins.iplb.change.OrderFreeCertificate;
import io.jenkins.plugins.iplb.change.ParkFailover;
import io.jenkins.plugins.iplb.change.Removable;
import io.jenkins.plugins.iplb.change.Remove;
import io.jenkins.plugins.iplb.change.RemoveCertificate;
import io.jenkins.plugins.iplb.change.RemoveVrackNetwork;
import io.jenkins.plugins.iplb.change.RotateCertificate;
import io.jenkins.plugins.iplb.change.RouteTarget;
import io.jenkins.plugins.iplb.change.ServerKey;
import io.jenkins.plugins.iplb.change.ServersOfFarm;
import io.jenkins.plugins.iplb.change.SetService;
import io.jenkins.plugins.iplb.change.SetStickiness;
import io.jenkins.plugins.iplb.change.SwitchFarm;
import io.jenkins.plugins.iplb.change.Undrain;
import io.jenkins.plugins.iplb.check.CheckTarget;
import io.jenkins.plugins.iplb.check.ConnectionsAt;
import io.jenkins.plugins.iplb.check.Expectation;
import io.jenkins.plugins.iplb.check.TrafficProof;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.CertifiedKey;
import io.jenkins.plugins.iplb.parameter.Durations;
import io.jenkins.plugins.iplb.parameter.LiveList;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.parameter.RuleValue;
import io.jenkins.plugins.iplb.parameter.Values;
import io.jenkins.plugins.iplb.refresh.ForeignChanges;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All operations, each declared once: every face is made from this, or held against it. */
public final class Catalogue {
    /** Those of which one says when a server is empty. */
    static final String[] EMPTYING = {Emptying.AFTER, ConnectionsAt.PARAMETER};

    private static final List<OperationType> ALL = List.of(
            addRoute(),
            addRule(),
            setStickiness(),
            moveFailover(),
            parkFailover(),
            dedicateFailover(),
            ensureFrontend(),
            ensureFarm(),
            ensureServer(),
            removeRoute(),
            removeRule(),
            removeFrontend(),
            removeFarm(),
            removeServer(),
            ensureCertificate(),
            rotateCertificate(),
            removeCertificate(),
            orderFreeCertificate(),
            setService(),
            ensureVrackNetwork(),
            removeVrackNetwork(),
            drain(),
            undrain(),
            switchFarm(),
            refresh(),
            enableHttp2(),
            checkHttp2(),
            checkTraffic(),
            checkMetrics(),
            show(),
            metricsToken());

    private Catalogue() {}

    /** In the order in which people learn them. */
    public static List<OperationType> all() {
        return ALL;
    }

    /** @throws NoSuchElementException when there is none of that name */
    public static OperationType named(String name) {
        return ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no operation " + name));
    }

    // ---- what is made and changed

    private static OperationType addRoute() {
        return OperationType.of(
                        "add-route",
                        "Makes sure that there is a route, with its rules when they are given: on a frontend, or on none yet.")
                .on("route", TCP, HTTP)
                .takes(
                        frontend(
                                "Where the traffic arrives. Default: where the route is; a new one is on no frontend, for later"))
                .takesOne(
                        farm("Send it to this farm"),
                        Parameter.of("redirect", RouteTarget.REDIRECT_URL, "Send the client there")
                                .only(HTTP),
                        flag("reject", "Refuse it"))
                .takes(
                        Parameter.of("status", RouteTarget.STATUS, "HTTP status of a redirect or a reject")
                                .only(HTTP),
                        EnsureRoute.WEIGHT,
                        name("Its name; what it is found by when it is run again"),
                        Parameter.of(
                                "rules",
                                RuleValue.RULES,
                                "A rule, such as 'protocol is http/2.0'; the route gets exactly these, which must all match"),
                        zone("Only the frontend, or without one the farm, in this zone"))
                .wishes(given -> new EnsureRoute(
                        given.text("service"),
                        given.protocol(),
                        given.optionalReference("frontend").map(frontend -> frontend.in(given.zone())),
                        target(given),
                        given.number("weight"),
                        given.text("name"),
                        given.list("rules")
                                .map(rules -> rules.stream().map(RuleSpec::of).toList()),
                        ruleNames(given.list("rules").orElse(List.of()))));
    }

    /** The farm is in the zone of the frontend, where there is one. */
    private static RouteTarget target(Arguments given) {
        Optional<Integer> status = given.number("status");
        if (given.counts("farm")) {
            status.ifPresent(code -> {
                throw new InvalidInput(
                        "status", code, "nothing with %s: only %s and %s answer", "farm", "redirect", "reject");
            });
            return new RouteTarget.ToFarm(given.counts("frontend") ? given.reference("farm") : given.inZone("farm"));
        }
        return given.flag("reject")
                ? new RouteTarget.Reject(status.orElse(null))
                : new RouteTarget.Redirect(given.text("redirect"), status.orElse(null));
    }

    private static Map<RuleSpec, String> ruleNames(List<JsonNode> rules) {
        return rules.stream()
                .filter(rule -> rule.has(RuleSpec.NAME))
                .collect(Collectors.toMap(
                        RuleSpec::of, rule -> rule.path(RuleSpec.NAME).textValue(), (one, other) -> one));
    }

    private static OperationType addRule() {
        return OperationType.of("add-rule", "Makes sure that a route, which must be there already, has a rule.")
                .on("route", TCP, HTTP)
                .needs(route("The route"))
                .takes(RuleSpec.PARAMETERS.toArray(Parameter[]::new))
                .takes(name("Its name"), onFrontend(), inZoneOfFrontend())
                .wishes(given -> new EnsureRule(
                        given.text("service"),
                        given.protocol(),
                        given.inZone("route"),
                        given.optionalReference("frontend"),
                        RuleSpec.of(given.values().json()),
                        given.text("name")));
    }

    /** One field of {@code ensure-farm}, of a farm that must be there. */
    private static OperationType setStickiness() {
        return OperationType.of("set-stickiness", "Sets how a farm keeps the requests of one session on one server.")
                .on("farm", HTTP, TCP)
                .needs(farm("The farm"), SetStickiness.PARAMETER)
                .takes(zone("Only the farm in this zone"))
                .wishes(given -> new SetStickiness(
                        given.text("service"),
                        given.protocol(),
                        given.inZone("farm"),
                        Optional.ofNullable(given.text("stickiness")).orElse(Parameter.NONE)));
    }

    private static OperationType moveFailover() {
        return OperationType.of(
                        "move-failover",
                        "Moves a failover IP, which OVH calls an additional IP now, to a load balancer or another service, and waits until it is there.")
                .needs(
                        Parameter.of("ip", Values.ANY_BLOCK, "The address or block")
                                .from(LiveList.FAILOVER_IPS)
                                .orNew(),
                        Parameter.of(
                                        "to",
                                        Values.text("SERVICE", "the name of the service that gets the address"),
                                        "The service that gets it")
                                .from(LiveList.LOAD_BALANCERS))
                .wishes(given -> new MoveFailover(IpBlock.parseAny("ip", given.text("ip")), given.text("to")));
    }

    private static OperationType parkFailover() {
        return OperationType.of(
                        "park-failover",
                        "Takes a failover IP off a load balancer: it is parked, routed to no service, and can be moved later.")
                .onService()
                .needs(Parameter.of("ip", Values.ANY_BLOCK, "The address or block")
                        .from(LiveList.FAILOVER_IPS))
                .wishes(given -> new ParkFailover(given.text("service"), IpBlock.parseAny("ip", given.text("ip"))));
    }

    /** One field of {@code ensure-frontend}, of a frontend that must be there. */
    private static OperationType dedicateFailover() {
        return OperationType.of(
                        "dedicate-failover", "Sets the failover IPs that a frontend listens on, and no other address.")
                .on("frontend", HTTP, TCP, UDP)
                .needs(
                        frontend("The frontend"),
                        EnsureFrontend.FIELDS
                                .parameter("ips")
                                .described("An address; none: all addresses of the load balancer"))
                .takes(zone("Only the frontend in this zone"))
                .wishes(given -> new DedicateFailover(
                        given.text("service"),
                        given.protocol(),
                        given.inZone("frontend"),
                        given.list("ips").orElseThrow().stream()
                                .map(ip -> IpBlock.parse("ips", ip.textValue()))
                                .toList()));
    }

    private static OperationType ensureFrontend() {
        return OperationType.of(
                        "ensure-frontend",
                        "Makes sure that there is a frontend; what is not mentioned is left as it is, and none resets it.")
                .on("frontend", HTTP, TCP, UDP)
                .takes(known(
                                "frontend",
                                LiveList.FRONTENDS,
                                "The frontend; made under this name when there is none. Default: the one at the port")
                        .orNew())
                .takes(EnsureFrontend.FIELDS)
                .atLeastOne("frontend", "name", "port")
                .atMostOne("allowedSource", "deniedSource")
                .wishes(given -> new EnsureFrontend(
                        given.text("service"),
                        given.protocol(),
                        given.optionalReference("frontend"),
                        given.fields(EnsureFrontend.FIELDS)));
    }

    private static OperationType ensureFarm() {
        return OperationType.of(
                        "ensure-farm",
                        "Makes sure that there is a farm; what is not mentioned is left as it is, and none resets it.")
                .on("farm", HTTP, TCP, UDP)
                .needs(known("farm", LiveList.FARMS, "The farm; made under this name when there is none")
                        .orNew())
                .takes(EnsureFarm.FIELDS)
                .wishes(given -> new EnsureFarm(
                        given.text("service"),
                        given.protocol(),
                        given.reference("farm"),
                        given.fields(EnsureFarm.FIELDS)));
    }

    private static OperationType ensureServer() {
        return OperationType.of(
                        "ensure-server",
                        "Makes sure that a farm has a server; what is not mentioned is left as it is, and none resets it.")
                .on("server", HTTP, TCP, UDP)
                .needs(farm("The farm"))
                .takes(known("server", LiveList.SERVERS, "The server, when its address does not tell it")
                        .orNew())
                .takes(EnsureServer.FIELDS)
                .takes(zone("Only the farm in this zone"))
                .atLeastOne("address", "server")
                .wishes(given -> new EnsureServer(
                        given.text("service"),
                        given.protocol(),
                        given.inZone("farm"),
                        given.optionalReference("server"),
                        given.fields(EnsureServer.FIELDS)));
    }

    // ---- what is removed

    private static OperationType removeRoute() {
        return OperationType.of("remove-route", "Makes sure that there is no such route; its rules go with it.")
                .on("route", TCP, HTTP)
                .needs(route("The route"))
                .takes(onFrontend(), inZoneOfFrontend())
                .wishes(removing(
                        given -> new Removable.Route(given.inZone("route"), given.optionalReference("frontend"))));
    }

    private static OperationType removeRule() {
        return OperationType.of("remove-rule", "Makes sure that a route has no such rule.")
                .on("route", TCP, HTTP)
                .needs(route("The route"))
                .takesOne(
                        Parameter.of("rule", Values.REFERENCE, "The rule").from(LiveList.RULES),
                        Parameter.of("says", RuleValue.RULE, "What the rule says, such as 'protocol is http/2.0'"))
                .takes(onFrontend(), inZoneOfFrontend())
                .wishes(removing(given -> new Removable.Rule(
                        given.inZone("route"),
                        given.optionalReference("frontend"),
                        given.optionalReference("rule"),
                        Optional.ofNullable(given.get("says")).map(RuleSpec::of))));
    }

    private static OperationType removeFrontend() {
        return OperationType.of("remove-frontend", "Makes sure that there is no such frontend. It must have no routes.")
                .on("frontend", HTTP, TCP, UDP)
                .needs(frontend("The frontend"))
                .takes(zone("Only the one in this zone"))
                .wishes(removing(given -> new Removable.Frontend(given.inZone("frontend"))));
    }

    private static OperationType removeFarm() {
        return OperationType.of(
                        "remove-farm",
                        "Makes sure that there is no such farm; its servers go first. Nothing may lead to it.")
                .on("farm", HTTP, TCP, UDP)
                .needs(farm("The farm"))
                .takes(zone("Only the one in this zone"))
                .wishes(removing(given -> new Removable.Farm(given.inZone("farm"))));
    }

    private static OperationType removeServer() {
        return OperationType.of("remove-server", "Makes sure that a farm has no such server.")
                .on("server", HTTP, TCP, UDP)
                .needs(farm("The farm"))
                .takes(
                        known("server", LiveList.SERVERS, "The server"),
                        Parameter.of("address", Values.ADDRESS, "Its address"),
                        Parameter.of("port", Values.PORT, "Its port, where several are at the address"),
                        zone("Only the farm in this zone"))
                .atLeastOne("address", "server")
                .wishes(removing(given -> new Removable.Server(
                        given.inZone("farm"),
                        new ServerKey(
                                given.optionalReference("server"),
                                Optional.ofNullable(given.text("address")),
                                given.number("port")))));
    }

    private static Function<Arguments, Change> removing(Function<Arguments, Removable> what) {
        return given -> new Remove(given.text("service"), given.protocol(), what.apply(given));
    }

    // ---- the load balancer itself

    private static OperationType setService() {
        return OperationType.of(
                        "set-service",
                        "Sets the name of a load balancer and its cipher suite; what is not mentioned is left as it is, and none resets it.")
                .onService()
                .takes(SetService.FIELDS)
                .atLeastOne("name", "sslConfiguration")
                .wishes(given -> new SetService(given.text("service"), given.fields(SetService.FIELDS)));
    }

    private static OperationType ensureVrackNetwork() {
        return OperationType.of(
                        "ensure-vrack-network",
                        "Makes sure that there is a private network of the vRack; what is not mentioned is left as it is.")
                .onService()
                .needs(network("The network; made under this name when there is none")
                        .orNew())
                .takes(EnsureVrackNetwork.FIELDS)
                .takes(Parameter.of(
                                "farms", Values.REFERENCES, "A farm of any protocol; these are in it, and no others")
                        .orNone())
                .wishes(given -> new EnsureVrackNetwork(
                        given.text("service"),
                        given.reference("network"),
                        given.fields(EnsureVrackNetwork.FIELDS),
                        given.list("farms")
                                .map(farms -> farms.stream()
                                        .map(each -> new Reference(each.textValue()))
                                        .toList())));
    }

    private static OperationType removeVrackNetwork() {
        return OperationType.of(
                        "remove-vrack-network",
                        "Makes sure that there is no such private network of the vRack. No farm may be in it.")
                .onService()
                .needs(network("The network"))
                .wishes(given -> new RemoveVrackNetwork(given.text("service"), given.reference("network")));
    }

    private static Parameter network(String description) {
        return known("network", LiveList.VRACK_NETWORKS, description);
    }

    // ---- certificates

    private static OperationType ensureCertificate() {
        return OperationType.of(
                        "ensure-certificate",
                        "Makes sure that there is a certificate with its private key; it is found by its fingerprint.")
                .onService()
                .needs(certificateAndKey())
                .takes(
                        chain(),
                        name("Its name"),
                        Parameter.of(
                                "frontends",
                                Values.REFERENCES,
                                "An http or tcp frontend that shows it to who asks for no other"))
                .wishes(given -> new EnsureCertificate(
                        given.text("service"),
                        Optional.ofNullable(given.text("name")),
                        certified(given),
                        given.list("frontends").orElse(List.of()).stream()
                                .map(each -> new Reference(each.textValue()))
                                .toList()));
    }

    private static OperationType rotateCertificate() {
        return OperationType.of(
                        "rotate-certificate",
                        "Puts a certificate in the place of the one of that name without a gap: adds it, refreshes, removes the old one, refreshes.")
                .onService()
                .needs(name("Its name, which the one that it replaces has, too"))
                .needs(certificateAndKey())
                .takes(chain(), certificate("replaces", "What it replaces beside, under whatever name"))
                .changes(given -> new Operation.Rotating(RotateCertificate.of(
                        given.text("service"),
                        given.text("name"),
                        certified(given),
                        given.optionalReference("replaces"))));
    }

    private static OperationType removeCertificate() {
        return OperationType.of(
                        "remove-certificate",
                        "Makes sure that there is no such certificate. It must not be the default of a frontend.")
                .onService()
                .needs(certificate("certificate", "The certificate"))
                .wishes(given -> new RemoveCertificate(given.text("service"), given.reference("certificate")));
    }

    private static OperationType orderFreeCertificate() {
        return OperationType.of(
                        "order-free-certificate",
                        "Orders a free certificate, which OVH renews by itself, and waits until it is there.")
                .onService()
                .needs(Parameter.of(
                        "hosts",
                        Values.HOSTS,
                        "A host that it is for; the name must lead to the load balancer already"))
                .wishes(given -> new OrderFreeCertificate(
                        given.text("service"),
                        given.list("hosts").orElseThrow().stream()
                                .map(JsonNode::textValue)
                                .toList()));
    }

    private static CertifiedKey certified(Arguments given) {
        return CertifiedKey.of(given.text("certificate"), given.text("key"), given.text("chain"));
    }

    private static Parameter[] certificateAndKey() {
        return new Parameter[] {
            Parameter.of("certificate", Values.CERTIFICATE, "The certificate; its chain may follow it"),
            Parameter.of("key", Values.PRIVATE_KEY, "Its private key, which goes to OVH and nowhere else")
        };
    }

    private static Parameter chain() {
        return Parameter.of("chain", Values.CERTIFICATE, "What the certificate was signed by");
    }

    private static Parameter certificate(String name, String description) {
        return known(name, LiveList.CERTIFICATES, description);
    }

    // ---- what deployments take

    private static OperationType drain() {
        return OperationType.of(
                        Drain.OPERATION,
                        "Takes servers out of a farm: makes them inactive, refreshes, and waits until they are empty. The last one stays.")
                .on("farm", HTTP, TCP, UDP)
                .needs(farm("The farm"), servers("servers", "A server that goes, by its id, its name, or its address"))
                .takes(zone("Only the farm in this zone"))
                .takes(emptying())
                .atMostOne(EMPTYING)
                .changes(given -> {
                    Drain drain = new Drain(serversOfFarm(given));
                    return new Operation.MakingLive(
                            drain,
                            Optional.of(emptying(given, drain.of().servers().size())));
                });
    }

    private static OperationType undrain() {
        return OperationType.of(
                        Undrain.OPERATION,
                        "Puts servers back into a farm: makes them active, refreshes, and waits until that is live.")
                .on("farm", HTTP, TCP, UDP)
                .needs(
                        farm("The farm"),
                        servers("servers", "A server that comes back, by its id, its name, or its address"))
                .takes(zone("Only the farm in this zone"))
                .changes(given -> new Operation.MakingLive(new Undrain(serversOfFarm(given)), Optional.empty()));
    }

    private static OperationType switchFarm() {
        return OperationType.of(
                        SwitchFarm.OPERATION,
                        "Makes a farm the default one of a frontend, as blue-green deployments do, refreshes, and waits until that is live.")
                .on("frontend", HTTP, TCP, UDP)
                .needs(frontend("The frontend"), farm("The farm that it is to have"))
                .takes(
                        known(
                                "and",
                                LiveList.FRONTENDS,
                                "Another frontend, which gets the farm that the first one had"),
                        zone("Only frontends in this zone"))
                .changes(given -> new Operation.MakingLive(
                        new SwitchFarm(
                                given.text("service"),
                                given.protocol(),
                                given.inZone("frontend"),
                                given.reference("farm"),
                                given.optionalReference("and")),
                        Optional.empty()));
    }

    static Parameter servers(String name, String description) {
        return Parameter.of(name, Values.REFERENCES, description).from(LiveList.SERVERS);
    }

    /** Those that are needed. */
    static List<Reference> references(Arguments given, String name) {
        return given.list(name).orElseThrow().stream()
                .map(each -> new Reference(each.textValue()))
                .toList();
    }

    private static ServersOfFarm serversOfFarm(Arguments given) {
        return new ServersOfFarm(
                given.text("service"), given.protocol(), given.inZone("farm"), references(given, "servers"));
    }

    /** When what was taken out is empty. */
    static Parameter[] emptying() {
        return new Parameter[] {
            Parameter.of(
                    Emptying.AFTER,
                    Values.DURATION,
                    "Take them for empty when they have been out for so long. Default: " + Emptying.After.USUAL.time()),
            Parameter.of(
                    ConnectionsAt.PARAMETER,
                    Values.text("URL", ConnectionsAt.ALLOWED),
                    "Ask a server here how many connections it has, until there are none: a number alone, nginx's stub_status or Apache's server-status?auto"),
            Parameter.of(
                    Emptying.CONNECTIONS, Values.number(0, 1_000_000), "As many connections may be left. Default: 0")
        };
    }

    static Emptying emptying(Arguments given, int servers) {
        Optional<Integer> most = given.number(Emptying.CONNECTIONS);
        if (given.text(ConnectionsAt.PARAMETER) == null) {
            most.ifPresent(number -> {
                throw new InvalidInput(Emptying.CONNECTIONS, number, "nothing without %s", ConnectionsAt.PARAMETER);
            });
            return Optional.ofNullable(given.text(Emptying.AFTER))
                    .map(Emptying.After::new)
                    .orElse(Emptying.After.USUAL);
        }
        ConnectionsAt at = new ConnectionsAt(given.text(ConnectionsAt.PARAMETER));
        if (servers > 1 && !at.isOfEach()) {
            throw new InvalidInput(
                    ConnectionsAt.PARAMETER,
                    at.template(),
                    "a URL with {address} in it where %s are several",
                    "servers");
        }
        return new Emptying.Counted(at, most.orElse(0));
    }

    // ---- what changes no object

    private static OperationType refresh() {
        return OperationType.of("refresh", "Makes what is staged live, and waits until it is.")
                .onService()
                .takes(
                        Parameter.of("zones", Values.ZONES, "Only this zone. Default: all")
                                .from(LiveList.ZONES),
                        flag(
                                "force",
                                "Refresh even when nothing is pending, as native HTTP/2 and the forwarding of logs take it"),
                        Parameter.of("wait", Values.FLAG, "Wait until it is done")
                                .preset(true),
                        flag("exclusive", "A refresh of its own, not one that somebody else asks for as well"),
                        Parameter.of(
                                "foreignChanges",
                                Values.oneOf(Arrays.stream(ForeignChanges.values())
                                        .map(ForeignChanges::code)
                                        .toList()),
                                "What to do about pending changes that the record does not explain. Default: warn"))
                .means(given -> Operation.of(new RefreshRequest(
                        given.text("service"),
                        given.list("zones").orElse(List.of()).stream()
                                .map(JsonNode::textValue)
                                .toList(),
                        given.flag("force"),
                        given.flag("wait"),
                        given.flag("exclusive"),
                        ForeignChanges.parse(given.text("foreignChanges")))));
    }

    private static OperationType enableHttp2() {
        return OperationType.of(
                        EnableHttp2.OPERATION,
                        "Brings HTTP/2 to a frontend in the way that is right for it, makes that live, and proves it.")
                .on("frontend", HTTP, TCP)
                .needs(
                        frontend("The frontend on which HTTP/2 is to be spoken"),
                        Parameter.of(
                                "url", Values.text("URL", "an https URL"), "What must answer over HTTP/2 in the end"))
                .takes(
                        farm("Hand HTTP/2 connections to this farm, by a route. Default: the frontend speaks HTTP/2 by itself, as it does with ssl")
                                .only(TCP))
                .takes(wayThere())
                .means(given -> new Operation.EnablingHttp2(
                        new EnableHttp2(
                                given.text("service"),
                                given.protocol(),
                                given.reference("frontend"),
                                given.optionalReference("farm")),
                        http2Target(given)));
    }

    private static CheckTarget http2Target(Arguments given) {
        return CheckTarget.overTls(given.text("url"), given.text("connectTo"), given.text("ca"));
    }

    /** How a URL is asked. */
    private static Parameter[] wayThere() {
        return new Parameter[] {
            Parameter.of(
                    "connectTo", Values.PLACE, "Connect there instead; name and certificate stay those of the URL"),
            ca()
        };
    }

    private static Parameter ca() {
        return Parameter.of("ca", Values.FILE, "Trust this authority (PEM) instead of the platform's");
    }

    private static OperationType checkHttp2() {
        return OperationType.of(
                        "check-http2",
                        "Asks a URL as curl -I --http2 does, and fails when the answer is not over HTTP/2.")
                .needs(Parameter.of("url", Values.text("URL", "an https URL"), "An https URL"))
                .takes(wayThere())
                .means(given -> new Operation.Checking(http2Target(given)));
    }

    private static OperationType checkTraffic() {
        return OperationType.of(
                        "check-traffic",
                        "Asks a URL again and again, each time over a connection of its own, until it has answered as expected several times in a row.")
                .needs(Parameter.of("url", Values.text("URL", "an http or https URL"), "An http or https URL"))
                .takes(
                        Parameter.of(
                                "expect",
                                Values.EXPECTATIONS,
                                "What an answer must be, such as 'status is 200' or 'header:X-Version is 42'. Default: a status below 400"),
                        Parameter.of(
                                "times",
                                Values.number(1, 1000),
                                "So many good answers in a row. Default: %d".formatted(TrafficProof.TIMES)),
                        Parameter.of(
                                "every",
                                Values.DURATION,
                                "The pause between two questions. Default: %ds"
                                        .formatted(TrafficProof.EVERY.toSeconds())),
                        Parameter.of(
                                "maxErrors",
                                Values.number(1, 1_000_000),
                                "So many bad answers end it at once. Default: it goes on until the timeout"),
                        Parameter.of(
                                "connectTo",
                                Values.PLACES,
                                "Connect there instead, such as to one zone; each of them has to prove it"),
                        ca())
                .means(given -> new Operation.CheckingTraffic(trafficProof(given)));
    }

    private static TrafficProof trafficProof(Arguments given) {
        List<String> places = given.list("connectTo").orElse(List.of()).stream()
                .map(JsonNode::textValue)
                .toList();
        return new TrafficProof(
                CheckTarget.each(given.text("url"), places, given.text("ca")),
                given.list("expect").orElse(List.of()).stream()
                        .map(said -> RuleSpec.parse("expect", said.textValue()))
                        .map(said -> new Expectation(
                                said.field(), said.subField(), said.match(), said.negate(), said.pattern()))
                        .toList(),
                given.number("times").orElse(TrafficProof.TIMES),
                duration(given, "every").orElse(TrafficProof.EVERY),
                given.number("maxErrors"));
    }

    private static OperationType checkMetrics() {
        return OperationType.of(
                        "check-metrics",
                        "Waits until there is as much traffic as there is to be, by what OVH measures: that it has arrived, or has left.")
                .onService()
                .takes(
                        Parameter.of("zones", Values.ZONES, "Only this zone; each of them has to be so. Default: all")
                                .from(LiveList.ZONES),
                        Parameter.of(
                                "count",
                                Values.oneOf(Arrays.stream(Metrics.Counter.values())
                                        .map(Metrics.Counter::code)
                                        .toList()),
                                "What is counted. Default: requests, which http frontends alone have"),
                        Parameter.of("atLeast", Values.RATE, "So many per second, or more"),
                        Parameter.of("atMost", Values.RATE, "So many per second, or fewer"),
                        Parameter.of(
                                "over",
                                Values.DURATION,
                                "The time before each look over which it is measured. Default: %dm"
                                        .formatted(MetricsProof.OVER.toMinutes())),
                        Parameter.of(
                                "every",
                                Values.DURATION,
                                "The pause between two looks. Default: %ds".formatted(MetricsProof.EVERY.toSeconds())))
                .atLeastOne("atLeast", "atMost")
                .means(given -> new Operation.CheckingMetrics(new MetricsProof(
                        given.text("service"),
                        Zones.refreshed(given.list("zones").orElse(List.of()).stream()
                                        .map(JsonNode::textValue)
                                        .toList())
                                .names(),
                        Optional.ofNullable(given.text("count"))
                                .map(count -> Metrics.Counter.valueOf(count.toUpperCase(Locale.ROOT)))
                                .orElse(Metrics.Counter.REQUESTS),
                        Optional.ofNullable(given.text("atLeast")).map(Double::valueOf),
                        Optional.ofNullable(given.text("atMost")).map(Double::valueOf),
                        duration(given, "over").orElse(MetricsProof.OVER),
                        duration(given, "every").orElse(MetricsProof.EVERY))));
    }

    private static Optional<Duration> duration(Arguments given, String name) {
        return Optional.ofNullable(given.text(name)).map(text -> Durations.parse(name, text));
    }

    private static OperationType show() {
        return OperationType.of(
                        "show", "Shows what is there: zones, pending changes, failover IPs, frontends, farms, routes.")
                .onService()
                .takes(flag("servers", "The servers of the farms too: one request more for each farm"))
                .means(given -> new Operation.Showing(given.text("service"), given.flag("servers")));
    }

    private static OperationType metricsToken() {
        return OperationType.of(
                        MetricsToken.OPERATION,
                        "Tells where OVH's metrics of a load balancer are, with a new token for them, which is a secret.")
                .onService()
                .means(given -> new Operation.Reading(
                        MetricsToken.OPERATION,
                        given.text("service"),
                        lb -> Json.MAPPER.valueToTree(lb.metricsToken())));
    }

    // ---- parameters of several

    private static Parameter frontend(String description) {
        return known("frontend", LiveList.FRONTENDS, description);
    }

    static Parameter farm(String description) {
        return known("farm", LiveList.FARMS, description);
    }

    private static Parameter route(String description) {
        return known("route", LiveList.ROUTES, description);
    }

    private static Parameter known(String name, LiveList list, String description) {
        return Parameter.of(name, Values.REFERENCE, description).from(list);
    }

    private static Parameter onFrontend() {
        return frontend("Only a route on this frontend. Default: wherever it is");
    }

    private static Parameter inZoneOfFrontend() {
        return zone("Only a route whose frontend is in this zone");
    }

    static Parameter zone(String description) {
        return Parameter.of("zone", Values.ZONE, description).from(LiveList.ZONES);
    }

    private static Parameter name(String description) {
        return Parameter.of("name", Values.NAME, description);
    }

    private static Parameter flag(String name, String description) {
        return Parameter.of(name, Values.FLAG, description).preset(false);
    }
}
