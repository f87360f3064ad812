package io.jenkins.plugins.iplb.operation;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.EnsureRoute;
import io.jenkins.plugins.iplb.change.RouteTarget;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Builds that really run at the same time, as on a controller: eight workers, and a clock that runs fast. */
@ExtendWith(SandboxExtension.class)
@Timeout(120)
class ConcurrentBuildsTest {
    private static final int TIMES_AS_FAST = 50;
    private static final Duration TICK = Duration.ofMillis(10);

    private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(8);
    private final ScheduledExecutorService time = Executors.newSingleThreadScheduledExecutor();

    @TempDir
    private Path directory;

    private Bench bench;
    private Waiter waiter;
    private Coordinators coordinators;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock) {
        bench = new Bench(sandbox, clock, directory);
        time.scheduleAtFixedRate(
                () -> clock.advance(TICK.multipliedBy(TIMES_AS_FAST)),
                TICK.toMillis(),
                TICK.toMillis(),
                TimeUnit.MILLISECONDS);
        Timer fast = (delay, task) -> Timer.on(time).after(delay.dividedBy(TIMES_AS_FAST), task);
        waiter = new Waiter(fast, workers);
        coordinators = new Coordinators(fast, workers);
    }

    @AfterEach
    void stop() {
        time.shutdownNow();
        workers.shutdownNow();
    }

    @Test
    void buildsThatWantTheSameRouteMakeOne() {
        List<CompletableFuture<Report>> reports = IntStream.range(0, 12)
                .mapToObj(build -> operations(build).run(Operation.of(route("www.example.org")), options()))
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
            reports.add(operations(build).run(Operation.of(route("h" + build + ".example.org")), options()));
            reports.add(operations(build)
                    .run(Operation.of(new RefreshRequest(SERVICE, List.of(), false, true)), options()));
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
        CompletableFuture<Report> hanging = operations(0)
                .run(
                        new Operation.Refreshing(request(), Optional.empty(), state -> await(othersAreThrough)),
                        options());
        CompletableFuture<Report> other = operations(1).run(Operation.of(request()), options());

        assertThat(other.join().changed()).isTrue();
        assertThat(hanging).isNotDone();
        othersAreThrough.countDown();
        hanging.join();
    }

    @Test
    void aHundredBuildsAtOnceAreEachReleasedWhenTheirChangeIsLive() {
        List<CompletableFuture<Boolean>> live = new ArrayList<>();
        for (int build = 0; build < 100; build++) {
            String farm = "farm " + build;
            bench.shop().add("tcp/farm", Map.of("zone", "all", "displayName", farm));
            live.add(operations(build).run(Operation.of(request()), options()).thenApply(report -> isLive(farm)));
        }

        assertThat(live).allMatch(CompletableFuture::join);
        assertThat(bench.calls("POST", "/refresh")).hasSizeLessThanOrEqualTo(4);
    }

    private boolean isLive(String farm) {
        return Stream.of("gra", "rbx")
                .allMatch(zone -> bench.shop().live(zone, "tcp/farm").stream()
                        .anyMatch(item -> item.text("displayName").equals(farm)));
    }

    private Operations operations(int build) {
        return new Operations(
                bench.client(),
                RecordFile.open(directory.resolve("build-" + build + ".json")),
                waiter,
                coordinators,
                workers);
    }

    private Options options() {
        return bench.options(false, Duration.ofDays(1));
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
                Optional.of(Reference.parse("frontend", "https")),
                new RouteTarget.ToFarm(Reference.parse("farm", "web-http2")),
                Optional.empty(),
                null,
                Optional.of(List.of(new RuleSpec("sni", null, "is", false, sni))),
                Map.of());
    }
}
