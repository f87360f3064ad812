package io.jenkins.plugins.iplb.sandbox.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.haproxy.Rendered;
import io.jenkins.plugins.iplb.sandbox.testing.Haproxy;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.testing.Visitor;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where requests go: each of OVH's balances, weights, stickiness by source, backups, and answers without a server. */
class BalancesTest {
    private static final String A = "192.0.2.101:8080";
    private static final String B = "192.0.2.102:8080";
    private static final String C = "192.0.2.103:8080";
    private static final int FIRST_PORT = 8200;

    private static Sandbox sandbox;
    private static final Map<String, Integer> PORTS = new HashMap<>();

    private Visitor visitor;

    @BeforeAll
    static void start() {
        Haproxy.assumeInstalled();
        sandbox = Sandbox.builder()
                .clock(new TestClock())
                .world(world -> {
                    ServiceSeed lb = world.service(DemoWorld.SERVICE).zones("gra");
                    for (String balance : List.of("roundrobin", "leastconn", "first", "source", "uri")) {
                        farm(lb, balance, Map.of("balance", balance), Map.of(), Map.of(), Map.of());
                    }
                    farm(
                            lb,
                            "weights",
                            Map.of("balance", "roundrobin"),
                            Map.of(),
                            Map.of("weight", 3),
                            Map.of("weight", 4));
                    farm(
                            lb,
                            "sticky",
                            Map.of("balance", "roundrobin", "stickiness", "sourceIp"),
                            Map.of(),
                            Map.of(),
                            Map.of());
                    farm(lb, "backup", Map.of(), Map.of("backup", true), Map.of(), Map.of());
                    farm(
                            lb,
                            "only a backup",
                            Map.of(),
                            Map.of("backup", true),
                            Map.of("status", "inactive"),
                            Map.of("status", "inactive"));
                    lb.add(
                            "http/frontend",
                            Map.of("zone", "all", "port", "8290", "redirectLocation", "https://shop.example/"));
                    lb.deployed();
                    return world;
                })
                .traffic(new DataPlane.Options(OptionalInt.empty(), false, remark -> {}))
                .start();
    }

    @AfterAll
    static void stop() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    /** By the door, through which a client comes from where it says. */
    @BeforeEach
    void visit() throws IOException {
        visitor = Visitor.at(listener().at().door(), Files.readString(sandbox.caFile()));
    }

    @AfterEach
    void leave() {
        visitor.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"roundrobin", "leastconn"})
    void serversThatHaveNothingElseToDoTakeTurns(String balance) {
        assertThat(answers(9, i -> get("192.0.2.1", balance, "/"))).isEqualTo(Map.of(A, 3L, B, 3L, C, 3L));
    }

    @Test
    void theFirstServerTakesAllThatItCan() {
        assertThat(answers(9, i -> get("192.0.2.1", "first", "/"))).isEqualTo(Map.of(A, 9L));
    }

    @Test
    void aClientIsKnownByItsSource() {
        assertThat(answers(5, i -> get("198.51.100.7", "source", "/" + i))).hasSize(1);
        assertThat(answers(40, i -> get("198.51.100." + i, "source", "/"))).hasSize(3);
    }

    @Test
    void aPageIsKnownByItsUri() {
        assertThat(answers(5, i -> get("198.51.100." + i, "uri", "/same"))).hasSize(1);
        assertThat(answers(40, i -> get("198.51.100.7", "uri", "/" + i))).hasSize(3);
    }

    @Test
    void aServerTakesAsManyRequestsAsItsWeightIsOfAll() {
        assertThat(answers(16, i -> get("192.0.2.1", "weights", "/"))).isEqualTo(Map.of(A, 2L, B, 6L, C, 8L));
    }

    @Test
    void aClientStaysWhereItsSourceWasSentFirst() {
        assertThat(answers(6, i -> get("198.51.100.7", "sticky", "/"))).hasSize(1);
        assertThat(answers(6, i -> get("203.0.113." + i, "sticky", "/"))).isEqualTo(Map.of(A, 2L, B, 2L, C, 2L));
    }

    @Test
    void aBackupTakesNothingAsLongAsAnotherServerIsThere() {
        assertThat(answers(8, i -> get("192.0.2.1", "backup", "/"))).isEqualTo(Map.of(B, 4L, C, 4L));
        assertThat(answers(3, i -> get("192.0.2.1", "only a backup", "/"))).isEqualTo(Map.of(A, 3L));
    }

    @Test
    void aFrontendThatRedirectsAsksNoServer() {
        Visitor.Answer answer = visitor.from("192.0.2.1").get(url(8290, "/cart?id=1"));

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.headers().get("Location")).isEqualTo("https://shop.example/");
    }

    private static Map<String, Long> answers(int times, Function<Integer, String> get) {
        return IntStream.rangeClosed(1, times)
                .mapToObj(get::apply)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    /** @return the server that has answered, over a connection of its own */
    private String get(String source, String farm, String path) {
        return visitor.anew().from(source).get(url(PORTS.get(farm), path)).server();
    }

    private static String url(int port, String path) {
        return "http://shop.example:" + (port + sandbox.traffic().orElseThrow().portShift()) + path;
    }

    private static Rendered.Listener listener() {
        return sandbox.traffic().orElseThrow().listening().get(0).listeners().get(0);
    }

    @SafeVarargs
    private static void farm(ServiceSeed lb, String name, Map<String, Object> fields, Map<String, Object>... servers) {
        Map<String, Object> all = new HashMap<>(fields);
        all.putAll(Map.of("zone", "all", "port", 8080));
        long farm = lb.add("http/farm", all);
        for (int i = 0; i < servers.length; i++) {
            Map<String, Object> server = new HashMap<>(Map.of("status", "active", "address", "192.0.2.10" + (i + 1)));
            server.putAll(servers[i]);
            lb.add("http/server", farm, server);
        }
        PORTS.put(name, FIRST_PORT + PORTS.size());
        lb.add("http/frontend", Map.of("zone", "all", "port", "" + PORTS.get(name), "defaultFarmId", farm));
    }
}
