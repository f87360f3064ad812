package io.jenkins.plugins.iplb.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.SignedClient;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SandboxExtension.class)
class ObjectsTest {
    private static final String SERVICE = "/ipLoadbalancing/" + DemoWorld.SERVICE;

    private Sandbox sandbox;
    private SignedClient client;

    @BeforeEach
    void start(Sandbox started, TestClock clock) {
        sandbox = started;
        client = new SignedClient(sandbox, clock);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "tcp", "udp"})
    void farmsAndTheirServersAreMadeReadChangedAndRemoved(String protocol) {
        String farms = SERVICE + "/" + protocol + "/farm";
        JsonNode farm = client.post(farms, Map.of("zone", "gra", "port", 8080, "displayName", "a"))
                .json();
        String one = farms + "/" + farm.path("farmId").asLong();
        assertThat(client.get(one).json()).isEqualTo(farm);

        JsonNode server = client.post(one + "/server", Map.of("address", "192.0.2.1", "status", "active"))
                .json();
        String oneServer = one + "/server/" + server.path("serverId").asLong();
        assertThat(client.get(oneServer).json()).isEqualTo(server);
        assertThat(server.path("backendId")).isEqualTo(farm.path("farmId"));

        assertThat(client.put(oneServer, Map.of("status", "inactive")).http().body())
                .isEqualTo("null");
        assertThat(client.get(oneServer).json().path("status").asText()).isEqualTo("inactive");
        assertThat(client.get(one + "/server?status=inactive").json()).hasSize(1);
        assertThat(client.get(one + "/server?status=active").json()).isEmpty();

        assertThat(client.delete(one).json().path("message").asText()).contains("is used by " + protocol + "/server");
        assertThat(client.delete(oneServer).status()).isEqualTo(200);
        assertThat(client.get(oneServer).status()).isEqualTo(404);
        assertThat(client.delete(one).status()).isEqualTo(200);
        assertThat(client.get(one).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "tcp", "udp"})
    void frontendsAreMadeReadChangedAndRemoved(String protocol) {
        String frontends = SERVICE + "/" + protocol + "/frontend";
        JsonNode frontend = client.post(frontends, Map.of("zone", "rbx", "port", "6000-6010,7000"))
                .json();
        String one = frontends + "/" + frontend.path("frontendId").asLong();
        assertThat(client.get(one).json()).isEqualTo(frontend);
        assertThat(client.get(frontends + "?port=601&zone=rbx").json()).hasSize(1);
        assertThat(client.put(one, Map.of("disabled", true, "zone", "gra")).status())
                .isEqualTo(200);
        assertThat(client.get(one).json().path("zone").asText()).isEqualTo("gra");
        assertThat(sandbox.world().service(DemoWorld.SERVICE).pending())
                .containsEntry("rbx", 2)
                .containsEntry("gra", 1);
        assertThat(client.delete(one).status()).isEqualTo(200);
        assertThat(client.get(one).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/tcp/farm; {\"displayName\":\"a\"}; Missing required parameter: zone",
                "/tcp/farm; {\"zone\":\"gra\",\"balance\":\"uri\"}; Invalid value for parameter balance",
                "/tcp/farm; {\"zone\":\"gra\",\"stickiness\":\"cookie\"}; Invalid value for parameter stickiness",
                "/tcp/farm; {\"zone\":\"gra\",\"port\":\"80\"}; Invalid value for parameter port",
                "/tcp/farm; {\"zone\":\"gra\",\"port\":49152}; Invalid value for parameter port",
                "/tcp/farm; {\"zone\":\"sbg\"}; Invalid value for parameter zone",
                "/tcp/farm; {\"zone\":\"gra\",\"farmId\":1}; read-only",
                "/tcp/farm; {\"zone\":\"gra\",\"colour\":1}; Unknown parameter",
                "/tcp/farm; {\"zone\":\"gra\",\"probe\":{\"type\":\"http\",\"negate\":true}}; can not negate",
                "/tcp/farm; {\"zone\":\"gra\",\"probe\":{\"type\":\"ping\"}}; Invalid value for parameter type",
                "/tcp/farm; {\"zone\":\"gra\",\"probe\":{\"type\":\"internal\"}}; Probe type 'internal' is not available",
                "/tcp/farm; {\"zone\":\"gra\",\"probe\":{\"match\":\"status\"}}; Match 'status' is not available for probe type 'tcp'",
                "/tcp/farm; {\"zone\":\"gra\",\"probe\":{\"type\":\"oco\",\"match\":\"matches\",\"negate\":true}}; can not be negated",
                "/tcp/farm; {\"zone\":\"gra\",\"probe\":{\"interval\":29}}; Invalid value for parameter interval",
                "/tcp/farm; {\"zone\":\"gra\",\"probe\":{\"port\":0}}; Invalid value for parameter port",
                "/tcp/farm; {\"zone\":\"gra\",\"vrackNetworkId\":99}; 99 does not exist",
                "/udp/farm; {\"zone\":\"gra\"}; Missing required parameter: port",
                "/udp/farm; {\"zone\":\"gra\",\"port\":53,\"stickiness\":\"sourceIp\"}; Unknown parameter",
                "/tcp/frontend; {\"zone\":\"gra\",\"port\":\"90-80\"}; Invalid value for parameter port",
                "/tcp/frontend; {\"zone\":\"gra\",\"port\":\"80\",\"defaultFarmId\":99}; 99 does not exist",
                "/tcp/frontend; {\"zone\":\"gra\",\"port\":\"80\",\"dedicatedIpfo\":[\"203.0.113.7/32\"]}; not routed to this",
                "/tcp/frontend; {\"zone\":\"gra\",\"port\":\"80\",\"allowedSource\":[\"10.0.0.0/8\"],\"deniedSource\":[\"10.0.0.0/8\"]}; together",
                "/udp/frontend; {\"zone\":\"gra\",\"port\":\"80\",\"ssl\":true}; Unknown parameter",
                "/tcp/route; {\"action\":{\"type\":\"redirect\",\"target\":\"https://x\"}}; not available for tcp",
                "/tcp/route; {\"action\":{\"type\":\"farm\"}}; needs a target",
                "/tcp/route; {\"action\":{\"type\":\"reject\"},\"weight\":256}; Invalid value for parameter weight",
                "/http/route; {\"action\":{\"type\":\"reject\",\"status\":418}}; Status 418 is not available",
            })
    void whatTheSchemaOrTheConfigurationDoesNotAllowIsRefusedByName(String path, String body, String message) {
        var answer = client.post(SERVICE + path, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).contains(message);
        assertThat(sandbox.world().service(DemoWorld.SERVICE).pending()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "http; {\"status\":\"active\"}; Missing required parameter: address",
                "http; {\"address\":\"192.0.2.1\"}; Missing required parameter: status",
                "http; {\"address\":\"2001:db8::1\",\"status\":\"active\"}; is not an IPv4 address",
                "http; {\"address\":\"192.0.2.0/28\",\"status\":\"active\"}; is not an IPv4 address",
                "http; {\"address\":\"192.0.2.1\",\"status\":\"on\"}; Invalid value for parameter status",
                "http; {\"address\":\"192.0.2.1\",\"status\":\"active\",\"port\":0}; Invalid value for parameter port",
                "http; {\"address\":\"192.0.2.1\",\"status\":\"active\",\"weight\":257}; Invalid value for parameter weight",
                "http; {\"address\":\"192.0.2.1\",\"status\":\"active\",\"weight\":-1}; Invalid value for parameter weight",
                "http; {\"address\":\"192.0.2.1\",\"status\":\"active\",\"proxyProtocolVersion\":\"v3\"}; Invalid value",
                "http; {\"address\":\"192.0.2.1\",\"status\":\"active\",\"onMarkedDown\":\"restart\"}; Invalid value",
                "http; {\"address\":\"192.0.2.1\",\"status\":\"active\",\"serverState\":[]}; read-only",
                "tcp; {\"address\":\"192.0.2.1\",\"status\":\"active\",\"cookie\":\"a\"}; Unknown parameter: cookie",
                "udp; {\"address\":\"192.0.2.1\",\"status\":\"active\",\"weight\":1}; Unknown parameter: weight",
            })
    void whatTheSchemaDoesNotAllowOfServersIsRefusedByName(String protocol, String body, String message) {
        var answer = client.post(servers(farm(protocol)), body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).contains(message);
    }

    @Test
    void aServerStaysAtItsAddressAndMayReceiveNothing() {
        String servers = servers(farm("tcp"));
        JsonNode server = client.post(servers, Map.of("address", "192.0.2.1", "status", "active", "weight", 0))
                .json();
        assertThat(server.path("weight").intValue()).isZero();

        String one = servers + "/" + server.path("serverId").asLong();
        assertThat(client.put(one, Map.of("address", "192.0.2.2")).status()).isEqualTo(400);
        assertThat(client.put(one, "{\"weight\":null}").status()).isEqualTo(200);
    }

    @Test
    void aServerIsInItsFarmAndInNoOther() {
        String servers = servers(farm("tcp"));
        long server = client.post(servers, Map.of("address", "192.0.2.1", "status", "active"))
                .json()
                .path("serverId")
                .asLong();

        assertThat(client.get(servers(farm("tcp")) + "/" + server).status()).isEqualTo(404);
        assertThat(client.get(SERVICE + "/tcp/farm/99/server").status()).isEqualTo(404);
        assertThat(client.post(SERVICE + "/tcp/farm/99/server", Map.of("address", "192.0.2.1", "status", "active"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void farmsOfALoadBalancerInAVrackAreInItToo() {
        var shop = sandbox.world().service(DemoWorld.SERVICE).property("vrackName", "pn-1");
        long network = shop.vrackNetwork("10.0.0.0/24", "10.0.0.0/28", 7);

        assertThat(client.post(SERVICE + "/tcp/farm", Map.of("zone", "gra"))
                        .json()
                        .path("message")
                        .asText())
                .contains("vrackNetworkId");
        assertThat(client.post(SERVICE + "/tcp/farm", Map.of("zone", "gra", "vrackNetworkId", network))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aZeroForAnIdIsAnInternalError() {
        assertThat(client.post(SERVICE + "/tcp/frontend", Map.of("zone", "gra", "port", "80", "defaultFarmId", 0))
                        .status())
                .isEqualTo(500);
    }

    @Test
    void aFarmOfAnotherProtocolIsNoTarget() {
        long httpFarm = id("http/farm", "app");
        var answer = client.post(
                SERVICE + "/tcp/route", Map.of("action", Map.of("type", "farm", "target", Long.toString(httpFarm))));
        assertThat(answer.json().path("message").asText()).contains("no tcp farm has the id");
    }

    @Test
    void putLeavesAbsentKeysAloneAndNullResets() {
        String farm = SERVICE + "/http/farm/" + id("http/farm", "app");
        client.put(farm, Map.of("stickiness", "cookie"));
        assertThat(client.get(farm).json().path("balance").asText()).isEqualTo("roundrobin");
        assertThat(client.put(farm, "{\"stickiness\":null}").status()).isEqualTo(200);
        assertThat(client.get(farm).json().path("stickiness").isNull()).isTrue();
        assertThat(client.put(farm, Map.of("zone", "rbx")).status()).isEqualTo(400);
        assertThat(client.put(SERVICE + "/http/frontend/" + id("http/frontend", "http"), "{\"ssl\":null}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aPutThatChangesNothingIsNotPending() {
        client.put(SERVICE + "/http/farm/" + id("http/farm", "app"), Map.of("displayName", "app"));
        assertThat(sandbox.world().service(DemoWorld.SERVICE).pending()).isEmpty();
    }

    @Test
    void whatIsInUseIsNotRemoved() {
        long target = id("tcp/farm", "web-http2");
        long frontend = id("tcp/frontend", "https");
        route(Map.of("action", Map.of("type", "farm", "target", Long.toString(target)), "frontendId", frontend));

        assertInUse("/tcp/farm/" + id("tcp/farm", "web-http1"), "tcp/frontend");
        assertInUse("/tcp/farm/" + target, "tcp/route");
        assertInUse("/tcp/frontend/" + frontend, "tcp/route");
    }

    private void assertInUse(String path, String user) {
        var answer = client.delete(SERVICE + path);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).contains("is used by " + user);
    }

    @Test
    void routesAreListedInTheOrderInWhichTheyAreEvaluatedWithTheirRules() {
        String farm = Long.toString(id("tcp/farm", "web-http2"));
        long late = route(Map.of("action", Map.of("type", "farm", "target", farm), "weight", 20));
        long early = route(Map.of("action", Map.of("type", "farm", "target", farm), "weight", 10));
        long reject = route(Map.of("action", Map.of("type", "reject"), "weight", 200));
        client.post(
                SERVICE + "/tcp/route/" + late + "/rule",
                Map.of("field", "protocol", "match", "is", "pattern", "http/2.0"));

        JsonNode routes = client.get(SERVICE + "/tcp/route", "X-Pagination-Mode", "CachedObjectList-Pages")
                .json();

        assertThat(routes.findValuesAsText("routeId"))
                .containsExactly(Long.toString(reject), Long.toString(early), Long.toString(late));
        assertThat(routes.get(2).path("rules").get(0).path("pattern").asText()).isEqualTo("http/2.0");
    }

    @Test
    void aDetachedRouteIsPendingNowhereUntilItIsAttached() {
        long route = route(Map.of("action", Map.of("type", "reject")));
        assertThat(sandbox.world().service(DemoWorld.SERVICE).pending()).isEmpty();
        client.put(SERVICE + "/tcp/route/" + route, Map.of("frontendId", id("tcp/frontend", "https")));
        assertThat(sandbox.world().service(DemoWorld.SERVICE).pending())
                .containsEntry("gra", 1)
                .containsEntry("rbx", 1);
    }

    @Test
    void removingARouteRemovesItsRules() {
        long route = route(Map.of("action", Map.of("type", "reject")));
        String rules = SERVICE + "/tcp/route/" + route + "/rule";
        client.post(rules, Map.of("field", "source", "match", "in", "pattern", "10.0.0.0/8, 192.0.2.1"));
        client.delete(SERVICE + "/tcp/route/" + route);
        assertThat(client.get(rules).status()).isEqualTo(404);
        assertThat(sandbox.world().service(DemoWorld.SERVICE).staged("tcp/rule"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "tcp; {\"field\":\"uri\",\"match\":\"is\",\"pattern\":\"/\"}; not available for tcp",
                "tcp; {\"field\":\"protocol\",\"match\":\"contains\",\"pattern\":\"http\"}; Match 'contains'",
                "tcp; {\"field\":\"protocol\",\"match\":\"is\",\"pattern\":\"http/3\"}; Pattern 'http/3'",
                "http; {\"field\":\"protocol\",\"match\":\"is\",\"pattern\":\"http/2.0\"}; Pattern 'http/2.0'",
                "tcp; {\"field\":\"source\",\"match\":\"is\",\"pattern\":\"10.0.0.300\"}; Pattern",
                "http; {\"field\":\"header\",\"match\":\"is\",\"pattern\":\"a\"}; needs a subField",
                "http; {\"field\":\"host\",\"match\":\"is\",\"pattern\":\"a\",\"subField\":\"b\"}; takes no subField",
                "http; {\"field\":\"host\",\"match\":\"is\"}; needs a pattern",
                "http; {\"field\":\"host\",\"match\":\"equals\",\"pattern\":\"a\"}; Invalid value for parameter match",
            })
    void rulesAreHeldAgainstWhatIsAvailable(String protocol, String body, String message) {
        long route = client.post(SERVICE + "/" + protocol + "/route", Map.of("action", Map.of("type", "reject")))
                .json()
                .path("routeId")
                .asLong();
        var answer = client.post(SERVICE + "/" + protocol + "/route/" + route + "/rule", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).contains(message);
    }

    @Test
    void aCookieMayBeRequiredToExistWithoutAPattern() {
        long route = client.post(SERVICE + "/http/route", Map.of("action", Map.of("type", "reject")))
                .json()
                .path("routeId")
                .asLong();
        var rule = Map.of("field", "cookie", "subField", "beta", "match", "exists", "negate", true);
        assertThat(client.post(SERVICE + "/http/route/" + route + "/rule", rule).status())
                .isEqualTo(200);
    }

    @Test
    void thereIsRoomForFiftyRoutesAndFiveRules() {
        for (int i = 0; i < 50; i++) {
            route(Map.of("action", Map.of("type", "reject")));
        }
        long first = sandbox.world()
                .service(DemoWorld.SERVICE)
                .staged("tcp/route")
                .get(0)
                .id();
        assertThat(client.post(SERVICE + "/http/route", Map.of("action", Map.of("type", "reject")))
                        .status())
                .isEqualTo(400);
        var rule = Map.of("field", "source", "match", "is", "pattern", "192.0.2.1");
        for (int i = 0; i < 5; i++) {
            assertThat(client.post(SERVICE + "/tcp/route/" + first + "/rule", rule)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(client.post(SERVICE + "/tcp/route/" + first + "/rule", rule).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/zone",
                "/zone/gra",
                "/pendingChanges",
                "/task",
                "/failover",
                "/natIp",
                "/status",
                "/metricsToken",
                "/quota",
                "/quota/gra",
                "/definedFarms",
                "/definedFrontends",
                "/definedRoutes",
                "/availableRouteRules",
                "/availableRouteActions",
                "/availableFarmProbes",
                "/availableFarmType",
                "/availableFrontendType",
                "/vrack/status",
                "/vrack/network",
                "/ssl"
            })
    void everythingThatCanBeReadOnAServiceIsOfTheDescribedForm(String path) {
        sandbox.world().service(DemoWorld.SERVICE).vrackNetwork("10.0.0.0/24", "10.0.0.0/28", 7);
        assertThat(client.get(SERVICE + path).status()).isEqualTo(200);
        assertThat(client.get(SERVICE + path, "X-Pagination-Mode", "CachedObjectList-Pages")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theServiceTakesANewNameAndNothingElseOfItsOwn() {
        assertThat(client.put(SERVICE, Map.of("displayName", "other")).status()).isEqualTo(200);
        assertThat(client.get(SERVICE).json().path("displayName").asText()).isEqualTo("other");
        assertThat(client.put(SERVICE, Map.of("state", "free")).status()).isEqualTo(400);
        assertThat(client.get("/ipLoadbalancing/nope").status()).isEqualTo(404);
    }

    /** Since 2026 OVH tells of a resource in which state it is for IAM: EXPIRED, IN_CREATION, OK or SUSPENDED. */
    @Test
    void theServiceIsInAStateForIam() {
        assertThat(client.get(SERVICE).json().path("iam").path("state").asText())
                .isEqualTo("OK");
    }

    @Test
    void callsThatComeTogetherLoseNothing() {
        List<Long> ids = IntStream.range(0, 40)
                .parallel()
                .mapToObj(i -> route(Map.of("action", Map.of("type", "reject"))))
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(client.get(SERVICE + "/tcp/route").json()).hasSize(40);
    }

    private long route(Map<String, ?> fields) {
        return client.post(SERVICE + "/tcp/route", fields)
                .json()
                .path("routeId")
                .asLong();
    }

    private long id(String kind, String displayName) {
        return sandbox.world().service(DemoWorld.SERVICE).id(kind, displayName);
    }

    /** The path of a new farm. */
    private String farm(String protocol) {
        String farms = SERVICE + "/" + protocol + "/farm";
        return farms + "/"
                + client.post(farms, Map.of("zone", "gra", "port", 8080))
                        .json()
                        .path("farmId")
                        .asLong();
    }

    private static String servers(String farm) {
        return farm + "/server";
    }
}
