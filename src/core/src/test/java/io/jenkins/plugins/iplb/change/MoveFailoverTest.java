package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.change.Wishes.move;
import static io.jenkins.plugins.iplb.sandbox.world.DemoWorld.ATTACHED_IP;
import static io.jenkins.plugins.iplb.sandbox.world.DemoWorld.DEDICATED_SERVER;
import static io.jenkins.plugins.iplb.sandbox.world.DemoWorld.MOVABLE_IP;
import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedTask;
import io.jenkins.plugins.iplb.record.TaskKind;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.IpMove;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import io.jenkins.plugins.iplb.sandbox.world.World;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SandboxExtension.class)
class MoveFailoverTest {
    private static final String MOVE = "POST /ip/203.0.113.7%2F32/move";

    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
    }

    @Test
    void theAddressIsMovedWaitedForAndConfirmedByTheLoadBalancersOwnList() {
        Report report = bench.apply(move(MOVABLE_IP, SERVICE));

        assertThat(bench.writes()).containsExactly(MOVE);
        assertThat(bench.writeCalls().get(0).requestBody()).isEqualTo("{\"to\":\"%s\"}".formatted(SERVICE));
        assertThat(bench.sandbox().world().routedTo(MOVABLE_IP)).contains(SERVICE);
        assertThat(bench.reads()).last().isEqualTo("GET /ipLoadbalancing/%s/failover".formatted(SERVICE));
        assertThat(report.result().path("from").asText()).isEqualTo(DEDICATED_SERVER);
        assertThat(report.result().path("to").asText()).isEqualTo(SERVICE);
        assertThat(report.result().path("taskId").asLong()).isEqualTo(onlyMove().id());
    }

    @Test
    void theTaskIsInTheRecordFromItsStartToItsEnd() {
        bench.apply(move(MOVABLE_IP, SERVICE));

        assertThat(bench.lastEntry().tasks()).singleElement().satisfies((RecordedTask task) -> {
            assertThat(task.kind()).isEqualTo(TaskKind.IP);
            assertThat(task.id()).isEqualTo(onlyMove().id());
            assertThat(task.status()).isEqualTo("done");
            assertThat(task.endedAt()).isAfterOrEqualTo(task.startedAt().plus(Duration.ofSeconds(60)));
        });
        assertThat(bench.told()).anyMatch(text -> text.endsWith("is doing"));
    }

    @Test
    void whereAKeyHasFewRequestsLeftForLooksItIsLookedAtLessOften() {
        OvhSession session = bench.session();
        while (session.untilLook(Duration.ZERO).compareTo(Duration.ofSeconds(50)) < 0) {
            // Others look.
        }

        bench.apply(move(MOVABLE_IP, SERVICE));

        assertThat(bench.reads()).filteredOn(read -> read.contains("/task/")).hasSize(3);
    }

    @Test
    void anAddressThatIsThereAlreadyTakesTwoReads() {
        Report report = bench.apply(move(ATTACHED_IP, SERVICE));

        assertThat(report.changed()).isFalse();
        assertThat(bench.reads()).containsExactly("GET /ip/198.51.100.24%2F32/task", "GET /ip/198.51.100.24%2F32");
        assertThat(bench.writes()).isEmpty();
        assertThat(bench.entries()).isEmpty();
    }

    @Test
    void aMoveThatEndsBetweenTwoReadsIsSeenAllTheSame() {
        World world = bench.sandbox().world();
        world.inside(() -> world.startMove(world.ip(MOVABLE_IP).orElseThrow(), SERVICE, TaskEnding.done));
        bench.sandbox().calls().onExchange(call -> bench.clock().advance(Duration.ofMinutes(1)));

        bench.apply(move(MOVABLE_IP, SERVICE));

        assertThat(bench.writes()).isEmpty();
        assertThat(world.routedTo(MOVABLE_IP)).contains(SERVICE);
    }

    @Test
    void aBareAddressIsABlockOfOne() {
        bench.apply(move("203.0.113.7", SERVICE));

        assertThat(bench.writes()).containsExactly(MOVE);
    }

    @Test
    void anIpv6BlockIsMovedAsAWhole() {
        String block = "2001:db8:0:100::/56";
        bench.sandbox().world().failoverIp(block, DEDICATED_SERVER, SERVICE);

        Report report = bench.apply(move(block, SERVICE));

        assertThat(report.changed()).isTrue();
        assertThat(bench.sandbox().world().routedTo(block)).contains(SERVICE);
        assertThat(bench.apply(move(block, SERVICE)).changed()).isFalse();
    }

    @Test
    void anAddressIsMovedAwayToAnotherKindOfService() {
        bench.apply(move(ATTACHED_IP, DEDICATED_SERVER));

        assertThat(bench.sandbox().world().routedTo(ATTACHED_IP)).contains(DEDICATED_SERVER);
        assertThat(bench.reads()).contains("GET /ip/198.51.100.24%2F32");
        assertThat(bench.lastEntry().service()).isEqualTo(DEDICATED_SERVER);
    }

    @Test
    void anAddressThatIsParkedIsMovedFromNowhere() {
        bench.sandbox().world().failoverIp("203.0.113.9/32", null, SERVICE);

        Report report = bench.apply(move("203.0.113.9", SERVICE));

        assertThat(report.result().path("from").isNull()).isTrue();
        assertThat(bench.sandbox().world().routedTo("203.0.113.9/32")).contains(SERVICE);
    }

    @Test
    void anotherDestinationThanOvhAllowsIsRefusedAndTheLegalOnesAreListed() {
        IplbException failure = bench.refusal(move(MOVABLE_IP, "vps-1234"));

        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure).hasMessage("%s cannot be moved to vps-1234; OVH allows: %s", MOVABLE_IP, SERVICE);
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void manyDestinationsAreCountedByTheirKindsAndTheNearOnesNamed() {
        List<String> many = new ArrayList<>(List.of(SERVICE, "org-1"));
        IntStream.range(0, 33).forEach(i -> many.add("vps-%04d".formatted(1000 + i)));
        IntStream.range(0, 12).forEach(i -> many.add("ns31%05d.ip-198-51-100.eu".formatted(i)));
        bench.sandbox().world().failoverIp("203.0.113.9/32", DEDICATED_SERVER, many.toArray(String[]::new));

        IplbException failure = bench.refusal(move("203.0.113.9", "loadbalancer-7f3a9c21d4e5b6a8"));

        assertThat(failure)
                .hasMessage(
                        "203.0.113.9/32 cannot be moved to loadbalancer-7f3a9c21d4e5b6a8; OVH allows: 47 services (12 dedicatedServer, 1 ipLoadbalancing, 1 vmwareCloudDirector, 33 vps). Did you mean %s?",
                        SERVICE);
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void whoLosesTheAddressIsNamedBeforeAnythingIsSent() {
        List<String> sentBefore = new ArrayList<>();
        Options options = bench.options(false);
        Options watched = new Options(
                options.id(),
                options.deadline(),
                false,
                status -> {
                    if (status.text().equals("%s loses %s".formatted(DEDICATED_SERVER, MOVABLE_IP))) {
                        sentBefore.addAll(bench.writes());
                        sentBefore.add(status.text());
                    }
                },
                options.by(),
                options.watcher());

        bench.ended(bench.operations().run(Operation.of(move(MOVABLE_IP, SERVICE)), watched));

        assertThat(sentBefore).containsExactly("%s loses %s".formatted(DEDICATED_SERVER, MOVABLE_IP));
        assertThat(bench.apply(move(MOVABLE_IP, SERVICE)).result().has("warnings"))
                .isFalse();
    }

    @Test
    void aDoneTaskIsNotBelievedWhileTheOldServiceIsShown() {
        bench.sandbox().world().ipMoveShowsAfter(Duration.ofMinutes(1));

        bench.apply(move(MOVABLE_IP, SERVICE));

        assertThat(bench.sandbox().world().routedTo(MOVABLE_IP)).contains(SERVICE);
        assertThat(bench.told()).contains("%s is moved; waiting until %s lists it".formatted(MOVABLE_IP, SERVICE));
    }

    @ParameterizedTest
    @CsvSource({"done", "error", "vanish"})
    void oneRequestThatMakesTwoTasksIsWaitedForUntilTheAddressIsThere(TaskEnding first) {
        bench.sandbox().world().ipMovesInTwo();
        bench.sandbox().faults().nextTaskEndsIn(first);

        bench.apply(move(MOVABLE_IP, SERVICE));

        assertThat(moves(MOVABLE_IP)).hasSize(2);
        assertThat(bench.sandbox().world().routedTo(MOVABLE_IP)).contains(SERVICE);
        assertThat(bench.writes()).containsExactly(MOVE);
    }

    @Test
    void anAddressOfSomebodyElsesIsRefusedByName() {
        IplbException failure = bench.refusal(move("192.0.2.99", SERVICE));

        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure)
                .hasMessageStartingWith(
                        "failover IP 192.0.2.99/32 does not exist or is not visible to these credentials (");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void aMoveToTheSamePlaceThatIsUnderWayIsJoined() {
        long running = startMove(MOVABLE_IP, SERVICE);

        Report report = bench.apply(move(MOVABLE_IP, SERVICE));

        assertThat(bench.writes()).isEmpty();
        assertThat(report.changed()).isFalse();
        assertThat(report.result().path("taskId").asLong()).isEqualTo(running);
        assertThat(bench.sandbox().world().routedTo(MOVABLE_IP)).contains(SERVICE);
    }

    @Test
    void aMoveToAnotherPlaceThatIsUnderWayIsAConflict() {
        long running = startMove(ATTACHED_IP, DEDICATED_SERVER);

        IplbException failure = bench.refusal(move(ATTACHED_IP, "vps-1234"));

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure)
                .hasMessage(
                        "%s is being moved to %s (task %d): wait until that is over",
                        ATTACHED_IP, DEDICATED_SERVER, running);
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void anAddressThatIsStillHereButIsBeingMovedAwayIsNotThere() {
        startMove(ATTACHED_IP, DEDICATED_SERVER);

        IplbException failure = bench.refusal(move(ATTACHED_IP, SERVICE));

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    }

    @ParameterizedTest
    @CsvSource({"error, ovhError", "customerError, customerError", "cancelled, cancelled"})
    void aTaskThatEndsBadlyFailsWithOvhsComment(TaskEnding ending, String status) {
        bench.sandbox().faults().nextTaskEndsIn(ending);

        IplbException failure = bench.refusal(move(MOVABLE_IP, SERVICE));

        assertThat(failure.kind()).isEqualTo(FailureKind.TASK_FAILED);
        assertThat(failure)
                .hasMessage(
                        "the move of %s to %s failed: task %d is %s: The move was not carried out (%s)",
                        MOVABLE_IP, SERVICE, onlyMove().id(), status, ending);
        assertThat(bench.lastEntry().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(bench.lastEntry().error().kind()).isEqualTo("task-failed");
        assertThat(bench.lastEntry().tasks())
                .singleElement()
                .satisfies(task -> assertThat(task.status()).isEqualTo(status));
    }

    @Test
    void aMoveAfterOneThatFailedIsStartedAnew() {
        bench.sandbox().faults().nextTaskEndsIn(TaskEnding.error);
        bench.refusal(move(MOVABLE_IP, SERVICE));
        bench.forget();

        bench.apply(move(MOVABLE_IP, SERVICE));

        assertThat(bench.writes()).containsExactly(MOVE);
        assertThat(bench.sandbox().world().routedTo(MOVABLE_IP)).contains(SERVICE);
    }

    @Test
    void aTaskThatOvhForgetsWhenItIsDoneIsConfirmedAllTheSame() {
        bench.sandbox().faults().nextTaskEndsIn(TaskEnding.vanish);

        Report report = bench.apply(move(MOVABLE_IP, SERVICE));

        assertThat(report.changed()).isTrue();
        assertThat(bench.reads()).last().isEqualTo("GET /ipLoadbalancing/%s/failover".formatted(SERVICE));
    }

    @Test
    void aFewLooksWithoutAnAnswerAreNotTheEnd() {
        unanswered(3);

        assertThat(bench.apply(move(MOVABLE_IP, SERVICE)).changed()).isTrue();
        assertThat(bench.told()).anyMatch(text -> text.contains("HTTP 503"));
    }

    @Test
    void oneMoreIs() {
        unanswered(4);

        assertThat(bench.refusal(move(MOVABLE_IP, SERVICE)).kind()).isEqualTo(FailureKind.UNAVAILABLE);
    }

    private void unanswered(int looks) {
        bench.sandbox()
                .faults()
                .on("GET", "/ip/*/task/*")
                .times(looks * (1 + Bench.LIMITS.retries()))
                .status(503);
    }

    @Test
    void aTaskThatNeverEndsTimesOutAndSaysThatItGoesOn() {
        bench.sandbox().faults().nextTaskEndsIn(TaskEnding.hang);

        IplbException failure = bench.refusal(move(MOVABLE_IP, SERVICE));

        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failure)
                .hasMessage(
                        "the move of %s to %s was not done by the deadline; task %d goes on at OVH",
                        MOVABLE_IP, SERVICE, onlyMove().id());
        assertThat(bench.lastEntry().outcome()).isEqualTo(Outcome.TIMED_OUT);
    }

    @Test
    void aDoneTaskIsNotBelievedUntilTheLoadBalancerListsTheAddress() {
        String list = "/ipLoadbalancing/*/failover";
        bench.sandbox().faults().on("GET", list).times(2).status(200, Map.of(), "application/json", "[]");

        bench.apply(move(MOVABLE_IP, SERVICE));

        assertThat(bench.sandbox().calls().count("GET", list)).isEqualTo(3);
        assertThat(bench.told()).contains("%s is moved; waiting until %s lists it".formatted(MOVABLE_IP, SERVICE));
    }

    @Test
    void anAddressThatIsNeverListedTimesOutAndSaysThatTheTaskIsDone() {
        bench.sandbox()
                .faults()
                .on("GET", "/ipLoadbalancing/*/failover")
                .status(200, Map.of(), "application/json", "[]");

        IplbException failure = bench.refusal(move(MOVABLE_IP, SERVICE));

        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failure)
                .hasMessageEndingWith(
                        "its task %d is done, but it is not listed there",
                        onlyMove().id());
    }

    @Test
    void aLostAnswerDoesNotMoveTwice() {
        bench.sandbox().faults().on("POST", "/ip/*/move").times(1).cutAfterEffect();

        Report report = bench.apply(move(MOVABLE_IP, SERVICE));

        assertThat(moves(MOVABLE_IP)).hasSize(1);
        assertThat(report.result().path("taskId").asLong()).isEqualTo(onlyMove().id());
    }

    @Test
    void anEarlierMoveToTheSamePlaceIsNotMistakenForALostOne() {
        bench.sandbox().faults().nextTaskEndsIn(TaskEnding.error);
        bench.refusal(move(MOVABLE_IP, SERVICE));
        bench.sandbox().faults().on("POST", "/ip/*/move").times(1).cutBeforeEffect();

        Report report = bench.apply(move(MOVABLE_IP, SERVICE));

        assertThat(moves(MOVABLE_IP)).hasSize(2);
        assertThat(report.result().path("taskId").asLong())
                .isEqualTo(moves(MOVABLE_IP).get(1).id());
    }

    @Test
    void checkingAJoinedMoveWaitsForNothing() {
        startMove(MOVABLE_IP, SERVICE);

        bench.check(move(MOVABLE_IP, SERVICE));

        assertThat(bench.timer().delays()).isEmpty();
        assertThat(bench.sandbox().world().routedTo(MOVABLE_IP)).contains(DEDICATED_SERVER);
    }

    private long startMove(String ip, String to) {
        return bench.sandbox()
                .world()
                .inside(() -> bench.sandbox()
                        .world()
                        .startMove(bench.sandbox().world().ip(ip).orElseThrow(), to, TaskEnding.done)
                        .id());
    }

    private IpMove onlyMove() {
        return moves(MOVABLE_IP).get(0);
    }

    private List<IpMove> moves(String ip) {
        return bench.sandbox()
                .world()
                .inside(() ->
                        List.copyOf(bench.sandbox().world().ip(ip).orElseThrow().moves()));
    }
}
