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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.NeededRights;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.RouteTarget.Redirect;
import io.jenkins.plugins.iplb.change.RouteTarget.Reject;
import io.jenkins.plugins.iplb.change.RouteTarget.ToFarm;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.auth.AccessRule;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is promised of every change, whatever it is about. */
@ExtendWith(SandboxExtension.class)
class EveryChangeTest {
    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aCheckTellsTheDifferenceAndWritesNothing(Sample sample) {
        Change change = bench.prepared(sample.wish());

        Report planned = bench.check(change);

        assertThat(planned.changed()).isTrue();
        assertThat(planned.diff()).isNotEmpty();
        assertThat(bench.writes()).isEmpty();
        assertThat(planned.writes()).isZero();
        assertThat(bench.entries()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void applyingMakesThePlannedDifferenceTrueAndNoOther(Sample sample) {
        Change change = bench.prepared(sample.wish());
        List<Difference> planned = bench.check(change).diff();
        JsonNode before = sample.effect() == Effect.MADE
                ? NullNode.instance
                : sample.truth().at(bench, bench.check(change));

        Report applied = bench.apply(change);

        assertThat(applied.changed()).isTrue();
        assertThat(applied.diff()).isEqualTo(planned);
        RecordedEntry entry = bench.lastEntry();
        switch (sample.effect()) {
            case MADE -> {
                Map<String, JsonNode> truth = flat(sample.truth().at(bench, applied));
                assertThat(entry.before().isNull()).isTrue();
                assertThat(flat(entry.after()))
                        .isNotEmpty()
                        .allSatisfy((path, value) -> assertThat(value).as(path).isEqualTo(truth.get(path)));
                assertThat(planned).allMatch(each -> each.before().isNull());
            }
            case CHANGED ->
                assertThat(changes(flat(entry.before()), flat(entry.after())))
                        .isEqualTo(changes(flat(before), flat(sample.truth().at(bench, applied))));
            case REMOVED -> {
                Map<String, JsonNode> truth = flat(before);
                assertThat(entry.after().isNull()).isTrue();
                assertThat(flat(entry.before()))
                        .isNotEmpty()
                        .allSatisfy((path, value) ->
                                assertThat(value).as(path).isEqualTo(truth.getOrDefault(path, NullNode.instance)));
                assertThat(planned).allMatch(each -> each.after().isNull());
                assertThatThrownBy(() -> sample.truth().at(bench, applied))
                        .isInstanceOfSatisfying(
                                OvhException.class,
                                e -> assertThat(e.isNotFound()).isTrue());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSecondRunChangesNothingAndWritesNothing(Sample sample) {
        Change change = bench.prepared(sample.wish());
        Report first = bench.apply(change);
        int entries = bench.entries().size();
        bench.forget();

        Report second = bench.apply(change);

        assertThat(second.changed()).isFalse();
        assertThat(second.diff()).isEmpty();
        assertThat(second.entry()).isEmpty();
        assertThat(bench.writes()).isEmpty();
        assertThat(bench.entries()).hasSize(entries);
        assertThat(ids(second)).isEqualTo(sample.effect() == Effect.REMOVED ? Map.of() : ids(first));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theRecordHoldsTheWishTheDifferenceEveryWriteAndTheResult(Sample sample) {
        Change change = bench.prepared(sample.wish());

        Report applied = bench.apply(change);

        RecordedEntry entry = bench.lastEntry();
        assertThat(applied.entry()).contains(entry.id());
        assertThat(entry.operation()).isEqualTo(change.operation());
        assertThat(flat(entry.wanted())).isEqualTo(flat(change.wanted().json()));
        assertThat(entry.outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(entry.about()).isEqualTo(applied.about().orElseThrow());
        assertThat(entry.diff()).isEqualTo(applied.diff());
        assertThat(flat(entry.result())).isEqualTo(flat(applied.result()));
        assertThat(entry.calls()).allMatch(call -> call.fate() == Fate.DONE);
        assertThat(entry.calls().stream().map(call -> call.method() + " " + call.path()))
                .isEqualTo(bench.writes())
                .hasSize(applied.writes());
        assertThat(entry.after()).isNotEqualTo(entry.before());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theRightsThatAKeyIsMadeWithAreEnough(Sample sample) {
        Change change = bench.prepared(sample.wish());
        bench.sandbox()
                .credentials()
                .rules(
                        bench.sandbox().credentials().consumerKey(),
                        NeededRights.all().stream()
                                .map(right -> new AccessRule(right.method().name(), right.path()))
                                .toArray(AccessRule[]::new));

        assertThat(bench.apply(change).changed()).isTrue();
    }

    /** What becomes of the object that a change is about. */
    private enum Effect {
        MADE,
        CHANGED,
        REMOVED
    }

    private record Sample(String name, Effect effect, Function<Bench, Change> wish, Truth truth) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The object that a change is about, as OVH gives it. */
    private interface Truth {
        JsonNode at(Bench bench, Report report);
    }

    private static Stream<Sample> samples() {
        Truth tcpRoute =
                (bench, report) -> bench.read("tcp/route", report.result().path("routeId"));
        Truth httpRoute =
                (bench, report) -> bench.read("http/route", report.result().path("routeId"));
        Truth tcpFrontend =
                (bench, report) -> bench.read("tcp/frontend", report.result().path("frontendId"));
        Truth httpFarm =
                (bench, report) -> bench.read("http/farm", report.result().path("farmId"));
        Truth rule = (bench, report) -> bench.read(
                "http/route",
                report.result().path("routeId"),
                "rule",
                report.result().path("ruleId"));
        Truth httpFrontend =
                (bench, report) -> bench.read("http/frontend", report.result().path("frontendId"));
        Truth udpFarm =
                (bench, report) -> bench.read("udp/farm", report.result().path("farmId"));
        Truth farmAndServers = (bench, report) -> {
            JsonNode farmId = report.result().path("farmId");
            ObjectNode farm = bench.read("tcp/farm", farmId);
            bench.shop().staged("tcp/server").stream()
                    .filter(server -> server.parent() == farmId.longValue())
                    .forEach(server -> farm.withArray("servers").add(server.fields()));
            return farm;
        };
        Truth httpServer = (bench, report) -> bench.read(
                "http/farm",
                report.result().path("farmId"),
                "server",
                report.result().path("serverId"));
        Truth onlyRule = (bench, report) -> {
            ObjectNode rules = Fields.none().json();
            rules.putArray("rules")
                    .add(bench.read(
                            "http/route",
                            report.result().path("routeId"),
                            "rule",
                            report.result().path("ruleIds").path(0)));
            return rules;
        };
        Truth ip = (bench, report) -> {
            JsonNode read = bench.session()
                    .send(ApiCall.get("ip", report.result().path("ip").asText()))
                    .body();
            JsonNode service = read.at("/routedTo/serviceName");
            return Fields.none()
                    .with("routedTo", service.isMissingNode() ? null : service.asText())
                    .json();
        };
        return Stream.of(
                made("a route to a farm", bench -> tcpRoute("https", "web-http2", null, HTTP2), tcpRoute),
                made(
                        "a named redirect with two rules and a weight",
                        bench -> httpRoute(
                                new Redirect("https://${host}${path}${arguments}", 308),
                                10,
                                "secure",
                                host("www.shop.example"),
                                new RuleSpec("header", "X-Env", "is", true, "preprod")),
                        httpRoute),
                made(
                        "a reject without rules",
                        bench -> httpRouteOfAnyRules(new Reject(429), null, "closed"),
                        httpRoute),
                changed(
                        "a route that gets another target, weight and rules",
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
                        httpRoute),
                changed(
                        "a route that loses rules",
                        bench -> {
                            bench.apply(httpRoute(
                                    new Reject(403),
                                    null,
                                    "gate",
                                    host("a.example"),
                                    host("b.example"),
                                    host("c.example")));
                            return httpRoute(new Reject(403), null, "gate", host("x.example"));
                        },
                        httpRoute),
                changed(
                        "a route whose five rules become five others",
                        bench -> {
                            bench.apply(httpRoute(new Reject(403), null, "gate", hosts("a", "b", "c", "d", "e")));
                            return httpRoute(new Reject(403), null, "gate", hosts("v", "w", "x", "y", "z"));
                        },
                        httpRoute),
                changed(
                        "a redirect to another place",
                        bench -> {
                            bench.apply(httpRoute(new Redirect("https://old.example/", 301), null, "moved"));
                            return httpRoute(new Redirect("https://new.example/", null), null, "moved");
                        },
                        httpRoute),
                changed(
                        "a route that was staged and never attached",
                        bench -> {
                            Object farm = bench.id("http/farm", "app");
                            long route = bench.shop()
                                    .add(
                                            "http/route",
                                            Map.of("action", Map.of("type", "farm", "target", farm.toString())));
                            bench.shop()
                                    .add(
                                            "http/rule",
                                            route,
                                            Map.of("field", "host", "match", "is", "pattern", "a.example"));
                            return httpRoute(new ToFarm(ref("app")), null, null, host("a.example"), host("b.example"));
                        },
                        httpRoute),
                made(
                        "a rule",
                        bench -> ensureRule(
                                Protocol.HTTP,
                                route(bench),
                                "not preprod",
                                new RuleSpec("cookie", "env", "is", true, "preprod")),
                        rule),
                changed(
                        "a rule that says something else",
                        bench -> {
                            long route = route(bench);
                            bench.apply(ensureRule(
                                    Protocol.HTTP,
                                    route,
                                    "env",
                                    new RuleSpec("header", "X-Env", "is", true, "preprod")));
                            return ensureRule(Protocol.HTTP, route, "env", rule("uri", "startswith", "/old"));
                        },
                        rule),
                changed(
                        "a rule that gets a name",
                        bench -> {
                            long route = route(bench);
                            return ensureRule(Protocol.HTTP, route, "the host", host("gate.example"));
                        },
                        rule),
                changed("stickiness by cookie", bench -> stickiness(Protocol.HTTP, "app", "cookie"), httpFarm),
                changed(
                        "stickiness reset",
                        bench -> {
                            bench.apply(stickiness(Protocol.HTTP, "app", "sourceIp"));
                            return stickiness(Protocol.HTTP, "app", "none");
                        },
                        httpFarm),
                changed(
                        "a frontend dedicated to an address",
                        bench -> dedicate(Protocol.TCP, "https", "198.51.100.24"),
                        tcpFrontend),
                changed(
                        "a frontend for all addresses again",
                        bench -> {
                            bench.apply(dedicate(Protocol.TCP, "https", "198.51.100.24"));
                            return dedicate(Protocol.TCP, "https");
                        },
                        tcpFrontend),
                made("a frontend", bench -> frontend(Protocol.TCP, """
                                {'name': 'more', 'port': '8443, 9000-9010', 'zone': 'GRA', 'farm': 'web-http1',
                                 'ssl': true, 'ips': ['198.51.100.24']}"""), tcpFrontend),
                changed("a frontend in which everything changes", bench -> frontend(Protocol.TCP, """
                                {'name': 'https', 'port': '8443', 'zone': 'all', 'farm': 'web-http2', 'ssl': false,
                                 'ips': ['198.51.100.24']}"""), tcpFrontend),
                made(
                        "an http frontend with all that it can have",
                        bench -> frontend(
                                Protocol.HTTP, """
                                {'name': 'all', 'port': 8080, 'zone': 'gra', 'farm': 'app', 'ips': ['198.51.100.24'],
                                 'disabled': true, 'ssl': true, 'hsts': true, 'defaultSslId': %d,
                                 'allowedSource': ['192.0.2.0/24', '203.0.113.9'],
                                 'httpHeader': ['X-Ip-Header %%ci', 'X-Port %%cp'],
                                 'redirectLocation': 'https://shop.example/'}""".formatted(bench.shop().certificate("a.example"))),
                        httpFrontend),
                changed(
                        "an http frontend whose fields are reset",
                        bench -> {
                            bench.apply(frontend(Protocol.HTTP, """
                                    {'name': 'http', 'ips': ['198.51.100.24'], 'hsts': true, 'deniedSource': ['10.0.0.0/8'],
                                     'httpHeader': ['X-Port %cp'], 'redirectLocation': 'https://shop.example/'}"""));
                            return frontend(Protocol.HTTP, """
                                    {'name': 'http', 'farm': null, 'ips': null, 'hsts': false, 'deniedSource': [],
                                     'httpHeader': null, 'redirectLocation': null}""");
                        },
                        httpFrontend),
                made("a farm with a probe", bench -> farm(Protocol.HTTP, "api", """
                                {'zone': 'GRA', 'port': 8080, 'balance': 'leastconn', 'stickiness': 'cookie',
                                 'probe': {'type': 'http', 'url': '/health', 'match': 'status', 'pattern': '200,204',
                                           'interval': 60}}"""), httpFarm),
                made("a udp farm", bench -> farm(Protocol.UDP, "dns", "{'zone': 'all', 'port': 53}"), udpFarm),
                changed(
                        "a farm whose probe changes in one field",
                        bench -> {
                            bench.apply(farm(Protocol.HTTP, "app", "{'probe': {'type': 'http', 'url': '/health'}}"));
                            return farm(Protocol.HTTP, "app", "{'probe': {'interval': 45}}");
                        },
                        httpFarm),
                changed(
                        "a farm whose fields are reset",
                        bench -> {
                            bench.apply(farm(
                                    Protocol.HTTP,
                                    "app",
                                    "{'stickiness': 'cookie', 'balance': 'first', 'probe': {'type': 'smtp'}}"));
                            return farm(
                                    Protocol.HTTP,
                                    "app",
                                    "{'port': null, 'stickiness': null, 'balance': null, 'probe': null}");
                        },
                        httpFarm),
                made("a server with all that it can have", bench -> server(Protocol.HTTP, "app", """
                                {'address': '192.0.2.99', 'port': 8081, 'name': 'spare', 'status': 'inactive', 'weight': 0,
                                 'backup': true, 'probe': true, 'ssl': true, 'chain': '-----BEGIN CERTIFICATE-----',
                                 'cookie': 's99', 'proxyProtocolVersion': 'v2', 'onMarkedDown': 'shutdown-sessions'}"""), httpServer),
                changed(
                        "a server that is drained",
                        bench -> server(Protocol.HTTP, "app", "{'address': '192.0.2.31', 'weight': 0}"),
                        httpServer),
                changed(
                        "a server whose fields are reset",
                        bench -> {
                            long server =
                                    bench.shop().staged("http/server").get(0).id();
                            bench.apply(server(
                                    Protocol.HTTP,
                                    "app",
                                    server,
                                    "{'port': 1, 'weight': 9, 'proxyProtocolVersion': 'v1', 'cookie': 'a'}"));
                            return server(
                                    Protocol.HTTP,
                                    "app",
                                    server,
                                    "{'port': null, 'weight': null, 'proxyProtocolVersion': null, 'cookie': null}");
                        },
                        httpServer),
                removed(
                        "a route with its rules, removed",
                        bench -> remove(Protocol.HTTP, new Removable.Route(ref(route(bench)), Optional.empty())),
                        httpRoute),
                removed(
                        "a rule, removed by what it says",
                        bench -> remove(
                                Protocol.HTTP,
                                new Removable.Rule(
                                        ref(route(bench)),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(host("gate.example")))),
                        onlyRule),
                removed(
                        "a farm with its servers, removed",
                        bench -> remove(Protocol.TCP, new Removable.Farm(ref("web-http2"))),
                        farmAndServers),
                removed(
                        "a server, removed",
                        bench -> remove(
                                Protocol.HTTP,
                                new Removable.Server(
                                        ref("app"),
                                        new ServerKey(Optional.empty(), Optional.of("192.0.2.32"), Optional.empty()))),
                        httpServer),
                removed(
                        "a frontend, removed",
                        bench -> remove(Protocol.TCP, new Removable.Frontend(ref("https"))),
                        tcpFrontend),
                changed("a failover IP", bench -> move(DemoWorld.MOVABLE_IP, SERVICE), ip),
                changed("a failover IP that is parked", bench -> park(DemoWorld.ATTACHED_IP), ip),
                made("a route on no frontend", bench -> laterRoute("later", host("a.example")), httpRoute),
                changed(
                        "a route that is put on a frontend",
                        bench -> {
                            bench.apply(laterRoute("later", host("a.example")));
                            return httpRouteOfAnyRules(new Reject(null), null, "later");
                        },
                        httpRoute));
    }

    private static Sample made(String name, Function<Bench, Change> wish, Truth truth) {
        return new Sample(name, Effect.MADE, wish, truth);
    }

    private static Sample changed(String name, Function<Bench, Change> wish, Truth truth) {
        return new Sample(name, Effect.CHANGED, wish, truth);
    }

    private static Sample removed(String name, Function<Bench, Change> wish, Truth truth) {
        return new Sample(name, Effect.REMOVED, wish, truth);
    }

    private static long route(Bench bench) {
        return bench.apply(gate()).result().path("routeId").asLong();
    }

    private static RuleSpec[] hosts(String... names) {
        return Arrays.stream(names).map(name -> host(name + ".example")).toArray(RuleSpec[]::new);
    }

    private static Map<String, JsonNode> ids(Report report) {
        Map<String, JsonNode> ids = new TreeMap<>();
        report.result().properties().stream()
                .filter(each -> each.getKey().endsWith("Id") || each.getKey().endsWith("Ids"))
                .filter(each -> !each.getKey().equals("taskId"))
                .forEach(each -> ids.put(each.getKey(), each.getValue()));
        return ids;
    }

    private static Map<String, List<JsonNode>> changes(Map<String, JsonNode> before, Map<String, JsonNode> after) {
        Map<String, List<JsonNode>> changes = new TreeMap<>();
        Stream.concat(before.keySet().stream(), after.keySet().stream()).forEach(path -> {
            JsonNode old = before.getOrDefault(path, NullNode.instance);
            JsonNode now = after.getOrDefault(path, NullNode.instance);
            if (!old.equals(now)) {
                changes.put(path, List.of(old, now));
            }
        });
        return changes;
    }

    /** Leaves by their path; ids of rules are left out, since a plan cannot know them. */
    private static Map<String, JsonNode> flat(JsonNode tree) {
        Map<String, JsonNode> leaves = new TreeMap<>();
        flatten("", Bench.json(tree.toString()), leaves);
        leaves.keySet().removeIf(EveryChangeTest::isRuleId);
        return leaves;
    }

    private static boolean isRuleId(String path) {
        return path.matches("rules\\[\\d+]\\.ruleId");
    }

    private static void flatten(String path, JsonNode node, Map<String, JsonNode> leaves) {
        if (node.isObject()) {
            node.properties()
                    .forEach(each -> flatten(
                            path.isEmpty() ? each.getKey() : path + "." + each.getKey(), each.getValue(), leaves));
        } else if (node.isArray() && (node.isEmpty() || node.get(0).isObject())) {
            for (int i = 0; i < node.size(); i++) {
                flatten(path + "[" + i + "]", node.get(i), leaves);
            }
        } else {
            leaves.put(path, node);
        }
    }
}
