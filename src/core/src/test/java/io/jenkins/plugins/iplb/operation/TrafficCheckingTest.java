package io.jenkins.plugins.iplb.operation;

import static io.jenkins.plugins.iplb.testing.Bench.failure;
import static io.jenkins.plugins.iplb.testing.Bench.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.check.TrafficCheck;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.Haproxy;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.traffic.DataPlane;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked is the shop of the demo on a real HAProxy, in virtual time. Each test has a frontend of its own. */
class TrafficCheckingTest {
    private static final TestClock CLOCK = new TestClock();
    private static final Duration LONGER_THAN_A_REFRESH = Duration.ofSeconds(30);

    private static Sandbox sandbox;
    private static ServiceSeed shop;
    private static int port = 8300;

    private final List<TrafficState> kept = new ArrayList<>();
    private final OkHttpClient http = new OkHttpClient();
    private Bench bench;

    @BeforeAll
    static void start() {
        Haproxy.assumeInstalled();
        sandbox = Sandbox.builder()
                .clock(CLOCK)
                .world(DemoWorld::in)
                .traffic(new DataPlane.Options(OptionalInt.empty(), false, remark -> {}))
                .start();
        shop = sandbox.world().service(DemoWorld.SERVICE);
    }

    @AfterAll
    static void stop() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @BeforeEach
    void prepare(@TempDir Path directory) {
        port++;
        bench = new Bench(sandbox, CLOCK, directory);
    }

    @Test
    void itEndsWhenWhatIsExpectedHasComeSoOftenInARow() {
        long frontend = frontend("192.0.2.1");
        leadTo(frontend, "192.0.2.2");
        CompletableFuture<Report> checking =
                begin("{'expect':['header:X-Sandbox-Server is 192.0.2.2:9000'],'times':4,'every':'5s'}", "gra");
        bench.timer().next();
        bench.timer().next();
        assertThat(checking).isNotDone();

        refresh("gra");
        Report report = bench.ended(checking);

        assertThat(report.changed()).isFalse();
        assertThat(report.result().path("url").asText()).isEqualTo(url("http"));
        JsonNode place = report.result().at("/places/0");
        assertThat(place.path("place").asText()).isEqualTo(place("gra"));
        assertThat(place.path("asked").asInt()).isEqualTo(7);
        assertThat(place.path("good").asInt()).isEqualTo(4);
        assertThat(place.path("bad").asInt()).isEqualTo(3);
        assertThat(place.path("firstBad").asText())
                .isEqualTo(
                        "header:X-Sandbox-Server was '192.0.2.1:9000', expected: header:X-Sandbox-Server is 192.0.2.2:9000");
        assertThat(place.path("protocol").asText()).isEqualTo("http/1.1");
        assertThat(place.path("status").asInt()).isEqualTo(200);
        assertThat(bench.timer().delays()).containsOnly(Duration.ofSeconds(5));
    }

    @Test
    void itDoesNotEndWhileOneZoneAnswersAsBefore() {
        long frontend = frontend("192.0.2.3");
        leadTo(frontend, "192.0.2.4");
        refresh("gra");
        String expected = "{'expect':['header:X-Sandbox-Server is 192.0.2.4:9000']}";

        IplbException failure = failure(() -> bench.ended(begin(expected, "gra", "rbx")));

        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failure)
                .hasMessageContaining(place("rbx") + " gave 0 good of ")
                .hasMessageContaining("X-Sandbox-Server was '192.0.2.3:9000', expected: header:X-Sandbox-Server is")
                .hasMessageNotContaining(place("gra"));

        refresh("rbx");
        assertThat(bench.ended(begin(expected, "gra", "rbx")).result().path("places"))
                .hasSize(2)
                .allSatisfy(place -> assertThat(place.path("good").asInt()).isEqualTo(3));
    }

    @Test
    void aPlaceThatFallsBackWhileAnotherCatchesUpHasToBeginAnew() {
        long frontend = frontend("192.0.2.5");
        leadTo(frontend, "192.0.2.6");
        refresh("gra");
        CompletableFuture<Report> checking =
                begin("{'expect':['header:X-Sandbox-Server is 192.0.2.6:9000'],'times':2}", "gra", "rbx");
        for (int i = 0; i < 6; i++) {
            bench.timer().next();
        }
        assertThat(last().tallies()).extracting(TrafficState.Tally::row).satisfies(rows -> {
            assertThat(rows.get(0)).isGreaterThanOrEqualTo(2);
            assertThat(rows.get(1)).isZero();
        });
        leadTo(frontend, "192.0.2.5");
        refresh("gra");
        leadTo(frontend, "192.0.2.6");
        refresh("rbx");
        for (int i = 0; i < 6; i++) {
            bench.timer().next();
        }
        assertThat(checking).as("rbx is there, gra is not any more").isNotDone();

        refresh("gra");
        assertThat(bench.ended(checking).result().at("/places/0/bad").asInt()).isPositive();
    }

    @Test
    void eachQuestionIsAConnectionOfItsOwn() {
        frontend("192.0.2.7");
        long before = connections();

        bench.ended(begin("{'times':5}", "gra"));

        assertThat(connections() - before).isEqualTo(5);
    }

    @Test
    void whatHaproxyCountsIsWhatIsMeasured() {
        frontend("192.0.2.12");
        CLOCK.advance(Duration.ofSeconds(20));
        CompletableFuture<Report> measuring = bench.operations()
                .run(
                        (Operation.OnLoadBalancer) Catalogue.named("check-metrics")
                                .operation(new Fields((ObjectNode) json(
                                        "{'service':'%s','zones':['gra'],'atLeast':'0.5','over':'20s','every':'20s'}"
                                                .formatted(DemoWorld.SERVICE)))),
                        bench.options(false));
        assertThat(bench.told()).containsExactly("gra has 0 requests per second, at least 0.5 are to be");
        TrafficCheck check = new TrafficCheck(http);
        Operation.CheckingTraffic page = operation("http", "{}", "gra");
        for (int i = 0; i < 11; i++) {
            assertThat(check.ask(page.proof().targets().get(0), List.of(), Bench.TIMEOUT)
                            .isGood())
                    .isTrue();
        }

        Report report = bench.ended(measuring);

        assertThat(report.result().at("/zones/0/perSecond").asDouble()).isEqualTo(11 / 20.0);
    }

    @Test
    void aCertificateThatWasRotatedIsNoticedAtTheNextQuestion() {
        long old = shop.certificate("www.shop.example");
        long frontend = frontend("192.0.2.8", Map.of("ssl", true, "defaultSslId", old));
        JsonNode first =
                bench.ended(beginOverTls("{'times':1}", "gra")).result().at("/places/0/certificate");
        assertThat(first.path("names")).containsExactly(json("'www.shop.example'"));
        shop.alter("http/frontend", frontend, Map.of("defaultSslId", shop.certificate("www.shop.example")));
        String other =
                "{'expect':['certificate:sha256 not is %s','certificate:name is www.shop.example','protocol is h2']}"
                        .formatted(first.path("sha256").asText());
        CompletableFuture<Report> checking = beginOverTls(other, "gra");
        bench.timer().next();

        refresh("gra");
        JsonNode place = bench.ended(checking).result().at("/places/0");

        assertThat(place.path("bad").asInt()).isEqualTo(2);
        assertThat(place.path("firstBad").asText())
                .startsWith("certificate:sha256 was '" + first.path("sha256").asText());
        assertThat(place.at("/certificate/sha256")).isNotEqualTo(first.path("sha256"));
    }

    @Test
    void soManyBadAnswersEndItAtOnce() {
        frontend("192.0.2.9");

        IplbException failure =
                failure(() -> bench.ended(begin("{'expect':['status is 418'],'maxErrors':2}", "gra", "rbx")));

        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure)
                .hasMessageStartingWith(url("http") + ": 2 bad answers before it had answered well 3 times in a row")
                .hasMessageContaining(place("gra") + " gave 0 good of 1 answers, the first bad one: status was '200'");
    }

    @Test
    void afterARestartWhatWasBadCountsAndTheRowBeginsAnew() {
        frontend("192.0.2.10");
        CompletableFuture<Report> before = begin("{'expect':['status is 418'],'maxErrors':3}", "gra");
        bench.timer().next();
        before.cancel(false);
        TrafficState left = TrafficState.fromJson(last().toJson());
        assertThat(left).isEqualTo(last());

        Operation.CheckingTraffic again = operation("http", "{'expect':['status is 418'],'maxErrors':3}", "gra");
        IplbException failure = failure(() -> bench.ended(
                run(new Operation.CheckingTraffic(again.proof(), Optional.of(left), kept::add), bench.options(false))));

        assertThat(failure).hasMessageContaining("0 good of 3 answers");
        assertThat(left.standsWhere(kept.get(0))).isFalse();

        bench.ended(begin("{'times':2}", "gra"));
        Operation.CheckingTraffic good = operation("http", "{'times':2}", "gra");
        Report gone = bench.ended(
                run(new Operation.CheckingTraffic(good.proof(), Optional.of(last()), kept::add), bench.options(false)));
        assertThat(gone.result().at("/places/0/asked").asInt()).isEqualTo(4);
    }

    @Test
    void whereNothingListensItIsAskedOnUntilTimeIsUp() {
        IplbException failure = failure(() -> bench.ended(begin("{'every':'1m'}", "gra")));

        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failure).hasMessageContaining("gave 0 good of 10 answers").hasMessageContaining("cannot be reached");
        assertThat(bench.told()).last().asString().contains("0 of 3 good answers in a row", "cannot be reached");
    }

    @Test
    void aCheckAsksNobody() {
        frontend("192.0.2.11");
        long before = connections();

        Report planned = bench.ended(run(operation("http", "{}", "gra"), bench.options(true)));

        assertThat(planned.result()).isEqualTo(json("{'url':'%s','expect':[]}".formatted(url("http"))));
        assertThat(connections()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            url        | 'ftp://a.example/'
            expect     | ['state is 200']
            expect     | ['status']
            times      | 0
            every      | 'soon'
            every      | '0s'
            maxErrors  | 0
            connectTo  | ['gra']
            ca         | 'missing.pem'
            """)
    void badInputIsRefusedAndNobodyIsAsked(String parameter, String value) {
        ObjectNode given = (ObjectNode) json("{'url':'%s'}".formatted(url("http")));
        given.set(parameter, json("[" + value + "]").get(0));
        long before = connections();

        assertThatThrownBy(() -> Catalogue.named("check-traffic").operation(new Fields(given)))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refusal -> assertThat(refusal.parameter()).isEqualTo(parameter));
        assertThat(connections()).isEqualTo(before);
    }

    // ---- what is asked

    private static long frontend(String server) {
        return frontend(server, Map.of());
    }

    private static long frontend(String server, Map<String, ?> more) {
        Map<String, Object> fields = new HashMap<>(more);
        fields.putAll(Map.of("zone", "all", "port", Integer.toString(port), "defaultFarmId", farm(server)));
        long frontend = shop.add("http/frontend", fields);
        refresh();
        return frontend;
    }

    private static void leadTo(long frontend, String server) {
        shop.alter("http/frontend", frontend, Map.of("defaultFarmId", farm(server)));
    }

    private static long farm(String server) {
        long farm = shop.add("http/farm", Map.of("zone", "all", "port", 9000));
        shop.add("http/server", farm, Map.of("address", server, "status", "active"));
        return farm;
    }

    private static void refresh(String... zones) {
        shop.refresh(zones);
        CLOCK.advance(LONGER_THAN_A_REFRESH);
        shop.pending();
    }

    private static String url(String scheme) {
        return scheme + "://www.shop.example:" + shifted() + "/";
    }

    private static String place(String zone) {
        return sandbox.traffic().orElseThrow().listening().stream()
                        .filter(each -> each.zone().equals(zone))
                        .flatMap(each -> each.listeners().stream())
                        .findFirst()
                        .orElseThrow()
                        .at()
                        .address()
                + ":" + shifted();
    }

    private static int shifted() {
        return port + sandbox.traffic().orElseThrow().portShift();
    }

    private static long connections() {
        return sandbox.traffic()
                .orElseThrow()
                .counters(DemoWorld.SERVICE, "gra")
                .connections();
    }

    // ---- how it is asked

    private CompletableFuture<Report> begin(String values, String... zones) {
        return begun("http", values, zones);
    }

    private CompletableFuture<Report> beginOverTls(String values, String... zones) {
        return begun("https", values, zones);
    }

    private CompletableFuture<Report> begun(String scheme, String values, String... zones) {
        Operation.CheckingTraffic operation = operation(scheme, values, zones);
        return run(new Operation.CheckingTraffic(operation.proof(), Optional.empty(), kept::add), bench.options(false));
    }

    private static Operation.CheckingTraffic operation(String scheme, String values, String... zones) {
        ObjectNode given = (ObjectNode) json(values);
        given.put("url", url(scheme)).put("ca", sandbox.caFile().toString());
        for (String zone : zones) {
            given.withArray("connectTo").add(place(zone));
        }
        return (Operation.CheckingTraffic) Catalogue.named("check-traffic").operation(new Fields(given));
    }

    private CompletableFuture<Report> run(Operation.CheckingTraffic operation, Options options) {
        return new TrafficChecking(new Waiter(bench.timer(), Runnable::run), CLOCK)
                .run(
                        operation,
                        CompletableFuture.completedFuture(
                                Collections.nCopies(operation.proof().targets().size(), http)),
                        options);
    }

    private TrafficState last() {
        return kept.get(kept.size() - 1);
    }
}
