package io.jenkins.plugins.iplb.operation;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.EnsureRoute;
import io.jenkins.plugins.iplb.change.Reference;
import io.jenkins.plugins.iplb.change.RouteTarget;
import io.jenkins.plugins.iplb.change.RuleSpec;
import io.jenkins.plugins.iplb.record.RecordFile;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.wait.Timer;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Builds that really run at the same time, as on a controller: eight workers, and a clock that has no time to lose. */
@ExtendWith(SandboxExtension.class)
@Timeout(60)
class ConcurrentBuildsTest {
    private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(8);

    @TempDir
    private Path directory;

    private Bench bench;
    private Waiter waiter;
    private Coordinators coordinators;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock) {
        bench = new Bench(sandbox, clock, directory);
        Timer hasty = (delay, task) -> {
            clock.advance(delay);
            return Timer.on(workers).after(Duration.ZERO, task);
        };
        waiter = new Waiter(hasty, workers);
        coordinators = new Coordinators(hasty, workers);
    }

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    @Test
    void buildsThatWantTheSameRouteMakeOne() {
        List<CompletableFuture<Report>> reports = IntStream.range(0, 12)
                .mapToObj(build -> operations(build).change(route("www.example.org"), bench.options(false)))
                .toList();

        assertThat(reports)
                .extracting(each -> each.join().result().path("routeId").asLong())
                .containsOnly(reports.get(0).join().result().path("routeId").asLong());
        assertThat(reports).filteredOn(each -> each.join().changed()).hasSize(1);
        assertThat(bench.calls("POST", "/tcp/route")).hasSize(1);
        assertThat(bench.calls("POST", "/tcp/route/*/rule")).hasSize(1);
    }

    @Test
    void noRefreshBeginsInTheMiddleOfAChange() {
        bench.shop().add("tcp/farm", Map.of("zone", "all"));
        List<CompletableFuture<Report>> reports = new ArrayList<>();
        for (int build = 0; build < 8; build++) {
            reports.add(operations(build).change(route("h" + build + ".example.org"), bench.options(false)));
            reports.add(operations(build)
                    .refresh(new RefreshRequest(SERVICE, List.of(), false, true), bench.options(false)));
        }
        reports.forEach(CompletableFuture::join);

        // Each route is made detached, gets its rule and is attached: whatever comes between belongs to another route.
        List<String> kinds = bench.writeCalls().stream()
                .map(ConcurrentBuildsTest::kind)
                .filter(kind -> !kind.equals("POST refresh"))
                .toList();
        List<String> one = List.of("POST route", "POST rule", "PUT route");
        assertThat(kinds).hasSize(8 * one.size());
        List<String> all =
                bench.writeCalls().stream().map(ConcurrentBuildsTest::kind).toList();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).equals("POST route")) {
                assertThat(all.subList(i, i + one.size())).isEqualTo(one);
            }
        }
    }

    @Test
    void aBuildWhoseStateCannotBeKeptDoesNotHoldUpTheOthers() throws InterruptedException {
        bench.shop().add("tcp/farm", Map.of("zone", "all"));
        CountDownLatch othersAreThrough = new CountDownLatch(1);
        // The clock runs while it hangs, as fast as it can.
        Options patient = bench.options(false, Duration.ofDays(36_500));
        CompletableFuture<Report> hanging =
                operations(0).refresh(request(), patient, null, state -> await(othersAreThrough));
        CompletableFuture<Report> other = operations(1).refresh(request(), bench.options(false));

        assertThat(other.join().changed()).isTrue();
        assertThat(hanging).isNotDone();
        othersAreThrough.countDown();
        hanging.join();
    }

    @Test
    void aHundredBuildsAtOnceAreEachCarriedByARefreshThatHoldsTheirChange() {
        List<CompletableFuture<Report>> reports = new ArrayList<>();
        for (int build = 0; build < 100; build++) {
            bench.shop().add("tcp/farm", Map.of("zone", "all", "displayName", "farm " + build));
            reports.add(operations(build).refresh(request(), bench.options(false)));
        }

        assertThat(reports)
                .allSatisfy(
                        each -> assertThat(each.join().result().path("tasks")).hasSize(1));
        assertThat(bench.calls("POST", "/refresh")).hasSizeLessThanOrEqualTo(4);
        assertThat(bench.shop().live("gra", "tcp/farm")).hasSizeGreaterThanOrEqualTo(100);
    }

    private Operations operations(int build) {
        return new Operations(
                bench.client(),
                RecordFile.open(directory.resolve("build-" + build + ".json"), bench.clock()),
                waiter,
                coordinators,
                workers);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String kind(Exchange call) {
        String[] path = call.path().split("/");
        String last = path[path.length - 1];
        return call.method() + " " + (last.matches("\\d+") ? path[path.length - 2] : last);
    }

    private static RefreshRequest request() {
        return new RefreshRequest(SERVICE, List.of(), false, true);
    }

    private static Change route(String sni) {
        return new EnsureRoute(
                SERVICE,
                Protocol.TCP,
                Reference.parse("frontend", "https"),
                new RouteTarget.ToFarm(Reference.parse("farm", "web-http2")),
                Optional.empty(),
                null,
                Optional.of(List.of(new RuleSpec("sni", null, "is", false, sni))));
    }
}
