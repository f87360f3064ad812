package io.jenkins.plugins.iplb.operation;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Servers that go out of a farm, and come back. */
@ExtendWith(SandboxExtension.class)
class DrainTest {
    private static final String FARM = "'protocol':'http','farm':'app'";

    private Bench bench;
    private Operations operations;
    private HttpServer server;
    private final Deque<String> pages = new ArrayDeque<>();

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        operations = bench.operations().asking(url -> CompletableFuture.completedFuture(new OkHttpClient()));
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void aServerIsMadeInactiveThatGoesLiveAndItsTimeIsWaitedFor() {
        Instant before = bench.clock().instant();

        Report report = drain("'servers':['192.0.2.31'],'emptyAfter':'2m'");

        long id = server("192.0.2.31");
        assertThat(report.headline(false)).isEqualTo("Server 192.0.2.31 of farm app changed");
        assertThat(report.diff()).extracting(Difference::toString).containsExactly("~ status: active -> inactive");
        assertThat(bench.writes())
                .containsExactly(
                        "PUT /ipLoadbalancing/%s/http/farm/%d/server/%d"
                                .formatted(SERVICE, bench.id("http/farm", "app"), id),
                        "POST /ipLoadbalancing/%s/refresh".formatted(SERVICE));
        assertThat(live("192.0.2.31")).containsOnly("inactive");
        assertThat(bench.entries()).extracting(RecordedEntry::operation).containsExactly("drain", "refresh");
        RecordedEntry entry = bench.entries().get(0);
        assertThat(entry.outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(Duration.between(
                        bench.entries().get(1).endedAt(), bench.entries().get(0).endedAt()))
                .isCloseTo(Duration.ofMinutes(2), Duration.ofSeconds(1));
        assertThat(entry.wanted().toString())
                .isEqualTo(
                        "{\"protocol\":\"http\",\"farm\":\"app\",\"servers\":[\"192.0.2.31\"],\"emptyAfter\":\"2m\"}");
        assertThat(report.result().path("serverIds").toString()).isEqualTo("[" + id + "]");
        assertThat(report.result().path("tasks")).hasSize(1);
        assertThat(bench.told()).anyMatch(line -> line.startsWith("waiting for what is open to end: "));
        assertThat(Duration.between(before, bench.clock().instant())).isGreaterThan(Duration.ofMinutes(2));
    }

    @Test
    void itsWeightIsLeftAloneWhichWouldKeepClientsWithACookie() {
        drain("'servers':['192.0.2.31']");

        assertThat(bench.writeCalls().get(0).requestBody()).isEqualTo("{\"status\":\"inactive\"}");
    }

    @Test
    void whatIsOutAlreadyIsLeftAloneAndNobodyWaits() {
        drain("'servers':['192.0.2.31']");
        bench.forget();
        Instant before = bench.clock().instant();

        Report again = drain("'servers':['192.0.2.31']");

        assertThat(again.changed()).isFalse();
        assertThat(again.headline(false)).isEqualTo("Nothing to change: server 192.0.2.31 of farm app");
        assertThat(bench.writes()).isEmpty();
        assertThat(bench.entries()).hasSize(2);
        assertThat(Duration.between(before, bench.clock().instant())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whatSomebodyHasStagedOnlyIsMadeLive() {
        bench.apply(Wish.all(
                        Catalogue.named("ensure-server"),
                        fields(FARM + ",'address':'192.0.2.31','status':'inactive'"),
                        "test")
                .get(0)
                .change());
        bench.forget();

        Report report = drain("'servers':['192.0.2.31']");

        assertThat(report.changed()).isTrue();
        assertThat(bench.writes()).containsExactly("POST /ipLoadbalancing/%s/refresh".formatted(SERVICE));
        assertThat(live("192.0.2.31")).containsOnly("inactive");
    }

    @Test
    void theLastServerStaysAndIsNamed() {
        drain("'servers':['192.0.2.31']");
        bench.forget();

        IplbException refused = Bench.failure(() -> drain("'servers':['192.0.2.32']"));

        assertThat(refused.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(refused)
                .hasMessage(
                        "http farm 'app' (%d) would be left with no server, and at least 1 must stay: 192.0.2.32 (%d) would go",
                        bench.id("http/farm", "app"), server("192.0.2.32"));
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void severalAreNotTakenWhereThatLeavesABackupOnlyAndNoneOfThemIs() {
        bench.shop()
                .add(
                        "http/server",
                        bench.id("http/farm", "app"),
                        Map.of("address", "192.0.2.39", "status", "active", "backup", true));

        assertThat(Bench.failure(() -> drain("'servers':['192.0.2.31','192.0.2.32']")))
                .hasMessageContaining("192.0.2.31 (", "192.0.2.32 (", "would go");
        assertThat(bench.writes()).isEmpty();
        assertThat(bench.entries()).isEmpty();
    }

    @Test
    void severalGoAndComeBackWithOneRefreshEach() {
        third();

        Report out = drain("'servers':['192.0.2.31','192.0.2.32:8080']");
        Report back = undrain("'servers':['192.0.2.31','192.0.2.32']");

        assertThat(out.headline(false)).isEqualTo("Farm app changed");
        assertThat(out.diff())
                .extracting(Difference::toString)
                .containsExactly(
                        "~ status of server 192.0.2.31 (%d): active -> inactive".formatted(server("192.0.2.31")),
                        "~ status of server 192.0.2.32 (%d): active -> inactive".formatted(server("192.0.2.32")));
        assertThat(back.changed()).isTrue();
        assertThat(live("192.0.2.31")).containsOnly("active");
        assertThat(bench.writes()).filteredOn(call -> call.startsWith("POST")).hasSize(2);
        assertThat(undrain("'servers':['192.0.2.31','192.0.2.32']").changed()).isFalse();
    }

    @Test
    void aCheckSaysWhatItWouldDoAndSendsNothing() {
        Instant before = bench.clock().instant();

        Report planned = ended(operation("drain", FARM + ",'servers':['192.0.2.31']"), bench.options(true));

        assertThat(planned.changed()).isTrue();
        assertThat(planned.headline(true)).isEqualTo("Server 192.0.2.31 of farm app would be changed");
        assertThat(planned.result().path("warnings")).isNotEmpty();
        assertThat(bench.writes()).isEmpty();
        assertThat(bench.entries()).isEmpty();
        assertThat(Duration.between(before, bench.clock().instant())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aServerThatCountsIsAskedUntilItIsEmpty() {
        String url = counting("3", "3", "2", "1", "0");

        Report report = drain("'servers':['192.0.2.31'],'connectionsAt':'%s'".formatted(url));

        assertThat(report.changed()).isTrue();
        assertThat(pages).isEmpty();
        assertThat(bench.told())
                .contains("waiting until it is empty: server 192.0.2.31 (%d) has 2 connections"
                        .formatted(server("192.0.2.31")));
    }

    @Test
    void asManyMayBeLeftAsAreSaidToBeAllowed() {
        String url = counting("3", "3", "2");

        drain("'servers':['192.0.2.31'],'connectionsAt':'%s','connections':2".formatted(url));

        assertThat(pages).isEmpty();
    }

    @Test
    void whereItNeverEmptiesItFailsAndSaysWhatIsLeftAndTheServerStaysOut() {
        String url = counting("7");

        IplbException late = Bench.failure(() -> drain("'servers':['192.0.2.31'],'connectionsAt':'%s'".formatted(url)));

        assertThat(late.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(late)
                .hasMessage(
                        "server 192.0.2.31 (%d) has 7 connections by the deadline; what was taken out stays out, undrain puts it back",
                        server("192.0.2.31"));
        assertThat(live("192.0.2.31")).containsOnly("inactive");
        assertThat(bench.entries().get(0).outcome()).isEqualTo(Outcome.TIMED_OUT);
    }

    @Test
    void whoDoesNotTellHowManyIsNotTakenOut() {
        String url = counting("all is well");

        assertThat(Bench.failure(() -> drain("'servers':['192.0.2.31'],'connectionsAt':'%s'".formatted(url))))
                .hasMessageContaining("says nothing that could be read as a number of connections");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void aTimeThatCannotBeOverBeforeTheDeadlineIsRefused() {
        assertThat(Bench.failure(() -> drain("'servers':['192.0.2.31'],'emptyAfter':'2h'")))
                .hasMessage("emptyAfter: '2h' was given; allowed: less than all of it may take, which is 600 s");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void aServerThatIsNotThereIsNamedWithThoseThatAre() {
        assertThat(Bench.failure(() -> drain("'servers':['192.0.2.77']")))
                .hasMessageContaining("has no server '192.0.2.77'; it has 192.0.2.31 (", "192.0.2.32 (");
    }

    @Test
    void whoseClientsMoveIsWarnedOf() {
        bench.shop()
                .alter(
                        "http/farm",
                        bench.id("http/farm", "app"),
                        Map.of("balance", "source", "stickiness", "sourceIp"));

        Report planned = ended(operation("drain", FARM + ",'servers':['192.0.2.31']"), bench.options(true));

        assertThat(planned.result().path("warnings"))
                .extracting(JsonNode::asText)
                .anyMatch(line -> line.contains("is balanced by source"))
                .anyMatch(line -> line.contains("keeps its clients by their addresses, which a refresh forgets"));
    }

    @Test
    void itsRecordUndoesIt() {
        third();
        drain("'servers':['192.0.2.31','192.0.2.32']");

        Report undone = bench.ended(
                operations.run(new Operation.Undoing(Rollback.of(bench.entries(), false, true)), bench.options(false)));

        assertThat(undone.changed()).isTrue();
        assertThat(live("192.0.2.31")).containsOnly("active");
        assertThat(live("192.0.2.32")).containsOnly("active");
    }

    private void third() {
        bench.shop()
                .add("http/server", bench.id("http/farm", "app"), Map.of("address", "192.0.2.33", "status", "active"));
        bench.shop().deployed();
    }

    private String counting(String... answers) {
        pages.addAll(List.of(answers));
        String last = answers[answers.length - 1];
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        server.createContext("/", exchange -> {
            byte[] body = (pages.isEmpty() ? last : pages.remove()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private Report drain(String parameters) {
        return ended(operation("drain", FARM + "," + parameters), bench.options(false));
    }

    private Report undrain(String parameters) {
        return ended(operation("undrain", FARM + "," + parameters), bench.options(false));
    }

    private Report ended(Operation.OnLoadBalancer operation, Options options) {
        return bench.ended(operations.run(operation, options));
    }

    private static Operation.OnLoadBalancer operation(String name, String parameters) {
        return (Operation.OnLoadBalancer) Catalogue.named(name).operation(fields(parameters));
    }

    private static Fields fields(String parameters) {
        return new Fields((ObjectNode) Bench.json("{'service':'%s',%s}".formatted(SERVICE, parameters)));
    }

    private long server(String address) {
        return bench.shop().staged("http/server").stream()
                .filter(item -> item.text("address").equals(address))
                .findFirst()
                .orElseThrow()
                .id();
    }

    /** In each zone. */
    private List<String> live(String address) {
        return List.of("gra", "rbx").stream()
                .flatMap(zone -> bench.shop().live(zone, "http/server").stream())
                .filter(item -> item.text("address").equals(address))
                .map(item -> item.text("status"))
                .toList();
    }
}
