package io.jenkins.plugins.iplb.api;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SandboxExtension.class)
class ReadingTest {
    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
    }

    @Nested
    class Lists {
        @Test
        void areAskedForAsFreshWholeObjects() {
            lb().routes(Protocol.TCP);

            assertThat(bench.calls("GET", "/tcp/route"))
                    .singleElement()
                    .satisfies((Exchange call) -> assertThat(call.headers())
                            .containsEntry("x-pagination-mode", "CachedObjectList-Pages")
                            .containsEntry("x-pagination-number", "1")
                            .containsEntry("pragma", "no-cache"));
        }

        @Test
        void areReadPageByPage() {
            answer(
                    "/ipLoadbalancing/*/tcp/farm",
                    Map.of("X-Pagination-Total", "3"),
                    "[{\"farmId\":1,\"zone\":\"gra\"}]");

            assertThat(lb().farms(Protocol.TCP)).hasSize(3);
            assertThat(bench.calls("GET", "/tcp/farm"))
                    .extracting(call -> call.headers().get("x-pagination-number"))
                    .containsExactly("1", "2", "3");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "many", "-2", "99999999999"})
        void areOnePageWhereTheNumberOfPagesMakesNoSense(String pages) {
            answer("/ipLoadbalancing/*/tcp/farm", Map.of("X-Pagination-Total", pages), "[]");

            assertThat(lb().farms(Protocol.TCP)).isEmpty();
            assertThat(bench.calls("GET", "/tcp/farm")).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"expanded", "batch", "single"})
        void areInTheOrderOfTheServerHoweverTheyAreRead(String how) {
            List<Long> added = new ArrayList<>();
            for (int weight : new int[] {200, 7, 100, 3}) {
                added.add(bench.shop().add("tcp/route", Map.of("action", Map.of("type", "reject"), "weight", weight)));
            }
            bench.sandbox().faults().expandedLists(how.equals("expanded")).batch(!how.equals("single"));

            assertThat(lb().routes(Protocol.TCP))
                    .extracting(Route::routeId)
                    .containsExactly(added.get(3), added.get(1), added.get(2), added.get(0));
        }

        @Test
        void ofManyObjectsTakeOneBatchPerHundred() {
            IntStream.range(0, 201).forEach(i -> bench.shop().add("tcp/farm", Map.of("zone", "all")));
            bench.sandbox().faults().withoutExpandedLists();

            assertThat(lb().farms(Protocol.TCP)).hasSize(203);
            assertThat(bench.reads()).hasSize(1 + 3);
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void leaveOutWhatIsRemovedMeanwhile(boolean batch) {
            long farm = bench.shop().add("tcp/farm", Map.of("zone", "all"));
            bench.sandbox().faults().expandedLists(false).batch(batch);
            AtomicBoolean once = new AtomicBoolean();
            bench.sandbox().calls().onExchange(call -> {
                if (call.rawPath().endsWith("/tcp/farm") && once.compareAndSet(false, true)) {
                    bench.shop().remove("tcp/farm", farm);
                }
            });

            assertThat(lb().farms(Protocol.TCP))
                    .extracting(Farm::displayName)
                    .containsExactly("web-http1", "web-http2");
        }

        @Test
        void thatAreNoneAreAnUnusableAnswer() {
            answer("/ipLoadbalancing/*/tcp/farm", Map.of(), "{\"farms\":[]}");

            IplbException failure = Bench.failure(() -> lb().farms(Protocol.TCP));

            assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
            assertThat(failure).hasMessage("GET /ipLoadbalancing/%s/tcp/farm: the answer is not a list", SERVICE);
        }

        @Test
        void ofSomethingElseAreAnUnusableAnswer() {
            answer("/ipLoadbalancing/*/tcp/farm", Map.of(), "[{\"farmId\":\"seven\"}]");

            IplbException failure = Bench.failure(() -> lb().farms(Protocol.TCP));

            assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
            assertThat(failure).hasMessage("GET /ipLoadbalancing/%s/tcp/farm: the answer is not a Farm", SERVICE);
        }

        @Test
        void ofFieldsThatOvhAddsLaterAreReadAllTheSame() {
            answer("/ipLoadbalancing/*/tcp/farm", Map.of(), "[{\"farmId\":7,\"zone\":\"gra\",\"colour\":{\"hue\":3}}]");

            assertThat(lb().farms(Protocol.TCP)).extracting(Farm::farmId).containsExactly(7L);
        }
    }

    @Nested
    class Snapshots {
        @Test
        void readEachListOnce() {
            Snapshot lb = lb();
            lb.farms(Protocol.TCP);
            lb.farms(Protocol.TCP);
            lb.farms(Protocol.HTTP);
            lb.loadBalancer();
            lb.loadBalancer();

            assertThat(bench.reads()).hasSize(3);
        }

        @Test
        void knowWhatTheRunWritesAsIfTheyHadReadItAgain() {
            Snapshot lb = lb();
            everything(lb);
            ServiceCalls calls = new ServiceCalls(SERVICE);
            long farm = learn(lb, calls.createFarm(Protocol.TCP, farm("mail", 25)), "farmId");
            Fields server = Fields.none().with("address", "192.0.2.1").with("status", "active");
            long gone = learn(lb, calls.createServer(Protocol.TCP, farm, server), "serverId");
            learn(lb, calls.createServer(Protocol.TCP, farm, server.with("port", 26)), "serverId");
            learn(lb, calls.updateServer(Protocol.TCP, farm, gone, Fields.none().with("weight", 9)), null);
            learn(lb, calls.deleteServer(Protocol.TCP, farm, gone), null);
            learn(lb, calls.updateFarm(Protocol.TCP, farm, Fields.none().with("port", 587)), null);
            Fields reject =
                    Fields.none().with("action", Map.of("type", "reject")).with("weight", 3);
            long route = learn(lb, calls.createRoute(Protocol.TCP, reject), "routeId");
            long rule = learn(lb, calls.createRule(Protocol.TCP, route, rule("sni", "a.example")), "ruleId");
            learn(lb, calls.createRule(Protocol.TCP, route, rule("sni", "b.example")), "ruleId");
            learn(lb, calls.updateRule(Protocol.TCP, route, rule, rule("sni", "c.example")), null);
            learn(
                    lb,
                    calls.deleteFarm(Protocol.TCP, learn(lb, calls.createFarm(Protocol.TCP, farm("no", 1)), "farmId")),
                    null);
            Set<String> before = Set.copyOf(bench.reads());

            List<Object> learned = everything(lb);
            learned.add(lb.servers(Protocol.TCP, farm));
            learned.add(lb.farm(Protocol.TCP, farm));
            learned.add(
                    lb.rules(Protocol.TCP, route).stream().map(Rule::pattern).toList());
            assertThat(Set.copyOf(bench.reads())).isEqualTo(before);

            Snapshot fresh = lb();
            List<Object> there = everything(fresh);
            there.add(fresh.servers(Protocol.TCP, farm));
            there.add(fresh.farm(Protocol.TCP, farm));
            there.add(
                    fresh.rules(Protocol.TCP, route).stream().map(Rule::pattern).toList());
            assertThat(Json.MAPPER.<JsonNode>valueToTree(withoutDefaults(learned)))
                    .isEqualTo(Json.MAPPER.<JsonNode>valueToTree(withoutDefaults(there)));
        }

        private static List<Object> everything(Snapshot lb) {
            return new ArrayList<>(
                    List.of(lb.farms(Protocol.TCP), lb.frontends(Protocol.TCP), lb.routes(Protocol.TCP)));
        }

        private static Fields farm(String name, int port) {
            return Fields.none().with("displayName", name).with("zone", "all").with("port", port);
        }

        /** What OVH fills in by itself is not known before it is read. */
        private static JsonNode withoutDefaults(Object all) {
            JsonNode json = Json.MAPPER.valueToTree(all);
            json.findParents("balance").forEach(each -> ((ObjectNode) each).remove(List.of("balance", "probe")));
            json.findParents("status").stream()
                    .filter(each -> each.has("address"))
                    .forEach(each -> ((ObjectNode) each).retain("serverId", "address", "port", "status"));
            return json;
        }

        /** @param id what its answer calls the id of what it makes; null for nothing */
        private long learn(Snapshot lb, ApiCall write, String id) {
            JsonNode answer = bench.session().send(write).body();
            Optional<Long> made =
                    Optional.ofNullable(id).map(name -> answer.path(name).longValue());
            lb.learn(write, made);
            return made.orElse(0L);
        }

        @Test
        void sayThatAFarmIsNotThere() {
            Snapshot lb = lb();

            assertThat(Bench.failure(() -> lb.servers(Protocol.TCP, 404)))
                    .hasMessageStartingWith("%s has no tcp farm 404: farms come before their servers (GET ", SERVICE);
        }

        @Test
        void areOfARegionWithoutUdpAsWell() {
            bench.sandbox().faults().on("GET", "/ipLoadbalancing/*/udp/**").status(404);

            assertThat(lb().frontends(Protocol.UDP)).isEmpty();
            assertThat(lb().farms(Protocol.UDP)).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(
                value = Protocol.class,
                names = {"HTTP", "TCP"})
        void nameALoadBalancerThatIsNotThere(Protocol protocol) {
            Snapshot nowhere = new Snapshot(bench.session(), "loadbalancer-0");

            IplbException failure = Bench.failure(() -> nowhere.frontends(protocol));

            assertThat(failure)
                    .isInstanceOf(OvhException.class)
                    .hasMessageStartingWith(
                            "load balancer loadbalancer-0 does not exist or is not visible to these credentials (GET ");
        }

        @Test
        void knowTheFailoverIpsInCidrForm() {
            assertThat(lb().failoverIps()).containsExactly(DemoWorld.ATTACHED_IP);
        }

        @Test
        void knowZonesInLowerCase() throws Exception {
            LoadBalancer upper =
                    Json.MAPPER.readValue("{\"serviceName\":\"s\",\"zone\":[\"GRA\"]}", LoadBalancer.class);

            assertThat(upper.zones()).containsExactly("gra");
        }
    }

    @Nested
    class NewObjects {
        private final ServiceCalls calls = new ServiceCalls(SERVICE);

        @Test
        void areFoundAfterALostAnswerAmongOthersThatWereThereBefore() {
            long before = bench.shop().add("tcp/route", Map.of("action", Map.of("type", "reject")));
            lose("/ipLoadbalancing/*/tcp/route");
            NewObject route = new NewObject(
                    calls.createRoute(Protocol.TCP, Fields.none().with("action", Map.of("type", "reject"))),
                    "routeId",
                    Set.of(before));

            long made = route.create(bench.session());

            assertThat(made).isNotEqualTo(before);
            assertThat(bench.shop().staged("tcp/route").stream().map(item -> item.id()))
                    .containsExactlyInAnyOrder(before, made);
        }

        @Test
        void areNotMistakenForWhatSomebodyElseMakesMeanwhile() {
            bench.sandbox()
                    .faults()
                    .on("POST", "/ipLoadbalancing/*/tcp/route")
                    .times(1)
                    .cutBeforeEffect();
            AtomicBoolean once = new AtomicBoolean();
            bench.sandbox().calls().onExchange(call -> {
                if (call.method().equals("POST") && once.compareAndSet(false, true)) {
                    bench.shop().add("tcp/route", Map.of("action", Map.of("type", "reject"), "displayName", "theirs"));
                }
            });
            NewObject route = new NewObject(
                    calls.createRoute(
                            Protocol.TCP,
                            Fields.none()
                                    .with("action", Map.of("type", "reject"))
                                    .with("displayName", "ours")),
                    "routeId",
                    Set.of());

            long made = route.create(bench.session());

            assertThat(bench.named("tcp/route")).containsOnlyKeys("ours", "theirs");
            assertThat(made).isEqualTo(bench.id("tcp/route", "ours"));
        }

        @Test
        void areFoundByTheirListsWhateverTheOrderOfTheServer() {
            bench.sandbox().world().failoverIp("198.51.100.25/32", SERVICE);
            lose("/ipLoadbalancing/*/tcp/frontend");
            answerOnce(
                    "/ipLoadbalancing/*/tcp/frontend",
                    "[{\"frontendId\":4711,\"port\":\"8443\",\"zone\":\"gra\",\"dedicatedIpfo\":[\"198.51.100.25/32\",\"198.51.100.24/32\"]}]");
            NewObject frontend = new NewObject(
                    calls.createFrontend(
                            Protocol.TCP,
                            Fields.none()
                                    .with("port", "8443")
                                    .with("zone", "gra")
                                    .with("dedicatedIpfo", List.of("198.51.100.24/32", "198.51.100.25/32"))),
                    "frontendId",
                    Set.of());

            assertThat(frontend.create(bench.session())).isEqualTo(4711);
        }

        private void lose(String path) {
            bench.sandbox().faults().on("POST", path).times(1).cutAfterEffect();
        }
    }

    @Nested
    class Destinations {
        @Test
        void areThoseOfEveryKindAndNoKindIsNone() {
            answer(
                    "/ip/*/move",
                    Map.of(),
                    "{\"ipLoadbalancing\":[{\"service\":\"lb\",\"nexthop\":null}],\"vps\":[{\"service\":\"v1\"},{\"service\":\"v2\"}],\"cloudProject\":null}");

            assertThat(new FailoverIps(bench.session())
                            .destinations(IpBlock.parse("ip", "203.0.113.7"))
                            .byKind())
                    .isEqualTo(Map.of("ipLoadbalancing", List.of("lb"), "vps", List.of("v1", "v2")));
        }
    }

    private Snapshot lb() {
        return new Snapshot(bench.session(), SERVICE);
    }

    private static Fields rule(String field, String pattern) {
        return Fields.none().with("field", field).with("match", "is").with("pattern", pattern);
    }

    private void answer(String path, Map<String, String> headers, String body) {
        bench.sandbox().faults().on("GET", path).status(200, headers, "application/json", body);
    }

    private void answerOnce(String path, String body) {
        bench.sandbox().faults().on("GET", path).times(1).status(200, Map.of(), "application/json", body);
    }
}
