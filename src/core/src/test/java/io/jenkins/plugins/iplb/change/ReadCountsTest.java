package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.change.Wishes.HTTP2;
import static io.jenkins.plugins.iplb.change.Wishes.farm;
import static io.jenkins.plugins.iplb.change.Wishes.http2Route;
import static io.jenkins.plugins.iplb.change.Wishes.ref;
import static io.jenkins.plugins.iplb.change.Wishes.remove;
import static io.jenkins.plugins.iplb.change.Wishes.server;
import static io.jenkins.plugins.iplb.change.Wishes.tcpRoute;
import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.refresh.Preflight;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** About 60 calls a minute are fair use: what a change reads must not grow with the load balancer. */
@ExtendWith(SandboxExtension.class)
class ReadCountsTest {
    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 45})
    void aNewRouteByIdsTakesThreeReadsAndALookAfterIt(int routes) {
        fill(routes);

        Report report = bench.apply(
                tcpRoute(bench.id("tcp/frontend", "https"), bench.id("tcp/farm", "web-http2"), null, HTTP2));

        assertThat(report.changed()).isTrue();
        assertThat(bench.reads()).hasSize(4);
        assertThat(report.reads()).isEqualTo(4);
        assertThat(report.writes()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 45})
    void aNewRouteByNamesTakesAsMany(int routes) {
        fill(routes);

        bench.apply(http2Route());

        assertThat(bench.reads()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 45})
    void thePreflightTakesAtMostTenReads(int routes) {
        fill(routes);
        bench.shop().add("tcp/frontend", Map.of("port", "8443", "zone", "all"));
        bench.shop().add("http/frontend", Map.of("port", "8080", "zone", "all"));

        Preflight preflight = Preflight.of(new Snapshot(bench.session(), SERVICE));

        assertThat(preflight.problems()).hasSize(2);
        assertThat(bench.reads()).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 45})
    void withoutExpandedListsABatchTakesOneMoreReadPerList(int routes) {
        fill(routes);
        bench.sandbox().faults().withoutExpandedLists();

        Report report = bench.apply(
                tcpRoute(bench.id("tcp/frontend", "https"), bench.id("tcp/farm", "web-http2"), null, HTTP2));

        assertThat(report.changed()).isTrue();
        assertThat(bench.reads()).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 45})
    void withoutBatchesEitherOneReadPerRouteStillWorks(int routes) {
        fill(routes);
        bench.sandbox().faults().withoutExpandedLists().withoutBatch();

        Report report = bench.apply(
                tcpRoute(bench.id("tcp/frontend", "https"), bench.id("tcp/farm", "web-http2"), null, HTTP2));

        assertThat(report.changed()).isTrue();
        assertThat(bench.reads()).hasSize(1 + 1 + routes + 2 + 1 + 1 + routes + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"expanded", "batch", "single"})
    void howTheRoutesAreReadMakesNoDifference(String how) {
        fill(5);
        bench.apply(http2Route());
        bench.forget();
        bench.sandbox().faults().expandedLists(how.equals("expanded")).batch(!how.equals("single"));

        assertThat(bench.apply(http2Route()).changed()).isFalse();
        assertThat(bench.writes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 40})
    void aServerTakesTwoReadsHoweverManyThereAre(int servers) {
        fillFarm(servers);

        bench.apply(server(Protocol.TCP, "web-http2", "{'address': '192.0.2.22', 'weight': 0}"));

        assertThat(bench.reads()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 40})
    void aFarmTakesOneReadAndANewOneThree(int servers) {
        fillFarm(servers);

        bench.apply(farm(Protocol.TCP, "web-http2", "{'stickiness': 'sourceIp'}"));
        assertThat(bench.reads()).hasSize(1);

        bench.forget();
        bench.apply(farm(Protocol.TCP, "new", "{'zone': 'all'}"));
        assertThat(bench.reads()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 40})
    void removingAFarmTakesFourReadsAndOneWriteForEachOfItsServers(int servers) {
        fillFarm(servers);

        Report report = bench.apply(remove(Protocol.TCP, new Removable.Farm(ref("web-http2"))));

        assertThat(bench.reads()).hasSize(4);
        assertThat(report.writes()).isEqualTo(servers + 1);
    }

    /** @param servers how many it is to have */
    private void fillFarm(int servers) {
        long farm = bench.id("tcp/farm", "web-http2");
        for (int i = 2; i < servers; i++) {
            bench.shop().add("tcp/server", farm, Map.of("address", "10.0.0." + i, "status", "active"));
        }
    }

    /** Routes with two rules each. */
    private void fill(int routes) {
        long frontend = bench.id("tcp/frontend", "https");
        for (int i = 0; i < routes; i++) {
            long route =
                    bench.shop().add("tcp/route", Map.of("action", Map.of("type", "reject"), "frontendId", frontend));
            bench.shop().add("tcp/rule", route, Map.of("field", "sni", "match", "is", "pattern", "h" + i));
            bench.shop().add("tcp/rule", route, Map.of("field", "source", "match", "is", "pattern", "10.0.0." + i));
        }
        bench.shop().deployed();
    }
}
