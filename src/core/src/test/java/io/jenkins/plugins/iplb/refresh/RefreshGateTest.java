package io.jenkins.plugins.iplb.refresh;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static io.jenkins.plugins.iplb.testing.Bench.TIMEOUT;
import static io.jenkins.plugins.iplb.testing.Bench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.record.RecordedTask;
import io.jenkins.plugins.iplb.record.TaskKind;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.RefreshTask;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SandboxExtension.class)
class RefreshGateTest {
    private static final String REFRESH = "POST /ipLoadbalancing/" + SERVICE + "/refresh";
    private static final RefreshRequest ALL = request();

    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
    }

    @Nested
    class WhatIsRefreshed {
        @Test
        void nothingPendingIsNothingToDo() {
            Report report = bench.refresh(ALL);

            assertThat(report.changed()).isFalse();
            assertThat(bench.writes()).isEmpty();
            assertThat(bench.entries()).isEmpty();
            assertThat(report.result().path("tasks")).isEmpty();
            assertThat(report.result().path("pendingBefore")).isEqualTo(json("[]"));
            assertThat(report.result().path("pendingAfter")).isEqualTo(json("[]"));
        }

        @Test
        void aZoneWithNoChangesIsNothingPending() {
            bench.sandbox()
                    .faults()
                    .on("GET", "/ipLoadbalancing/*/pendingChanges")
                    .status(200, Map.of(), "application/json", "[{\"zone\":\"gra\",\"number\":0}]");

            assertThat(bench.refresh(ALL).changed()).isFalse();
            assertThat(bench.writes()).isEmpty();
        }

        @Test
        void forceRefreshesEvenSo() {
            Report report = bench.refresh(new RefreshRequest(SERVICE, List.of(), true, true));

            assertThat(report.changed()).isTrue();
            assertThat(bench.writes()).containsExactly(REFRESH);
        }

        @Test
        void allZonesAreOneRefreshWithoutAZone() {
            stage("all");

            Report report = bench.refresh(ALL);

            assertThat(report.changed()).isTrue();
            assertThat(bench.writes()).containsExactly(REFRESH);
            assertThat(bench.writeCalls().get(0).requestBody()).isEqualTo("{}");
            assertThat(zones(report)).containsExactly(List.of("gra", "rbx"));
            assertThat(bench.shop().pending()).isEmpty();
        }

        @Test
        void oneZoneIsOneRefreshOfThatZoneOnly() {
            stage("all");

            Report report = bench.refresh(request("gra"));

            assertThat(bodies()).containsExactly("{\"zone\":\"gra\"}");
            assertThat(zones(report)).containsExactly(List.of("gra"));
            assertThat(bench.shop().pending()).containsOnly(Map.entry("rbx", 1));
        }

        @Test
        void severalZonesAreRefreshedOneAfterTheOther() {
            bench.shop().zones("gra", "rbx", "sbg");
            stage("all");

            Report report = bench.refresh(request("sbg", "gra"));

            assertThat(bodies()).containsExactly("{\"zone\":\"sbg\"}", "{\"zone\":\"gra\"}");
            assertThat(bench.calls("POST", "/refresh")).allMatch(call -> call.status() == 200);
            List<RefreshTask> tasks = bench.shop().refreshes();
            assertThat(tasks.get(1).timeline().start())
                    .isAfterOrEqualTo(tasks.get(0).timeline().end());
            assertThat(zones(report)).containsExactly(List.of("sbg"), List.of("gra"));
            assertThat(bench.shop().pending()).containsOnly(Map.entry("rbx", 1));
        }

        @Test
        void ofSeveralZonesOnlyThoseWithSomethingPendingAreRefreshed() {
            bench.shop().zones("gra", "rbx", "sbg");
            stage("gra");

            bench.refresh(request("sbg", "gra"));

            assertThat(bodies()).containsExactly("{\"zone\":\"gra\"}");
        }

        @Test
        void forceRefreshesEachOfSeveralZones() {
            bench.shop().zones("gra", "rbx", "sbg");

            bench.refresh(new RefreshRequest(SERVICE, List.of("gra", "sbg"), true, true));

            assertThat(bodies()).containsExactly("{\"zone\":\"gra\"}", "{\"zone\":\"sbg\"}");
        }

        @Test
        void theZonesOfTheLoadBalancerOneByOneAreAllZones() {
            stage("all");

            bench.refresh(request("rbx", "gra"));

            assertThat(bodies()).containsExactly("{}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"all", "ALL"})
        void allIsNoZone(String all) {
            stage("all");

            bench.refresh(request("gra", all));

            assertThat(bodies()).containsExactly("{}");
        }

        @Test
        void zonesAreTheSameInCapitals() {
            stage("all");

            bench.refresh(request("GRA", "gra"));

            assertThat(bodies()).containsExactly("{\"zone\":\"gra\"}");
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void aZoneThatTheLoadBalancerDoesNotHaveIsRefusedWhetherSomethingIsPendingOrNot(boolean pending) {
            if (pending) {
                stage("all");
            }

            IplbException failure = bench.refusal(request("gra", "bhs"));

            assertThat(failure).isInstanceOf(InvalidInput.class);
            assertThat(failure).hasMessage("zones: 'bhs' was given; allowed: all, or a zone of %s (gra, rbx)", SERVICE);
            assertThat(bench.writes()).isEmpty();
        }

        @Test
        void whatIsPendingBeforeAndAfterIsReportedAndRecorded() {
            stage("all");
            stage("gra");

            Report report = bench.refresh(request("gra"));

            assertThat(report.result().path("pendingBefore")).isEqualTo(json("[{'zone':'gra','number':2}]"));
            assertThat(report.result().path("pendingAfter")).isEqualTo(json("[]"));
            assertThat(report.diff()).singleElement().satisfies(each -> {
                assertThat(each.path()).isEqualTo("pending changes in gra");
                assertThat(each.before().asInt()).isEqualTo(2);
                assertThat(each.after().asInt()).isZero();
            });
            assertThat(bench.lastEntry().before()).isEqualTo(json("{'pendingChanges':{'gra':2},'refreshes':[]}"));
        }

        @Test
        void whatIsStagedWhileARefreshRunsStaysPendingAndIsReported() {
            stage("all");
            atFirst("POST", "/refresh", () -> stage("rbx"));

            Report report = bench.refresh(ALL);

            assertThat(report.result().path("pendingAfter")).isEqualTo(json("[{'zone':'rbx','number':1}]"));
        }
    }

    @Nested
    class Waiting {
        @Test
        void whoIsRefusedAsksEverLessOften() {
            bench.sandbox()
                    .faults()
                    .on("POST", "/ipLoadbalancing/*/refresh")
                    .times(1000)
                    .status(409);
            stage("all");

            assertThat(bench.refusal(ALL).kind()).isEqualTo(FailureKind.TIMEOUT);

            assertThat(bench.sandbox().calls().count("POST", "/ipLoadbalancing/*/refresh"))
                    .isBetween(100L, 200L);
        }

        @Test
        void looksOftenAtFirstAndThenLess() {
            bench.sandbox().world().refreshTakes(Duration.ofMinutes(2));
            stage("all");

            bench.refresh(ALL);

            List<Duration> delays = bench.timer().delays();
            assertThat(delays).startsWith(Duration.ZERO, Duration.ofMillis(380), Duration.ofMillis(380));
            assertThat(delays).isSorted();
            assertThat(delays).last().isEqualTo(Duration.ofMillis(4_750));
            assertThat(bench.calls("GET", "/task/*")).hasSizeLessThan(50);
        }

        @Test
        void theTaskIsReportedWithItsProgressAndRecordedFromItsStartToItsEnd() {
            stage("all");

            Report report = bench.refresh(ALL);

            long id = report.result().path("tasks").path(0).path("id").asLong();
            assertThat(bench.told())
                    .contains(
                            "refresh %d of gra, rbx is todo".formatted(id),
                            "refresh %d of gra, rbx is doing".formatted(id));
            assertThat(bench.statuses())
                    .anyMatch(status -> status.text().endsWith("doing")
                            && status.percent().orElse(0) > 0
                            && status.percent().orElse(0) < 100);
            assertThat(json(report.result().path("tasks").toString()))
                    .isEqualTo(json("[{'id':%d,'zones':['gra','rbx'],'status':'done'}]".formatted(id)));
            RecordedEntry entry = bench.lastEntry();
            assertThat(entry.outcome()).isEqualTo(Outcome.CHANGED);
            assertThat(entry.calls())
                    .singleElement()
                    .satisfies(call -> assertThat(call.fate()).isEqualTo(Fate.DONE));
            assertThat(entry.tasks()).singleElement().satisfies((RecordedTask task) -> {
                assertThat(task.kind()).isEqualTo(TaskKind.REFRESH);
                assertThat(task.id()).isEqualTo(id);
                assertThat(task.zones()).containsExactly("gra", "rbx");
                assertThat(task.status()).isEqualTo("done");
                assertThat(task.endedAt()).isAfterOrEqualTo(task.startedAt().plus(Duration.ofSeconds(20)));
            });
        }

        @ParameterizedTest
        @EnumSource(
                value = TaskEnding.class,
                names = {"error", "cancelled"})
        void aTaskThatEndsBadlyFailsAtOnce(TaskEnding ending) {
            stage("all");
            bench.sandbox().faults().nextTaskEndsIn(ending);
            Instant before = bench.clock().instant();

            IplbException failure = bench.refusal(ALL);

            assertThat(failure.kind()).isEqualTo(FailureKind.TASK_FAILED);
            assertThat(failure)
                    .hasMessage(
                            "refresh %d of gra, rbx is %s: what is staged is not live; look at it in the Control Panel, then refresh again",
                            onlyTask().id(), ending);
            assertThat(bench.clock().instant()).isBefore(before.plus(Duration.ofSeconds(40)));
            assertThat(bench.lastEntry().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(bench.lastEntry().tasks()).singleElement().satisfies(task -> {
                assertThat(task.status()).isEqualTo(ending.name());
                assertThat(task.endedAt()).isNotNull();
            });
        }

        @Test
        void aZoneThatFailsStopsTheOnesAfterIt() {
            bench.shop().zones("gra", "rbx", "sbg");
            stage("all");
            bench.sandbox().faults().nextTaskEndsIn(TaskEnding.done).nextTaskEndsIn(TaskEnding.error);

            IplbException failure = bench.refusal(request("gra", "sbg"));

            assertThat(failure).hasMessageContaining("of sbg is error");
            assertThat(bench.shop().pending()).containsOnlyKeys("rbx", "sbg");
        }

        @Test
        void aBlockedTaskIsReportedAndWaitedFor() {
            stage("all");
            bench.sandbox().faults().nextTaskEndsIn(TaskEnding.blocked);

            Report report = bench.refresh(ALL);

            assertThat(report.changed()).isTrue();
            assertThat(bench.told())
                    .contains("refresh %d of gra, rbx is blocked"
                            .formatted(onlyTask().id()));
            assertThat(bench.shop().pending()).isEmpty();
        }

        @Test
        void aHangingTaskTimesOutAtTheDeadlineAndTheRefreshGoesOnAtOvh() {
            stage("all");
            bench.sandbox().faults().nextTaskEndsIn(TaskEnding.hang);
            Instant before = bench.clock().instant();

            IplbException failure = bench.refusal(ALL);

            assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
            assertThat(failure)
                    .hasMessage(
                            "%s was not refreshed by the deadline; refresh %d goes on at OVH",
                            SERVICE, onlyTask().id());
            assertThat(bench.clock().instant()).isEqualTo(before.plus(TIMEOUT));
            assertThat(bench.lastEntry().outcome()).isEqualTo(Outcome.TIMED_OUT);
            assertThat(bench.lastEntry().tasks())
                    .singleElement()
                    .satisfies(task -> assertThat(task.endedAt()).isNull());
        }

        @Test
        void aTaskThatOvhForgetsIsThroughWhenNothingIsPendingAnyMore() {
            stage("all");
            bench.sandbox().faults().nextTaskEndsIn(TaskEnding.vanish);

            Report report = bench.refresh(ALL);

            assertThat(report.changed()).isTrue();
            assertThat(report.result().at("/tasks/0/status").asText()).isEqualTo("done");
            assertThat(bench.lastEntry().tasks())
                    .singleElement()
                    .satisfies(task -> assertThat(task.endedAt()).isNotNull());
        }

        @Test
        void aTaskThatOvhForgetsHasFailedWhenItsChangesAreStillPending() {
            stage("all");
            bench.sandbox().faults().nextTaskEndsIn(TaskEnding.hang);
            bench.sandbox().faults().on("GET", "/ipLoadbalancing/*/task/*").status(404);

            IplbException failure = bench.refusal(ALL);

            assertThat(failure.kind()).isEqualTo(FailureKind.TASK_FAILED);
            assertThat(failure)
                    .hasMessage(
                            "OVH does not know refresh %d any more, and changes are still pending: 1 in gra, 1 in rbx; refresh again",
                            onlyTask().id());
        }

        @Test
        void changesInOtherZonesSayNothingAboutATaskThatOvhForgets() {
            stage("all");
            bench.sandbox().faults().nextTaskEndsIn(TaskEnding.vanish);

            assertThat(bench.refresh(request("gra")).changed()).isTrue();
            assertThat(bench.shop().pending()).containsOnlyKeys("rbx");
        }

        @Test
        void aFewLooksWithoutAnAnswerAreNotTheEnd() {
            stage("all");
            bench.sandbox()
                    .faults()
                    .on("GET", "/ipLoadbalancing/*/task/*")
                    .times(3 * (1 + Bench.LIMITS.retries()))
                    .status(503);

            assertThat(bench.refresh(ALL).changed()).isTrue();
            assertThat(bench.told()).anyMatch(text -> text.contains("HTTP 503"));
        }

        @Test
        void oneMoreIs() {
            stage("all");
            bench.sandbox()
                    .faults()
                    .on("GET", "/ipLoadbalancing/*/task/*")
                    .times(4 * (1 + Bench.LIMITS.retries()))
                    .status(503);

            assertThat(bench.refusal(ALL).kind()).isEqualTo(FailureKind.UNAVAILABLE);
        }
    }

    @Nested
    class OtherRefreshes {
        @Test
        void aRefreshThatRunsIsWaitedForAndMakesOursNeedlessWhenItTookEverything() {
            stage("all");
            RefreshTask other = bench.shop().refresh();

            Report report = bench.refresh(ALL);

            assertThat(report.changed()).isFalse();
            assertThat(bench.writes()).isEmpty();
            assertThat(bench.entries()).isEmpty();
            assertThat(bench.clock().instant())
                    .isAfterOrEqualTo(other.timeline().end());
            assertThat(bench.told())
                    .contains("waiting for refresh %d of gra, rbx, which runs already: todo".formatted(other.id()))
                    .anyMatch(text -> text.matches(
                            "waiting for refresh %d of gra, rbx, which runs already: doing, about \\d+ s more"
                                    .formatted(other.id())));
        }

        @Test
        void aFewLooksWithoutAnAnswerWhileItRunsAreNotTheEnd() {
            stage("all");
            bench.shop().refresh();
            atFirst(
                    "GET",
                    "/task",
                    () -> bench.sandbox()
                            .faults()
                            .on("GET", "/ipLoadbalancing/*/task")
                            .times(1 + Bench.LIMITS.retries())
                            .status(503));

            assertThat(bench.refresh(ALL).changed()).isFalse();
            assertThat(bench.told()).anyMatch(text -> text.contains("HTTP 503"));
        }

        @Test
        void whatWasStagedAfterItStartedIsRefreshedAfterIt() {
            stage("all");
            RefreshTask other = bench.shop().refresh();
            stage("gra");

            Report report = bench.refresh(ALL);

            assertThat(bench.writes()).containsExactly(REFRESH);
            assertThat(bench.calls("POST", "/refresh")).allMatch(call -> call.status() == 200);
            assertThat(bench.shop().refreshes().get(1).timeline().start())
                    .isAfterOrEqualTo(other.timeline().end());
            assertThat(report.result().path("pendingBefore")).isEqualTo(json("[{'zone':'gra','number':1}]"));
        }

        @Test
        void aRefreshThatOvhRefusesBecauseAnotherWasFasterIsWaitedFor() {
            bench.shop().zones("gra", "rbx", "sbg");
            stage("all");
            // After the last look and before our request, somebody refreshes.
            AtomicBoolean once = new AtomicBoolean();
            bench.sandbox().calls().onExchange(call -> {
                boolean secondLook = call.rawPath().endsWith("/task")
                        && bench.calls("GET", "/task").size() == 2;
                if (secondLook && once.compareAndSet(false, true)) {
                    bench.shop().refresh();
                }
            });

            Report report = bench.refresh(request("gra"));

            assertThat(bench.calls("POST", "/refresh"))
                    .singleElement()
                    .satisfies(call -> assertThat(call.status()).isEqualTo(409));
            assertThat(bench.shop().refreshes()).hasSize(1);
            assertThat(bench.told()).anyMatch(text -> text.startsWith("OVH is busy with another refresh: "));
            assertThat(report.changed()).isFalse();
            assertThat(report.result().path("pendingBefore")).isEqualTo(json("[{'zone':'gra','number':1}]"));
            assertThat(report.result().path("pendingAfter")).isEqualTo(json("[]"));
            assertThat(bench.lastEntry().outcome()).isEqualTo(Outcome.UNCHANGED);
            assertThat(bench.shop().pending()).isEmpty();
        }

        @Test
        void aRefreshOfAnotherZoneThatBeganMeanwhileIsWaitedFor() {
            stage("all");
            atFirst(
                    "GET",
                    "/pendingChanges",
                    () -> bench.sandbox()
                            .world()
                            .inside(() -> bench.sandbox()
                                    .world()
                                    .startRefresh(
                                            bench.sandbox()
                                                    .world()
                                                    .find(SERVICE)
                                                    .orElseThrow(),
                                            List.of("rbx"),
                                            TaskEnding.done)));

            bench.refresh(request("gra"));

            assertThat(bench.calls("POST", "/refresh"))
                    .singleElement()
                    .satisfies(call -> assertThat(call.status()).isEqualTo(200));
            assertThat(bench.shop().pending()).isEmpty();
        }

        @Test
        void aRefreshOfEverythingThatBeganMeanwhileServesAsWell() {
            stage("all");
            atFirst("GET", "/pendingChanges", () -> bench.shop().refresh());

            Report report = bench.refresh(request("gra"));

            assertThat(bench.writes()).isEmpty();
            assertThat(bench.shop().refreshes()).hasSize(1);
            assertThat(zones(report)).containsExactly(List.of("gra", "rbx"));
        }

        @Test
        void forcedZonesThatAreThroughAreNotRefreshedAgainAfterARace() {
            bench.shop().zones("gra", "rbx", "sbg");
            AtomicBoolean once = new AtomicBoolean();
            bench.sandbox().calls().onExchange(call -> {
                boolean beforeTheSecond = call.rawPath().endsWith("/task")
                        && bench.calls("POST", "/refresh").size() == 1;
                if (beforeTheSecond && once.compareAndSet(false, true)) {
                    bench.sandbox()
                            .world()
                            .inside(() -> bench.sandbox()
                                    .world()
                                    .startRefresh(
                                            bench.sandbox()
                                                    .world()
                                                    .find(SERVICE)
                                                    .orElseThrow(),
                                            List.of("rbx"),
                                            TaskEnding.done));
                }
            });

            bench.refresh(new RefreshRequest(SERVICE, List.of("gra", "sbg"), true, true));

            assertThat(bench.calls("POST", "/refresh").stream()
                            .filter(call -> call.status() == 200)
                            .map(call -> call.requestBody()))
                    .containsExactly("{\"zone\":\"gra\"}", "{\"zone\":\"sbg\"}");
        }

        @Test
        void whoeverWaitsForAnotherRefreshUntilTheDeadlineHasStartedNone() {
            stage("all");
            bench.sandbox()
                    .world()
                    .inside(() -> bench.sandbox()
                            .world()
                            .startRefresh(
                                    bench.sandbox().world().find(SERVICE).orElseThrow(),
                                    List.of("gra", "rbx"),
                                    TaskEnding.hang));

            IplbException failure = bench.refusal(ALL);

            assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
            assertThat(failure).hasMessage("%s was not refreshed by the deadline; no refresh was started", SERVICE);
            assertThat(bench.writes()).isEmpty();
        }
    }

    @Nested
    class NotWaiting {
        private final RefreshRequest start = new RefreshRequest(SERVICE, List.of(), false, false);

        @Test
        void theRefreshIsStartedAndLeftToItself() {
            stage("all");

            Report report = bench.refresh(start);

            assertThat(bench.writes()).containsExactly(REFRESH);
            assertThat(report.changed()).isTrue();
            assertThat(report.result().at("/tasks/0/status").asText()).isEqualTo("todo");
            assertThat(report.result().path("pendingAfter"))
                    .isEqualTo(report.result().path("pendingBefore"));
            assertThat(bench.timer().delays()).containsExactly(Duration.ZERO);
            assertThat(bench.calls("GET", "/task/*")).isEmpty();
        }

        @Test
        void aRefreshThatRunsIsAConflict() {
            stage("all");
            RefreshTask other = bench.shop().refresh();

            IplbException failure = bench.refusal(start);

            assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
            assertThat(failure)
                    .hasMessage("refresh %d of gra, rbx is todo: wait for it, or ask again later", other.id());
            assertThat(bench.writes()).isEmpty();
        }

        @Test
        void severalZonesCannotBeStartedAtOnce() {
            IplbException failure =
                    Bench.failure(() -> new RefreshRequest(SERVICE, List.of("gra", "rbx"), false, false));

            assertThat(failure)
                    .hasMessage(
                            "zones: 'gra, rbx' was given; allowed: one zone or all when not waiting: OVH refreshes one after the other");
        }
    }

    @Nested
    class Checking {
        @Test
        void sendsNothingAndSaysWhatItWouldDo() {
            stage("all");

            Report report = bench.checkRefresh(ALL);

            assertThat(report.changed()).isTrue();
            assertThat(report.diff()).hasSize(2);
            assertThat(report.result().path("pendingBefore")).hasSize(2);
            assertThat(report.result().path("warnings")).hasSize(2);
            assertThat(bench.writes()).isEmpty();
            assertThat(bench.entries()).isEmpty();
            assertThat(bench.timer().delays()).isEmpty();
        }

        @Test
        void nothingPendingIsNoChange() {
            assertThat(bench.checkRefresh(ALL).changed()).isFalse();
        }

        @Test
        void whatIsPendingIsToldEvenWhileAnotherRefreshRuns() {
            bench.shop().refresh();
            stage("all");

            Report report = bench.checkRefresh(ALL);

            assertThat(report.changed()).isTrue();
            assertThat(report.result().path("pendingBefore")).hasSize(2);
            assertThat(bench.timer().delays()).isEmpty();
        }

        @Test
        void whatStandsInTheWayIsAFailureHereToo() {
            stage("all");
            bench.shop().property("state", "suspended");

            assertThat(Bench.failure(() -> bench.checkRefresh(ALL)).kind()).isEqualTo(FailureKind.PREFLIGHT);
        }
    }

    private static RefreshRequest request(String... zones) {
        return new RefreshRequest(SERVICE, List.of(zones), false, true);
    }

    /** Stages one change in a zone. */
    private void stage(String zone) {
        bench.shop().add("tcp/farm", Map.of("zone", zone, "stickiness", "sourceIp"));
    }

    /** Something that happens right after the first such call has had its effect. */
    private void atFirst(String method, String path, Runnable what) {
        AtomicBoolean once = new AtomicBoolean();
        bench.sandbox().calls().onExchange(call -> {
            boolean meant = call.method().equals(method) && call.rawPath().endsWith(path);
            if (meant && once.compareAndSet(false, true)) {
                what.run();
            }
        });
    }

    private RefreshTask onlyTask() {
        assertThat(bench.shop().refreshes()).hasSize(1);
        return bench.shop().refreshes().get(0);
    }

    private List<String> bodies() {
        return bench.writeCalls().stream().map(call -> call.requestBody()).toList();
    }

    private static List<List<String>> zones(Report report) {
        return StreamSupport.stream(report.result().path("tasks").spliterator(), false)
                .map(task -> StreamSupport.stream(task.path("zones").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList())
                .toList();
    }
}
