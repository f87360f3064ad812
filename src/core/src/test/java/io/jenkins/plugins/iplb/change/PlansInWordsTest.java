package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.change.Wishes.HTTP2;
import static io.jenkins.plugins.iplb.change.Wishes.dedicate;
import static io.jenkins.plugins.iplb.change.Wishes.ensureRule;
import static io.jenkins.plugins.iplb.change.Wishes.farm;
import static io.jenkins.plugins.iplb.change.Wishes.frontend;
import static io.jenkins.plugins.iplb.change.Wishes.gate;
import static io.jenkins.plugins.iplb.change.Wishes.host;
import static io.jenkins.plugins.iplb.change.Wishes.httpRoute;
import static io.jenkins.plugins.iplb.change.Wishes.httpRouteOfAnyRules;
import static io.jenkins.plugins.iplb.change.Wishes.laterRoute;
import static io.jenkins.plugins.iplb.change.Wishes.move;
import static io.jenkins.plugins.iplb.change.Wishes.park;
import static io.jenkins.plugins.iplb.change.Wishes.ref;
import static io.jenkins.plugins.iplb.change.Wishes.remove;
import static io.jenkins.plugins.iplb.change.Wishes.rule;
import static io.jenkins.plugins.iplb.change.Wishes.server;
import static io.jenkins.plugins.iplb.change.Wishes.stickiness;
import static io.jenkins.plugins.iplb.change.Wishes.tcpRoute;
import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.RouteTarget.Redirect;
import io.jenkins.plugins.iplb.change.RouteTarget.Reject;
import io.jenkins.plugins.iplb.change.RouteTarget.ToFarm;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.CertifiedKey;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.record.Stage;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.KeyPem;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.Certificate;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read of each kind of change: before it, after it, and when there is nothing to do. */
@ExtendWith(SandboxExtension.class)
class PlansInWordsTest {
    /** Stands for an id: that of the object of this kind and name, or of the server at this address. */
    private static final Pattern ID = Pattern.compile("<(\\w+/\\w+) ([^>]+)>");

    private static final HeldCertificate HELD = KeyPem.elliptic("new.shop.example");

    private static final CertifiedKey CERTIFICATE =
            CertifiedKey.of(HELD.certificatePem(), HELD.privateKeyPkcs8Pem(), null);

    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void aChangeIsSpokenOfInTheWordsOfWhoAsksForIt(Said said) {
        Change change = bench.prepared(said.wish());
        List<String> lines = lines(withIds(said.lines()));
        String planned = withIds(said.planned());
        String done = withIds(said.done());

        Report checked = bench.check(change);
        Report applied = bench.apply(change);
        Report again = bench.apply(change);

        assertThat(checked.headline(true)).isEqualTo(planned);
        assertThat(checked.diff()).extracting(Difference::toString).containsExactlyElementsOf(lines);
        assertThat(applied.headline(false)).isEqualTo(done);
        assertThat(applied.diff()).isEqualTo(checked.diff());
        assertThat(again.headline(false)).isEqualTo(withIds(said.nothing()));
        assertThat(again.headline(true)).isEqualTo(again.headline(false));
        assertThat(again.diff()).isEmpty();
        RecordedEntry entry = bench.lastEntry();
        assertThat(entry.about()).isEqualTo(applied.about().orElseThrow());
        assertThat(entry.about().sentence(Stage.DONE)).isEqualTo(done);
        assertThat(entry.diff()).isEqualTo(applied.diff());
    }

    @Test
    void noChangingOperationIsLeftOut() {
        assertThat(sentences().map(said -> said.wish().apply(bench).operation()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(changing());
    }

    /** All that mean one change, and nothing after it. */
    private static TreeSet<String> changing() {
        Set<String> others = Set.of("rotate-certificate", "drain", "undrain", "switch-farm");
        return Catalogue.all().stream()
                .filter(OperationType::isChange)
                .map(OperationType::name)
                .filter(name -> !others.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whereNoNameIsKnownTheIdStandsAloneAndNothingIsReadForIt() {
        long route = bench.apply(httpRoute(new Reject(null), null, "gate", host("a.example")))
                .result()
                .path("routeId")
                .asLong();
        long plain = bench.id("tcp/farm", "web-http1");
        long https = bench.id("tcp/frontend", "https");
        bench.forget();

        Report rule = bench.check(ensureRule(Protocol.HTTP, route, null, host("b.example")));
        Report frontend = bench.check(frontend(Protocol.TCP, "{'name': '" + https + "', 'farm': 'web-http2'}"));

        assertThat(rule.headline(true)).isEqualTo("Rule 'host is b.example' would be added to route " + route);
        assertThat(rule.reads()).isEqualTo(1);
        assertThat(frontend.diff())
                .extracting(Difference::toString)
                .containsExactly(withIds("~ farm: web-http1 (" + plain + ") -> web-http2 (<tcp/farm web-http2>)"));
        assertThat(bench.check(frontend(Protocol.TCP, "{'name': '" + https + "', 'farm': null}"))
                        .diff())
                .extracting(Difference::toString)
                .containsExactly("- farm: " + plain);
    }

    private static Stream<Said> sentences() {
        return Stream.of(
                said(
                        "a route with a rule",
                        bench -> tcpRoute("https", "web-http2", "http2", HTTP2),
                        "Route http2 would be added to frontend https",
                        "Route http2 added to frontend https",
                        "Nothing to change: route http2 of frontend https",
                        """
                        + frontend: https (<tcp/frontend https>)
                        + farm: web-http2 (<tcp/farm web-http2>)
                        + name: http2
                        + rule: protocol is http/2.0
                        """),
                said(
                        "a redirect",
                        bench -> httpRoute(
                                new Redirect("https://${host}${path}", 308),
                                10,
                                "to https",
                                host("www.shop.example"),
                                new RuleSpec("header", "X-Env", "is", true, "preprod")),
                        "Route 'to https' would be added to frontend http",
                        "Route 'to https' added to frontend http",
                        "Nothing to change: route 'to https' of frontend http",
                        """
                        + frontend: http (<http/frontend http>)
                        + redirect: https://${host}${path}
                        + status: 308
                        + weight: 10
                        + name: to https
                        + rule: host is www.shop.example
                        + rule: header:X-Env not is preprod
                        """),
                said(
                        "a route without a name",
                        bench -> httpRouteOfAnyRules(new Reject(429), null, null),
                        "Route would be added to frontend http",
                        "Route added to frontend http",
                        "Nothing to change: route <http/route -> of frontend http",
                        """
                        + frontend: http (<http/frontend http>)
                        + reject: true
                        + status: 429
                        """),
                said(
                        "a route that does something else",
                        bench -> {
                            bench.apply(httpRoute(new Reject(null), 3, "gate", host("a.example"), host("b.example")));
                            return httpRoute(
                                    new ToFarm(ref("app")),
                                    0,
                                    "gate",
                                    host("b.example"),
                                    host("c.example"),
                                    host("d.example"));
                        },
                        "Route gate of frontend http would be changed",
                        "Route gate of frontend http changed",
                        "Nothing to change: route gate of frontend http",
                        """
                        + farm: app (<http/farm app>)
                        - reject: true
                        ~ weight: 3 -> 0
                        ~ rule: host is a.example -> host is c.example
                        + rule: host is d.example
                        """),
                said(
                        "a route that loses rules",
                        bench -> {
                            bench.apply(httpRoute(
                                    new Redirect("https://old.example/", 301),
                                    null,
                                    "moved",
                                    host("a.example"),
                                    host("b.example"),
                                    host("c.example")));
                            return httpRoute(
                                    new Redirect("https://new.example/", 301), null, "moved", host("x.example"));
                        },
                        "Route moved of frontend http would be changed",
                        "Route moved of frontend http changed",
                        "Nothing to change: route moved of frontend http",
                        """
                        ~ redirect: https://old.example/ -> https://new.example/
                        ~ rule: host is a.example -> host is x.example
                        - rule: host is b.example
                        - rule: host is c.example
                        """),
                said(
                        "a route that was staged and never attached",
                        bench -> {
                            long route = bench.shop()
                                    .add(
                                            "http/route",
                                            Map.of("displayName", "staged", "action", Map.of("type", "reject")));
                            bench.shop()
                                    .add(
                                            "http/rule",
                                            route,
                                            Map.of("field", "host", "match", "is", "pattern", "a.example"));
                            return httpRoute(new Reject(null), null, "staged", host("a.example"), host("b.example"));
                        },
                        "Route staged of frontend http would be changed",
                        "Route staged of frontend http changed",
                        "Nothing to change: route staged of frontend http",
                        """
                        + frontend: http (<http/frontend http>)
                        + rule: host is b.example
                        """),
                said(
                        "a rule",
                        bench -> {
                            bench.apply(gate());
                            return ensureRule(Protocol.HTTP, "gate", null, rule("uri", "startswith", "/api"));
                        },
                        "Rule 'uri startswith /api' would be added to route gate",
                        "Rule 'uri startswith /api' added to route gate",
                        "Nothing to change: rule 'uri startswith /api' of route gate",
                        "+ rule: uri startswith /api"),
                said(
                        "a rule with a name",
                        bench -> {
                            bench.apply(gate());
                            return ensureRule(
                                    Protocol.HTTP, "gate", "env", new RuleSpec("cookie", "env", "exists", false, null));
                        },
                        "Rule env would be added to route gate",
                        "Rule env added to route gate",
                        "Nothing to change: rule env of route gate",
                        """
                        + rule: cookie:env exists
                        + name: env
                        """),
                said(
                        "a rule that says something else",
                        bench -> {
                            bench.apply(gate());
                            bench.apply(ensureRule(Protocol.HTTP, "gate", "env", host("b.example")));
                            return ensureRule(Protocol.HTTP, "gate", "env", rule("uri", "startswith", "/old"));
                        },
                        "Rule env of route gate would be changed",
                        "Rule env of route gate changed",
                        "Nothing to change: rule env of route gate",
                        "~ rule: host is b.example -> uri startswith /old"),
                said(
                        "a rule that gets a name",
                        bench -> {
                            bench.apply(gate());
                            return ensureRule(Protocol.HTTP, "gate", "the host", host("gate.example"));
                        },
                        "Rule 'host is gate.example' of route gate would be changed",
                        "Rule 'host is gate.example' of route gate changed",
                        "Nothing to change: rule 'the host' of route gate",
                        "+ name: the host"),
                said(
                        "stickiness",
                        bench -> stickiness(Protocol.HTTP, "app", "cookie"),
                        "Stickiness of farm app would be changed",
                        "Stickiness of farm app changed",
                        "Nothing to change: stickiness of farm app",
                        "+ stickiness: cookie"),
                said(
                        "another stickiness",
                        bench -> {
                            bench.apply(stickiness(Protocol.HTTP, "app", "cookie"));
                            return stickiness(Protocol.HTTP, "app", "sourceIp");
                        },
                        "Stickiness of farm app would be changed",
                        "Stickiness of farm app changed",
                        "Nothing to change: stickiness of farm app",
                        "~ stickiness: cookie -> sourceIp"),
                said(
                        "no stickiness",
                        bench -> {
                            bench.apply(stickiness(Protocol.HTTP, "app", "cookie"));
                            return stickiness(Protocol.HTTP, "app", "none");
                        },
                        "Stickiness of farm app would be changed",
                        "Stickiness of farm app changed",
                        "Nothing to change: stickiness of farm app",
                        "- stickiness: cookie"),
                said(
                        "a failover IP",
                        bench -> move(DemoWorld.MOVABLE_IP, SERVICE),
                        "203.0.113.7 would be moved to " + SERVICE,
                        "203.0.113.7 moved to " + SERVICE,
                        "Nothing to move: 203.0.113.7 is at " + SERVICE + ", or on its way there",
                        "~ to: " + DemoWorld.DEDICATED_SERVER + " -> " + SERVICE),
                said(
                        "a failover IP that is parked",
                        bench -> park(DemoWorld.ATTACHED_IP),
                        "198.51.100.24 would be removed from " + SERVICE,
                        "198.51.100.24 removed from " + SERVICE,
                        "Nothing to remove: there is no 198.51.100.24 of " + SERVICE,
                        "- to: " + SERVICE),
                said(
                        "a route on no frontend",
                        bench -> laterRoute("later", host("a.example")),
                        "Route later would be added",
                        "Route later added",
                        "Nothing to change: route later",
                        """
                        + reject: true
                        + name: later
                        + rule: host is a.example
                        """),
                said(
                        "a route that is put on a frontend",
                        bench -> {
                            bench.apply(laterRoute("later"));
                            return httpRouteOfAnyRules(new Reject(null), null, "later");
                        },
                        "Route later of frontend http would be changed",
                        "Route later of frontend http changed",
                        "Nothing to change: route later of frontend http",
                        "+ frontend: http (<http/frontend http>)"),
                said(
                        "a frontend with a failover IP of its own",
                        bench -> dedicate(Protocol.TCP, "https", "198.51.100.24"),
                        "Failover IPs of frontend https would be changed",
                        "Failover IPs of frontend https changed",
                        "Nothing to change: failover IPs of frontend https",
                        "+ ips: 198.51.100.24"),
                said(
                        "a frontend for all addresses",
                        bench -> {
                            bench.apply(dedicate(Protocol.TCP, "https", "198.51.100.24"));
                            return dedicate(Protocol.TCP, "https");
                        },
                        "Failover IPs of frontend https would be changed",
                        "Failover IPs of frontend https changed",
                        "Nothing to change: failover IPs of frontend https",
                        "- ips: 198.51.100.24"),
                said(
                        "a frontend",
                        bench -> frontend(Protocol.HTTP, """
                                {'name': 'more', 'port': '8080,9000-9010', 'zone': 'gra', 'farm': 'app', 'ssl': false,
                                 'allowedSource': ['10.0.0.0/8', '192.0.2.1'], 'httpHeader': ['X-Ip-Header %ci']}"""),
                        "Frontend more would be added",
                        "Frontend more added",
                        "Nothing to change: frontend more",
                        """
                        + port: 8080,9000-9010
                        + zone: gra
                        + name: more
                        + farm: app (<http/farm app>)
                        + ssl: false
                        + allowedSource: 10.0.0.0/8, 192.0.2.1
                        + httpHeader: X-Ip-Header %ci
                        """),
                said(
                        "a frontend that is known by its port",
                        bench -> frontend(Protocol.UDP, "{'port': '53', 'zone': 'gra'}"),
                        "Frontend would be added",
                        "Frontend added",
                        "Nothing to change: frontend <udp/frontend ->",
                        """
                        + port: 53
                        + zone: gra
                        """),
                said(
                        "a frontend to another farm",
                        bench -> frontend(Protocol.TCP, "{'name': 'https', 'farm': 'web-http2', 'ssl': false}"),
                        "Frontend https would be changed",
                        "Frontend https changed",
                        "Nothing to change: frontend https",
                        """
                        ~ farm: web-http1 (<tcp/farm web-http1>) -> web-http2 (<tcp/farm web-http2>)
                        ~ ssl: true -> false
                        """),
                said(
                        "a farm with a probe",
                        bench -> farm(Protocol.HTTP, "api", """
                                {'zone': 'GRA', 'port': 8080, 'balance': 'leastconn', 'stickiness': 'cookie',
                                 'probe': {'type': 'http', 'url': '/health'}}"""),
                        "Farm api would be added",
                        "Farm api added",
                        "Nothing to change: farm api",
                        """
                        + name: api
                        + zone: gra
                        + port: 8080
                        + balance: leastconn
                        + stickiness: cookie
                        + probe.type: http
                        + probe.url: /health
                        """),
                said(
                        "a farm whose probe changes",
                        bench -> {
                            bench.apply(farm(Protocol.HTTP, "app", "{'probe': {'type': 'http', 'url': '/health'}}"));
                            return farm(
                                    Protocol.HTTP,
                                    "app",
                                    "{'port': null, 'probe': {'url': '/up', 'match': 'status', 'pattern': '200'}}");
                        },
                        "Farm app would be changed",
                        "Farm app changed",
                        "Nothing to change: farm app",
                        """
                        - port: 8080
                        + probe.match: status
                        + probe.pattern: 200
                        ~ probe.url: /health -> /up
                        """),
                said(
                        "a farm without its probe",
                        bench -> {
                            bench.apply(farm(
                                    Protocol.HTTP, "app", "{'probe': {'type': 'http', 'url': '/up', 'interval': 30}}"));
                            return farm(Protocol.HTTP, "app", "{'probe': null}");
                        },
                        "Farm app would be changed",
                        "Farm app changed",
                        "Nothing to change: farm app",
                        """
                        - probe.type: http
                        - probe.url: /up
                        """),
                said(
                        "a server",
                        bench -> server(
                                Protocol.HTTP,
                                "app",
                                "{'address': '192.0.2.99', 'port': 80, 'weight': 0, 'ssl': true}"),
                        "Server 192.0.2.99:80 would be added to farm app",
                        "Server 192.0.2.99:80 added to farm app",
                        "Nothing to change: server 192.0.2.99:80 of farm app",
                        """
                        + address: 192.0.2.99
                        + port: 80
                        + status: active
                        + weight: 0
                        + ssl: true
                        """),
                said(
                        "a server with a name",
                        bench -> server(
                                Protocol.HTTP, "app", "spare", "{'address': '192.0.2.99', 'status': 'inactive'}"),
                        "Server spare would be added to farm app",
                        "Server spare added to farm app",
                        "Nothing to change: server spare of farm app",
                        """
                        + address: 192.0.2.99
                        + name: spare
                        + status: inactive
                        """),
                said(
                        "a server that is drained",
                        bench -> {
                            bench.apply(server(Protocol.HTTP, "app", "{'address': '192.0.2.31', 'weight': 9}"));
                            return server(
                                    Protocol.HTTP, "app", "{'address': '192.0.2.31', 'weight': 0, 'backup': true}");
                        },
                        "Server 192.0.2.31 of farm app would be changed",
                        "Server 192.0.2.31 of farm app changed",
                        "Nothing to change: server 192.0.2.31 of farm app",
                        """
                        ~ weight: 9 -> 0
                        ~ backup: false -> true
                        """),
                said(
                        "a route that goes",
                        bench -> {
                            bench.apply(tcpRoute("https", "web-http2", "http2", HTTP2));
                            return remove(Protocol.TCP, new Removable.Route(ref("http2"), Optional.of(ref("https"))));
                        },
                        "Route http2 would be removed from frontend https",
                        "Route http2 removed from frontend https",
                        "Nothing to remove: there is no route http2 of frontend https",
                        """
                        - frontend: https (<tcp/frontend https>)
                        - farm: <tcp/farm web-http2>
                        - name: http2
                        - rule: protocol is http/2.0
                        """),
                said(
                        "a rule that goes",
                        bench -> {
                            bench.apply(gate());
                            return remove(
                                    Protocol.HTTP,
                                    new Removable.Rule(
                                            ref("gate"),
                                            Optional.empty(),
                                            Optional.empty(),
                                            Optional.of(host("gate.example"))));
                        },
                        "Rule 'host is gate.example' would be removed from route gate",
                        "Rule 'host is gate.example' removed from route gate",
                        "Nothing to remove: there is no rule 'host is gate.example' of route gate",
                        "- rule: host is gate.example"),
                said(
                        "a frontend that goes",
                        bench -> remove(Protocol.TCP, new Removable.Frontend(ref("https"))),
                        "Frontend https would be removed",
                        "Frontend https removed",
                        "Nothing to remove: there is no frontend https",
                        """
                        - port: 443
                        - zone: all
                        - name: https
                        - farm: <tcp/farm web-http1>
                        - ssl: true
                        """),
                said(
                        "a farm that goes with its servers",
                        bench -> remove(Protocol.TCP, new Removable.Farm(ref("web-http2"))),
                        "Farm web-http2 would be removed",
                        "Farm web-http2 removed",
                        "Nothing to remove: there is no farm web-http2",
                        """
                        - name: web-http2
                        - zone: all
                        - port: 8444
                        - server: 192.0.2.21 (<tcp/server 192.0.2.21>)
                        - server: 192.0.2.22 (<tcp/server 192.0.2.22>)
                        """),
                said(
                        "a server that goes",
                        bench -> remove(
                                Protocol.HTTP,
                                new Removable.Server(
                                        ref("app"),
                                        new ServerKey(Optional.empty(), Optional.of("192.0.2.32"), Optional.empty()))),
                        "Server 192.0.2.32 would be removed from farm app",
                        "Server 192.0.2.32 removed from farm app",
                        "Nothing to remove: there is no server 192.0.2.32 of farm app",
                        """
                        - address: 192.0.2.32
                        - status: active
                        """),
                said(
                        "a certificate",
                        bench -> new EnsureCertificate(SERVICE, Optional.of("site"), CERTIFICATE, List.of()),
                        "Certificate site would be added",
                        "Certificate site added",
                        "Nothing to change: certificate site",
                        """
                        + certificate: %s
                        + name: site
                        """.formatted(CERTIFICATE)),
                said(
                        "a certificate that is to go",
                        bench -> new RemoveCertificate(SERVICE, ref("www.shop.example")),
                        "Certificate www.shop.example would be removed",
                        "Certificate www.shop.example removed",
                        "Nothing to remove: there is no certificate www.shop.example",
                        """
                        - certificate: www.shop.example (<ssl/certificate www.shop.example>), CN=www.shop.example, until <until>
                        """),
                said(
                        "a certificate that OVH gets",
                        bench -> new OrderFreeCertificate(SERVICE, List.of("a.example")),
                        "Certificate a.example would be added",
                        "Certificate a.example added",
                        "Nothing to change: certificate a.example",
                        "+ hosts: a.example"),
                said(
                        "the cipher suite",
                        bench -> new SetService(SERVICE, Fields.none().with("sslConfiguration", "modern")),
                        "loadbalancer-7f3a9c21d4e5b6a7 would be changed",
                        "loadbalancer-7f3a9c21d4e5b6a7 changed",
                        "Nothing to change: loadbalancer-7f3a9c21d4e5b6a7",
                        "+ sslConfiguration: modern"),
                said(
                        "a network of the vRack",
                        bench -> {
                            bench.shop().property("vrackName", "pn-1234");
                            return new EnsureVrackNetwork(
                                    SERVICE,
                                    ref("private"),
                                    Fields.none().with("subnet", "10.0.0.0/24").with("natIp", "10.0.0.0/28"),
                                    Optional.empty());
                        },
                        "vRack network private would be added",
                        "vRack network private added",
                        "Nothing to change: vRack network private",
                        """
                        + subnet: 10.0.0.0/24
                        + natIp: 10.0.0.0/28
                        """),
                said(
                        "a network of the vRack that is to go",
                        bench -> {
                            bench.shop().vrackNetwork("spare", "10.9.0.0/24", "10.9.0.0/28", 0);
                            return new RemoveVrackNetwork(SERVICE, ref("spare"));
                        },
                        "vRack network spare would be removed",
                        "vRack network spare removed",
                        "Nothing to remove: there is no vRack network spare",
                        """
                        - subnet: 10.9.0.0/24
                        - natIp: 10.9.0.0/28
                        """));
    }

    /** A change, and all that people read of it. */
    private record Said(
            String name, Function<Bench, Change> wish, String planned, String done, String nothing, String lines) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Said said(
            String name, Function<Bench, Change> wish, String planned, String done, String nothing, String lines) {
        return new Said(name, wish, planned, done, nothing, lines);
    }

    private static List<String> lines(String text) {
        return Arrays.stream(text.split("\n")).filter(line -> !line.isEmpty()).toList();
    }

    private String withIds(String text) {
        return ID.matcher(bench.shop().certificates().stream()
                        .findFirst()
                        .map(each -> text.replace("<until>", end(each)))
                        .orElse(text))
                .replaceAll(found -> Matcher.quoteReplacement(Long.toString(id(found.group(1), found.group(2)))));
    }

    private static String end(Certificate certificate) {
        String end = certificate.shown().path("expireDate").asText();
        return OffsetDateTime.parse(end).toInstant().toString();
    }

    private long id(String kind, String called) {
        if (kind.equals("ssl/certificate")) {
            return bench.shop().certificates().stream()
                    .filter(each ->
                            called.equals(each.shown().path("displayName").asText()))
                    .mapToLong(Certificate::id)
                    .findFirst()
                    .orElseThrow();
        }
        return bench.shop().staged(kind).stream()
                .filter(item -> called.equals("-")
                        ? item.text("displayName").isEmpty()
                        : called.equals(item.text("displayName")) || called.equals(item.text("address")))
                .mapToLong(Item::id)
                .findFirst()
                .orElseThrow();
    }
}
