package io.jenkins.plugins.iplb.sandbox.traffic;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.haproxy.Rendered;
import io.jenkins.plugins.iplb.sandbox.testing.Haproxy;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.testing.Visitor;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.RefreshTask;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Protocol;
import okhttp3.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shop of the demo on a real HAProxy. One for all tests: each changes something of its own. */
class DataPlaneTest {
    private static final TestClock CLOCK = new TestClock();
    private static final List<String> REMARKS = new CopyOnWriteArrayList<>();
    private static final Duration LONGER_THAN_A_REFRESH = Duration.ofSeconds(30);

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

            assertThat(List.of(first.server(), second.server()))
                    .containsExactlyInAnyOrder("192.0.2.31:8080", "192.0.2.32:8080");
            assertThat(first.json().path("uri").asText()).isEqualTo("/a?b=c");
            assertThat(first.json().at("/headers/x-forwarded-for/0").asText()).startsWith("127.");
            assertThat(first.json().at("/headers/x-forwarded-proto/0").asText()).isEqualTo("http");
        }
    }

    @Test
    void whatARefreshDeploysIsLiveWhenItIsDoneAndNotBefore() throws IOException {
        long farm = farm("http", 9090, Map.of(), "192.0.2.99");
        shop.add("http/frontend", Map.of("zone", "all", "port", "8099", "defaultFarmId", farm));
        try (Visitor visitor = visitor("rbx")) {
            shop.refresh();
            shop.pending();
            assertThatThrownBy(() -> visitor.get(url("http", 8099, "/"))).hasMessageContaining("connect");

            CLOCK.advance(LONGER_THAN_A_REFRESH);
            shop.pending();

            assertThat(visitor.get(url("http", 8099, "/")).server()).isEqualTo("192.0.2.99:9090");
        }
    }

    @Test
    void aRefreshIsLoadedByItsEndUnlessItFails() throws IOException {
        long farm = farm("http", 9096, Map.of(), "192.0.2.96");
        long frontend = shop.add("http/frontend", Map.of("zone", "all", "port", "8106", "defaultFarmId", farm));
        try (Visitor visitor = visitor("gra")) {
            RefreshTask task = shop.refresh();
            CLOCK.set(task.timeline().end().minusMillis(1));
            shop.pending();
            assertThat(task.running(CLOCK.instant())).isTrue();
            assertThat(visitor.get(url("http", 8106, "/")).server()).isEqualTo("192.0.2.96:9096");

            shop.alter("http/frontend", frontend, Map.of("port", "8107"));
            World world = sandbox.world();
            world.inside(
                    () -> world.startRefresh(world.services().iterator().next(), List.of("gra"), TaskEnding.error));
            CLOCK.advance(LONGER_THAN_A_REFRESH);
            shop.pending();
            assertThat(visitor.anew().get(url("http", 8106, "/")).status()).isEqualTo(200);
        }
    }

    @Test
    void whatIsUnderWayWhenARefreshComesGoesOnAndACookieIsGoodAfterIt() throws IOException {
        long farm = farm("http", 9091, Map.of("stickiness", "cookie"), "192.0.2.51", "192.0.2.52", "192.0.2.53");
        shop.add("http/frontend", Map.of("zone", "all", "port", "8101", "defaultFarmId", farm));
        refresh();
        try (Visitor visitor = visitor("gra");
                Socket open = new Socket(own("gra"), port(8101))) {
            Visitor.Answer first = visitor.get(url("http", 8101, "/"));
            open.getOutputStream().write("POST / HTTP/1.0\r\nContent-Length: 5\r\n\r\nhe".getBytes(US_ASCII));

            refresh();

            open.getOutputStream().write("llo".getBytes(US_ASCII));
            assertThat(new String(open.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"body\":\"hello\"");
            String cookie = first.headers().get("Set-Cookie").split(";")[0];
            for (int i = 0; i < 3; i++) {
                assertThat(visitor.anew()
                                .send(new Request.Builder()
                                        .url(url("http", 8101, "/"))
                                        .header("Cookie", cookie)
                                        .build())
                                .server())
                        .isEqualTo(first.server());
            }
        }
    }

    @Test
    void afterARefreshATlsFrontendSpeaksHttp2AndShowsTheCertificateOfTheName() throws IOException {
        long farm = farm("http", 9092, Map.of(), "192.0.2.61");
        shop.certificate("api.shop.example");
        long standard = shop.certificate("standard.shop.example");
        shop.add(
                "http/frontend",
                Map.of(
                        "zone",
                        "all",
                        "port",
                        "8443",
                        "ssl",
                        true,
                        "hsts",
                        true,
                        "defaultSslId",
                        standard,
                        "httpHeader",
                        List.of("X-Client %ci"),
                        "defaultFarmId",
                        farm));
        refresh();
        try (Visitor visitor = visitor("gra")) {
            Visitor.Answer answer = visitor.get("https://api.shop.example:" + port(8443) + "/");

            assertThat(answer.protocol()).isEqualTo(Protocol.HTTP_2);
            assertThat(answer.issuedTo()).isEqualTo("CN=api.shop.example");
            assertThat(answer.headers().get("Strict-Transport-Security")).isNotNull();
            assertThat(answer.json().path("protocol").asText()).isEqualTo("HTTP/1.1");
            assertThat(answer.json().at("/headers/x-forwarded-proto/0").asText())
                    .isEqualTo("https");
            assertThat(answer.json().at("/headers/x-client/0").asText()).startsWith("127.");
            assertThatThrownBy(() -> visitor.get("https://other.example:" + port(8443) + "/"))
                    .hasMessageContaining("standard.shop.example");
        }
    }

    @Test
    void aDedicatedIpLeadsToItsFrontendAlone() throws IOException {
        long farm = farm("http", 9093, Map.of(), "192.0.2.71");
        shop.add(
                "http/frontend",
                Map.of(
                        "zone",
                        "all",
                        "port",
                        "8102",
                        "dedicatedIpfo",
                        List.of(DemoWorld.ATTACHED_IP),
                        "defaultFarmId",
                        farm));
        refresh();
        String dedicated = listeners("gra")
                .filter(listener -> listener.frontend().text("port").equals("8102"))
                .map(listener -> listener.at().address())
                .collect(Collectors.joining());
        try (Visitor there = Visitor.at(dedicated, Files.readString(sandbox.caFile()));
                Visitor here = visitor("gra")) {
            assertThat(there.get(url("http", 8102, "/")).server()).isEqualTo("192.0.2.71:9093");
            assertThatThrownBy(() -> here.get(url("http", 8102, "/"))).hasMessageContaining("connect");
            assertThatThrownBy(() -> there.get(url("http", 80, "/"))).hasMessageContaining("connect");
        }
    }

    @Test
    void throughTheDoorAClientComesFromWhereItSays() throws IOException {
        long farm = farm("http", 9094, Map.of(), "192.0.2.81");
        shop.add(
                "http/frontend",
                Map.of(
                        "zone",
                        "gra",
                        "port",
                        "8103",
                        "allowedSource",
                        List.of("198.51.100.0/24"),
                        "defaultFarmId",
                        farm));
        refresh();
        String door = listeners("gra").findFirst().orElseThrow().at().door();
        try (Visitor visitor = Visitor.at(door, Files.readString(sandbox.caFile()))) {
            Visitor.Answer answer = visitor.from("198.51.100.7").get(url("http", 8103, "/"));

            assertThat(answer.json().at("/headers/x-remote-ip/0").asText()).isEqualTo("198.51.100.7");
            assertThatThrownBy(() -> visitor.from("203.0.113.7").get(url("http", 8103, "/")))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"v1,8111", "v2,8112", "v2-ssl,8113", "v2-ssl-cn,8114"})
    void aServerOfTcpIsToldOfTheClientByTheProxyProtocol(String version, int port) throws IOException {
        long farm = shop.add("tcp/farm", Map.of("zone", "all", "port", 25));
        shop.add(
                "tcp/server",
                farm,
                Map.of("address", "192.0.2.91", "status", "active", "ssl", true, "proxyProtocolVersion", version));
        shop.add("tcp/frontend", Map.of("zone", "all", "port", "" + port, "ssl", true, "defaultFarmId", farm));
        refresh();
        try (Visitor visitor = visitor("gra").speaking(Protocol.HTTP_1_1)) {
            Visitor.Answer answer = visitor.get("https://www.shop.example:" + port(port) + "/");

            assertThat(answer.json().at("/proxyProtocol/client").asText()).startsWith("127.0.0.1:");
            assertThat(answer.json().at("/proxyProtocol").has("tls")).isEqualTo(version.startsWith("v2-ssl"));
            assertThat(answer.json().path("tls").asBoolean()).isTrue();
        }
    }

    @Test
    void whatHaproxyDoesNotTakeLeavesAZoneAsItWas() throws IOException {
        long farm = farm("http", 9095, Map.of(), "192.0.2.95");
        long frontend = shop.add("http/frontend", Map.of("zone", "rbx", "port", "8104", "defaultFarmId", farm));
        refresh();
        long route = shop.add("http/route", Map.of("frontendId", frontend, "action", Map.of("type", "reject")));
        shop.add("http/rule", route, Map.of("field", "uri", "match", "matches", "pattern", "((no expression"));
        refresh();
        try (Visitor visitor = visitor("rbx")) {
            assertThat(REMARKS)
                    .last()
                    .asString()
                    .contains(" in rbx: HAProxy does not take", "((no expression", "goes on as before");
            assertThat(visitor.get(url("http", 8104, "/")).status()).isEqualTo(200);

            shop.remove("http/route", route);
            shop.alter("http/frontend", frontend, Map.of("port", "8105"));
            refresh();

            assertThat(visitor.get(url("http", 8105, "/")).status()).isEqualTo(200);
        }
    }

    private static void refresh() {
        shop.refresh();
        CLOCK.advance(LONGER_THAN_A_REFRESH);
        shop.pending();
    }

    private static long farm(String protocol, int port, Map<String, Object> more, String... addresses) {
        Map<String, Object> fields = new HashMap<>(more);
        fields.putAll(Map.of("zone", "all", "port", port));
        long farm = shop.add(protocol + "/farm", fields);
        for (String address : addresses) {
            shop.add(protocol + "/server", farm, Map.of("address", address, "status", "active"));
        }
        return farm;
    }

    private static Stream<Rendered.Listener> listeners(String zone) {
        return sandbox.traffic().orElseThrow().listening().stream()
                .filter(each -> each.zone().equals(zone))
                .flatMap(each -> each.listeners().stream());
    }

    private static int port(int configured) {
        return configured + sandbox.traffic().orElseThrow().portShift();
    }

    private static Visitor visitor(String zone) throws IOException {
        return Visitor.at(own(zone), Files.readString(sandbox.caFile()));
    }

    private static String own(String zone) {
        return listeners(zone).findFirst().orElseThrow().at().address();
    }

    private static String http(String path) {
        return url("http", 80, path);
    }

    private static String url(String scheme, int port, String path) {
        return scheme + "://www.shop.example:" + port(port) + path;
    }
}
