package io.jenkins.plugins.iplb.refresh;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.Limits;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.ovh.OvhClients;
import io.jenkins.plugins.iplb.record.RecordFile;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.RefreshTask;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Many builds of one process that refresh one load balancer. */
@ExtendWith(SandboxExtension.class)
class CoordinatorTest {
    @TempDir
    private Path directory;

    private Bench bench;
    private Coordinators coordinators;
    private int builds;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock) {
        bench = new Bench(sandbox, clock, directory);
        bench.shop().zones("gra", "rbx", "sbg");
        coordinators = new Coordinators(bench.timer(), Runnable::run);
    }

    @Nested
    class Sharing {
        @Test
        void aHundredBuildsAtOnceNeedAtMostThreeRefreshesAndEachOfThemIsCarried() {
            List<Build> builds = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                builds.add(new Build(i % 3 == 0 ? "gra" : "all"));
            }

            bench.timer().run();

            assertThat(requests()).hasSizeLessThanOrEqualTo(3);
            assertThat(builds).allSatisfy(Build::wasCarried);
            assertThat(bench.shop().pending()).isEmpty();
        }

        @Test
        void whoComesWhileARefreshRunsIsCarriedByTheNextTogetherWithAllOthers() {
            Build first = new Build("all");
            runUntilARefreshIsAskedFor();
            List<Build> late = List.of(new Build("gra"), new Build("all"), new Build("rbx"));

            bench.timer().run();

            assertThat(requests()).containsExactly("{}", "{}");
            assertThat(first.tasks()).containsExactly(refreshId(0));
            assertThat(late).allSatisfy(build -> {
                build.wasCarried();
                assertThat(build.tasks()).containsExactly(refreshId(1));
            });
        }

        /** Whether they came before the first look, in the middle of one, or while the request was on its way. */
        @Test
        void allWhomOneRefreshCarriesTellTheSameOfIt() {
            List<Build> builds = new ArrayList<>(List.of(new Build("all")));
            bench.sandbox().calls().onExchange(call -> {
                if (builds.size() < 12 && !call.path().equals("/auth/time")) {
                    builds.add(new Build("all"));
                }
            });

            bench.timer().run();

            assertThat(requests()).hasSizeBetween(1, 3);
            Map<List<Long>, List<Build>> byRefresh = builds.stream().collect(Collectors.groupingBy(Build::tasks));
            assertThat(byRefresh.values()).anyMatch(shared -> shared.size() > 2);
            assertThat(byRefresh.values()).allSatisfy(shared -> {
                List<Report> reports =
                        shared.stream().map(build -> build.report.join()).toList();
                assertThat(reports).allMatch(Report::changed);
                assertThat(reports.stream().map(Report::diff).distinct())
                        .singleElement()
                        .asInstanceOf(InstanceOfAssertFactories.LIST)
                        .isNotEmpty();
                assertThat(reports.stream().map(Report::result).distinct())
                        .singleElement()
                        .satisfies(result -> assertThat(result.path("warnings")).isNotEmpty())
                        .satisfies(result ->
                                assertThat(result.path("pendingBefore")).isNotEmpty());
            });
        }

        /** The one who asks for it leaves it to the others to be told of. */
        @Test
        void whoWaitsForTheRefreshOfAnotherIsToldWhoseItIsAndForAboutHowLong() {
            new Build("all");
            bench.timer().run();
            operations().run(Operation.of(staged("all")), by("deploy#7"));
            bench.forget();
            runUntilARefreshIsAskedFor();
            bench.forget();

            operations().run(Operation.of(staged("gra")), by("other#1"));
            bench.timer().run();

            assertThat(bench.told())
                    .filteredOn(text -> text.startsWith("waiting"))
                    .first()
                    .asString()
                    .matches(
                            "waiting for refresh %d of gra, rbx, sbg, which deploy#7 has asked for: (todo|doing), about \\d+ s more"
                                    .formatted(refreshId(1)));
        }

        private RefreshRequest staged(String zone) {
            bench.shop().add("tcp/farm", Map.of("zone", zone));
            return request(zone);
        }

        private Options by(String build) {
            Options any = bench.options(false);
            return new Options(
                    any.id(), any.deadline(), false, any.progress(), Map.of("build", build), CallObserver.NONE);
        }

        @Test
        void zonesThatAreAllOfThemTogetherAreOneRefreshOfEverything() {
            List<Build> builds = List.of(new Build("gra"), new Build("sbg"), new Build("rbx"));

            bench.timer().run();

            assertThat(requests()).containsExactly("{}");
            assertThat(builds).allSatisfy(Build::wasCarried);
        }

        @Test
        void zonesThatNobodyAskedForAreLeftAlone() {
            List<Build> builds = List.of(new Build("gra"), new Build("sbg"), new Build("gra"));
            bench.shop().add("tcp/farm", Map.of("zone", "rbx"));

            bench.timer().run();

            assertThat(requests()).containsExactly("{\"zone\":\"gra\"}", "{\"zone\":\"sbg\"}");
            assertThat(builds).allSatisfy(Build::wasCarried);
            assertThat(bench.shop().pending()).containsOnlyKeys("rbx");
        }

        @Test
        void oneRequestForEverythingCoversEachZone() {
            List<Build> builds = List.of(new Build("gra"), new Build("all"), new Build("sbg", "gra"));

            bench.timer().run();

            assertThat(requests()).containsExactly("{}");
            assertThat(builds).allSatisfy(build -> {
                build.wasCarried();
                assertThat(build.tasks()).containsExactly(refreshId(0));
            });
        }

        @Test
        void howOftenOvhIsAskedDoesNotDependOnHowManyWait() {
            new Build("all");
            bench.timer().run();
            int alone = bench.reads().size();
            bench.forget();

            for (int i = 0; i < 50; i++) {
                new Build("all");
            }
            bench.timer().run();

            // One look and one refresh for the first, before the others were there; one of each for all others.
            assertThat(bench.reads()).hasSizeLessThanOrEqualTo(2 * alone);
        }

        @Test
        void whatIsForcedIsRefreshedOnceForAll() {
            List<CompletableFuture<Report>> forced = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                forced.add(operations()
                        .run(Operation.of(new RefreshRequest(SERVICE, List.of(), true, true)), bench.options(false)));
            }

            bench.timer().run();

            assertThat(forced)
                    .allSatisfy(each ->
                            assertThat(each.join().result().path("tasks")).hasSize(1));
            assertThat(requests()).hasSizeLessThanOrEqualTo(2);
        }

        @Test
        void aStreamOfRequestsDoesNotKeepAnEarlierOneFromTheSecondRefreshAfterItCame() {
            List<Build> stream = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                stream.add(new Build("all"));
                bench.timer().next();
            }

            bench.timer().run();

            assertThat(stream).allSatisfy(build -> {
                build.wasCarried();
                List<RefreshTask> after = bench.shop().refreshes().stream()
                        .filter(task -> task.timeline().end().isAfter(build.came))
                        .toList();
                assertThat(build.tasks().get(0))
                        .isIn(
                                after.get(0).id(),
                                after.get(Math.min(1, after.size() - 1)).id());
            });
        }
    }

    @Test
    void whoLooksOnSeesWhoWaitsForWhatAndSinceWhen() {
        new Build("gra");
        runUntilARefreshIsAskedFor();
        Instant later = bench.clock().instant();
        Build late = new Build("rbx");

        assertThat(coordinators.waiting())
                .extracting(
                        waiting -> waiting.header().service(),
                        waiting -> waiting.header().by(),
                        waiting -> waiting.state().phase().getClass(),
                        waiting -> waiting.state().watched().map(RefreshState.TaskSeen::id))
                .containsExactly(
                        tuple(SERVICE, Map.of("test", "bench"), RefreshState.Watching.class, Optional.of(refreshId(0))),
                        tuple(SERVICE, Map.of("test", "bench"), RefreshState.Preparing.class, Optional.empty()));
        assertThat(coordinators.waiting().get(0).percent()).isPresent();
        assertThat(coordinators.waiting().get(1).since()).isEqualTo(later);

        bench.ended(late.report);
        assertThat(coordinators.waiting()).isEmpty();
    }

    @Nested
    class Leaving {
        @Test
        void whoLeavesBeforeTheRefreshIsNotMissed() {
            Build first = new Build("all");
            Build second = new Build("all");
            first.report.cancel(false);

            bench.timer().run();

            second.wasCarried();
            assertThat(requests()).hasSize(1);
        }

        @Test
        void whoLeavesAfterAskingForTheRefreshLeavesItToTheOthers() {
            Build first = new Build("all");
            Build second = new Build("all");
            runUntilARefreshIsAskedFor();

            first.report.cancel(false);
            bench.timer().run();

            second.wasCarried();
            assertThat(requests()).hasSize(1);
        }

        @Test
        void whoLeavesWhileItsRequestIsOnItsWayLeavesItToTheOthers() {
            Build first = new Build("all");
            Build second = new Build("all");
            atFirst("/refresh", () -> first.report.cancel(false));

            bench.timer().run();

            second.wasCarried();
            assertThat(bench.shop().refreshes()).hasSize(1);
        }

        @Test
        void theLastWhoLeavesEndsTheLooks() {
            Build only = new Build("all");
            assertThat(bench.timer().waiting()).isEqualTo(1);

            only.report.cancel(false);

            assertThat(bench.timer().waiting()).isZero();
        }

        @Test
        void aDeadlineIsTheAffairOfTheOneWhoSetIt() {
            bench.sandbox().world().refreshTakes(Duration.ofMinutes(2));
            Build patient = new Build("all");
            CompletableFuture<Report> hurried =
                    operations().run(Operation.of(request("all")), bench.options(false, Duration.ofSeconds(47)));
            Instant deadline = bench.clock().instant().plusSeconds(47);
            List<Instant> ended = new ArrayList<>();
            hurried.whenComplete((report, failure) -> ended.add(bench.clock().instant()));

            bench.timer().run();

            assertThat(ended).containsExactly(deadline);
            IplbException failure = Bench.failure(() -> bench.ended(hurried));
            assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
            assertThat(failure).hasMessageEndingWith("refresh %d goes on at OVH", refreshId(0));
            patient.wasCarried();
        }

        @Test
        void aFailureOfTheRefreshIsTheFailureOfAllItCarries() {
            bench.sandbox().faults().nextTaskEndsIn(TaskEnding.error);
            List<Build> builds = List.of(new Build("all"), new Build("all"));

            bench.timer().run();

            assertThat(builds)
                    .allSatisfy(build -> assertThat(Bench.failure(() -> bench.ended(build.report))
                                    .kind())
                            .isEqualTo(FailureKind.TASK_FAILED));
            assertThat(requests()).hasSize(1);
        }
    }

    @Nested
    class WithoutAnAnswer {
        @Test
        void aLostAnswerIsFoundByAllWhoWait() {
            bench.sandbox()
                    .faults()
                    .on("POST", "/ipLoadbalancing/*/refresh")
                    .times(1)
                    .cutAfterEffect();
            List<Build> builds = List.of(new Build("all"), new Build("all"), new Build("gra"));

            bench.timer().run();

            assertThat(builds).allSatisfy(Build::wasCarried);
            assertThat(requests()).hasSize(1);
        }

        @Test
        void aFailedRequestIsTriedByOneOfThemAndNotByEach() {
            bench.sandbox()
                    .faults()
                    .on("POST", "/ipLoadbalancing/*/refresh")
                    .times(1)
                    .cutBeforeEffect();
            List<Build> builds = List.of(new Build("all"), new Build("all"), new Build("all"));

            bench.timer().run();

            assertThat(builds).allSatisfy(Build::wasCarried);
            assertThat(requests()).hasSize(2);
            assertThat(bench.shop().refreshes()).hasSize(1);
        }

        @Test
        void aLookWithoutAnAnswerIsTheSameForAll() {
            List<Build> builds = List.of(new Build("all"), new Build("all"), new Build("all"));
            runUntilARefreshIsAskedFor();
            bench.forget();
            bench.sandbox()
                    .faults()
                    .on("GET", "/ipLoadbalancing/*/task/*")
                    .times(1 + Bench.LIMITS.retries())
                    .status(503);

            bench.timer().run();

            assertThat(builds).allSatisfy(Build::wasCarried);
            assertThat(bench.calls("GET", "/task/*").stream().filter(call -> call.status() == 503))
                    .hasSize(1 + Bench.LIMITS.retries());
        }

        @Test
        void aMissingRightIsTheAffairOfTheOneWhoLacksIt() {
            Build first = new Build("all");
            Build second = new Build("all");
            bench.sandbox()
                    .faults()
                    .on("GET", "/ipLoadbalancing/*/task")
                    .times(1)
                    .status(403);

            bench.timer().run();

            assertThat(Bench.failure(() -> bench.ended(first.report)).kind()).isEqualTo(FailureKind.CREDENTIALS);
            second.wasCarried();
        }
    }

    @Test
    void looksBecomeRarerWhenTheKeyHasFewRequestsLeft() {
        Limits tight = new Limits(
                Bench.LIMITS.connect(),
                Bench.LIMITS.read(),
                Bench.LIMITS.call(),
                Bench.LIMITS.retries(),
                Bench.LIMITS.retryFor(),
                Bench.LIMITS.firstDelay(),
                60);
        OvhClient client = new OvhClients(new OkHttpClient(), tight, bench.clock())
                .client(Endpoint.of(bench.sandbox().httpEndpoint().toString()), Bench.keys(bench.sandbox()));
        bench.sandbox().world().refreshTakes(Duration.ofMinutes(8));
        bench.shop().add("tcp/farm", Map.of("zone", "all"));

        operations(client).run(Operation.of(request("all")), bench.options(false));
        bench.timer().run();

        assertThat(bench.timer().delays()).startsWith(Duration.ZERO, Duration.ofMillis(380));
        assertThat(bench.timer().delays()).anyMatch(delay -> delay.compareTo(Duration.ofSeconds(4)) > 0);
    }

    @Nested
    class Exclusive {
        @Test
        void whoWantsARefreshOfItsOwnGetsOneThatNobodyElseAskedFor() {
            Build shared = new Build("all");
            CompletableFuture<Report> alone = exclusive("gra");
            bench.shop().add("tcp/farm", Map.of("zone", "gra"));
            bench.timer().run();

            shared.wasCarried();
            assertThat(requests()).hasSize(1);
            assertThat(alone.join().result().path("tasks")).isEmpty();
        }

        @Test
        void itsZonesAreNotMergedWithThoseOfOthers() {
            bench.shop().add("tcp/farm", Map.of("zone", "gra"));
            CompletableFuture<Report> alone = exclusive("gra");
            Build shared = new Build("all");

            bench.timer().run();

            assertThat(requests()).containsExactly("{\"zone\":\"gra\"}", "{}");
            shared.wasCarried();
            assertThat(alone.join().result().at("/tasks/0/id").asLong()).isEqualTo(refreshId(0));
        }

        @Test
        void aRefreshThatSomebodyElseBeganDoesNotServeIt() {
            atFirst("/pendingChanges", () -> bench.shop().refresh());
            bench.shop().add("tcp/farm", Map.of("zone", "all"));
            CompletableFuture<Report> alone = operations()
                    .run(
                            Operation.of(
                                    new RefreshRequest(SERVICE, List.of(), true, true, true, ForeignChanges.ALLOW)),
                            bench.options(false));

            bench.timer().run();

            assertThat(bench.shop().refreshes()).hasSize(2);
            assertThat(alone.join().result().at("/tasks/0/id").asLong()).isEqualTo(refreshId(1));
        }

        @Test
        void itsOwnRequestWhoseAnswerWasLostServesIt() {
            bench.shop().add("tcp/farm", Map.of("zone", "gra"));
            bench.sandbox()
                    .faults()
                    .on("POST", "/ipLoadbalancing/*/refresh")
                    .times(1)
                    .cutAfterEffect();

            CompletableFuture<Report> alone = exclusive("gra");
            bench.timer().run();

            assertThat(requests()).hasSize(1);
            assertThat(alone.join().changed()).isTrue();
        }

        private CompletableFuture<Report> exclusive(String... zones) {
            return operations()
                    .run(
                            Operation.of(new RefreshRequest(
                                    SERVICE, List.of(zones), false, true, true, ForeignChanges.WARN)),
                            bench.options(false));
        }
    }

    // ---- builds

    /** A build that has staged a change of its own, and waits for it to be live. */
    private final class Build {
        private final Instant came;
        private final CompletableFuture<Report> report;
        private Instant ended;

        private Build(String... zones) {
            for (String zone : zones) {
                bench.shop().add("tcp/farm", Map.of("zone", zone));
            }
            came = bench.clock().instant();
            report = operations().run(Operation.of(request(zones)), bench.options(false));
            report.whenComplete((done, failure) -> ended = bench.clock().instant());
        }

        private List<Long> tasks() {
            List<Long> ids = new ArrayList<>();
            for (JsonNode task : bench.ended(report).result().path("tasks")) {
                ids.add(task.path("id").asLong());
            }
            return ids;
        }

        /** By a refresh that began after its change, and is over. */
        private void wasCarried() {
            assertThat(tasks()).isNotEmpty();
            List<RefreshTask> mine = bench.shop().refreshes().stream()
                    .filter(task -> tasks().contains(task.id()))
                    .toList();
            assertThat(mine).allSatisfy(task -> {
                assertThat(task.timeline().start()).isAfterOrEqualTo(came);
                assertThat(task.timeline().end()).isBeforeOrEqualTo(ended);
            });
        }
    }

    private static RefreshRequest request(String... zones) {
        return new RefreshRequest(SERVICE, List.of(zones), false, true);
    }

    /** Operations of one process, each build with a record of its own. */
    private Operations operations() {
        return operations(bench.client());
    }

    private Operations operations(OvhClient client) {
        return new Operations(
                client,
                RecordFile.open(directory.resolve("record-" + builds++ + ".json")),
                new Waiter(bench.timer(), Runnable::run),
                coordinators,
                Runnable::run);
    }

    /** The bodies of all requests for a refresh. */
    private List<String> requests() {
        return bench.calls("POST", "/refresh").stream()
                .map(call -> call.requestBody())
                .toList();
    }

    private long refreshId(int index) {
        return bench.shop().refreshes().get(index).id();
    }

    private void runUntilARefreshIsAskedFor() {
        while (requests().isEmpty()) {
            assertThat(bench.timer().next()).isTrue();
        }
    }

    /** Something that happens when the first such call has had its effect. */
    private void atFirst(String path, Runnable what) {
        AtomicBoolean once = new AtomicBoolean();
        bench.sandbox().calls().onExchange(call -> {
            if (call.rawPath().endsWith(path) && once.compareAndSet(false, true)) {
                what.run();
            }
        });
    }
}
