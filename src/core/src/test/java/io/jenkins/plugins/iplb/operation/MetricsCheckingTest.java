package io.jenkins.plugins.iplb.operation;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static io.jenkins.plugins.iplb.testing.Bench.failure;
import static io.jenkins.plugins.iplb.testing.Bench.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SandboxExtension.class)
class MetricsCheckingTest {
    private static final String QUERY = "/metrics/" + SERVICE + "/prometheus/api/v1/query_range";

    private Sandbox sandbox;
    private Bench bench;

    @BeforeEach
    void prepare(Sandbox started, TestClock clock, @TempDir Path directory) {
        sandbox = started;
        bench = new Bench(sandbox, clock, directory);
    }

    @AfterEach
    void nobodyIsToldTheToken() {
        assertThat(bench.told()).noneMatch(said -> said.contains("sandboxsecret"));
        assertThat(bench.entries()).isEmpty();
    }

    @Test
    void trafficHasArrivedWhenThereIsEnoughInEachZone() {
        CompletableFuture<Report> checking = begin("{'atLeast':5}");
        bench.shop().traffic("gra", 2, 20);
        bench.timer().next();
        bench.timer().next();
        assertThat(checking).isNotDone();
        assertThat(bench.told())
                .last()
                .isEqualTo("gra has 6.67 requests per second; rbx has 0 requests per second, at least 5 are to be");

        bench.shop().traffic("rbx", 1, 10);
        Report report = bench.ended(checking);

        assertThat(report.changed()).isFalse();
        assertThat(report.entry()).isEmpty();
        assertThat(report.result().path("count").asText()).isEqualTo("requests");
        assertThat(report.result().path("zones"))
                .allSatisfy(
                        zone -> assertThat(zone.path("perSecond").asDouble()).isGreaterThanOrEqualTo(5));
        assertThat(bench.calls("GET", "/metricsToken")).hasSize(1);
        assertThat(bench.timer().delays()).containsOnly(Duration.ofSeconds(10));
    }

    @Test
    void trafficHasLeftWhenThereHasBeenNoneForAsLongAsIsLookedAt() {
        bench.shop().traffic("gra", 3, 30);
        bench.clock().advance(Duration.ofMinutes(5));
        bench.shop().traffic("gra", 0, 0);
        Instant left = bench.clock().instant();

        Report report = bench.ended(begin("{'zones':['gra'],'count':'connections','atMost':'0.01','over':'2m'}"));

        assertThat(Duration.between(left, bench.clock().instant())).isEqualTo(Duration.ofMinutes(2));
        assertThat(report.result().at("/zones/0/zone").asText()).isEqualTo("gra");
        assertThat(queries())
                .first()
                .satisfies(query -> assertThat(query.query())
                        .contains("haproxy_process_connections_total")
                        .contains("%5B120s%5D"));
    }

    @Test
    void whatDoesNotComeIsWaitedForUntilTimeIsUp() {
        bench.shop().traffic("gra", 2, 20);

        IplbException failure =
                failure(() -> bench.ended(begin("{'zones':['gra','rbx'],'atLeast':1,'atMost':'50.5'}")));

        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failure)
                .hasMessageContaining("gra has 20 requests per second;")
                .hasMessageEndingWith("rbx has 0 requests per second, at least 1 and at most 50.5 are to be");
    }

    @Test
    void aTokenThatIsNotTakenAnyMoreIsReplacedByAnother() {
        CompletableFuture<Report> checking = begin("{'atLeast':1}");
        sandbox.faults().on("GET", QUERY).times(1).status(401);
        bench.timer().next();
        bench.shop().traffic("gra", 1, 9).traffic("rbx", 1, 9);

        bench.ended(checking);

        assertThat(bench.calls("GET", "/metricsToken")).hasSize(2);
    }

    @Test
    void oneThatIsRefusedFromTheBeginningIsNotAskedForAgain() {
        sandbox.faults().on("GET", QUERY).times(1).status(403);

        assertThat(failure(() -> bench.ended(begin("{'atMost':0}"))).kind()).isEqualTo(FailureKind.CREDENTIALS);
        assertThat(bench.calls("GET", "/metricsToken")).hasSize(1);
    }

    @Test
    void threeLooksInARowMayGetNoAnswer() {
        sandbox.faults().on("GET", QUERY).times(3).status(503);
        bench.ended(begin("{'atMost':0}"));

        sandbox.faults().on("GET", QUERY).times(4).status(503);
        assertThat(failure(() -> bench.ended(begin("{'atMost':0}"))).kind()).isEqualTo(FailureKind.UNAVAILABLE);
    }

    @Test
    void whatOvhHasNotMeasuredIsNotNothing() {
        sandbox.faults()
                .on("GET", QUERY)
                .times(1)
                .status(200, Map.of(), "application/json", "{'data':{'result':[]}}".replace('\'', '"'));
        CompletableFuture<Report> checking = begin("{'zones':['gra'],'atMost':0}");

        assertThat(bench.told()).containsExactly("gra has no measured requests, at most 0 are to be");
        bench.ended(checking);
        assertThat(queries()).hasSize(2);
    }

    @Test
    void aCheckLooksAtNothing() {
        Report planned =
                bench.ended(bench.operations().run(operation("{'zones':['gra'],'atMost':0}"), bench.options(true)));

        assertThat(planned.result()).isEqualTo(json("{'count':'requests','zones':[{'zone':'gra','perSecond':null}]}"));
        assertThat(queries()).isEmpty();
        assertThat(bench.calls("GET", "/metricsToken")).isEmpty();
    }

    @Test
    void aZoneThatTheLoadBalancerHasNotIsRefused() {
        assertThat(failure(() -> bench.ended(begin("{'zones':['gra','bhs'],'atMost':0}"))))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("zones: 'bhs' was given; allowed: a zone of " + SERVICE + ": gra, rbx");
        assertThat(queries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            atLeast | {}
            atLeast | {'atLeast':'many'}
            atMost  | {'atMost':'-1'}
            atLeast | {'atLeast':2,'atMost':1}
            count   | {'count':'packets','atMost':0}
            over    | {'over':'0s','atMost':0}
            every   | {'every':'often','atMost':0}
            """)
    void badInputIsRefusedAndNothingIsSent(String parameter, String values) {
        assertThatThrownBy(() -> operation(values))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refusal -> assertThat(refusal.parameter()).isEqualTo(parameter));
        assertThat(sandbox.calls().all()).isEmpty();
    }

    private CompletableFuture<Report> begin(String values) {
        return bench.operations().run(operation(values), bench.options(false));
    }

    private static Operation.OnLoadBalancer operation(String values) {
        ObjectNode given = ((ObjectNode) json(values)).put("service", SERVICE);
        return (Operation.OnLoadBalancer) Catalogue.named("check-metrics").operation(new Fields(given));
    }

    private List<Exchange> queries() {
        return sandbox.calls().matching("GET", QUERY);
    }
}
