package io.jenkins.plugins.iplb.sandbox.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.Haproxy;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.testing.Visitor;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shop of the demo on a real HAProxy. One for all tests: each changes something of its own. */
class DataPlaneTest {
    private static final TestClock CLOCK = new TestClock();
    private static final List<String> REMARKS = new CopyOnWriteArrayList<>();
    private static Sandbox sandbox;
    private static ServiceSeed shop;

    @BeforeAll
    static void start() {
        Haproxy.assumeInstalled();
        sandbox = Sandbox.builder()
                .clock(CLOCK)
                .world(DemoWorld::in)
                .traffic(new DataPlane.Options(OptionalInt.empty(), false, REMARKS::add))
                .start();
        shop = sandbox.world().service(DemoWorld.SERVICE);
    }

    @AfterAll
    static void stop() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @Test
    void theServersOfTheFarmAnswerInTurnAndSayWhatTheySee() throws IOException {
        try (Visitor visitor = visitor("gra")) {
            Visitor.Answer first = visitor.get(http("/a?b=c"));
            Visitor.Answer second = visitor.get(http("/a?b=c"));

            System.out.println(first);
            assertThat(List.of(first.server(), second.server()))
                    .containsExactlyInAnyOrder("192.0.2.31:8080", "192.0.2.32:8080");
            assertThat(first.json().path("uri").asText()).isEqualTo("/a?b=c");
            assertThat(first.json().at("/headers/x-forwarded-for/0").asText()).startsWith("127.");
            assertThat(first.json().at("/headers/x-forwarded-proto/0").asText()).isEqualTo("http");
        }
    }

    @Test
    void whatARefreshDeploysIsLiveWhenItIsDoneAndNotBefore() throws IOException {
        long green = shop.add("http/farm", Map.of("zone", "all", "port", 9090));
        shop.add("http/server", green, Map.of("address", "192.0.2.99", "status", "active"));
        shop.add("http/frontend", Map.of("zone", "all", "port", "8099", "defaultFarmId", green));
        try (Visitor visitor = visitor("rbx")) {
            shop.refresh();
            assertThat(sandbox.traffic().orElseThrow().listening().toString()).doesNotContain("8099");
            CLOCK.advance(Duration.ofSeconds(30));

            shop.pending();
            long before = System.nanoTime();
            assertThat(visitor.get(url("http", 8099, "/")).server()).isEqualTo("192.0.2.99:9090");
            System.out.println("took " + (System.nanoTime() - before) / 1e6);
        }
    }

    @Test
    void anAdditionalIpHasAnAddressInEachZone() {
        assertThat(sandbox.traffic().orElseThrow().listening()).allSatisfy(zone -> assertThat(zone.listeners())
                .extracting(listener -> listener.at().address())
                .contains(own(zone.zone()))
                .hasSizeGreaterThan(2));
    }

    private static Visitor visitor(String zone) throws IOException {
        return Visitor.at(own(zone), Files.readString(sandbox.caFile()));
    }

    private static String own(String zone) {
        return sandbox.traffic().orElseThrow().listening().stream()
                .filter(each -> each.zone().equals(zone))
                .findFirst()
                .orElseThrow()
                .listeners()
                .get(0)
                .at()
                .address();
    }

    private static String http(String path) {
        return url("http", 80, path);
    }

    private static String url(String scheme, int port, String path) {
        int shifted = port + sandbox.traffic().orElseThrow().portShift();
        return scheme + "://www.shop.example:" + shifted + path;
    }
}
