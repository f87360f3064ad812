package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.change.Wishes.move;
import static io.jenkins.plugins.iplb.change.Wishes.park;
import static io.jenkins.plugins.iplb.sandbox.world.DemoWorld.ATTACHED_IP;
import static io.jenkins.plugins.iplb.sandbox.world.DemoWorld.DEDICATED_SERVER;
import static io.jenkins.plugins.iplb.sandbox.world.DemoWorld.MOVABLE_IP;
import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.record.Stage;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import io.jenkins.plugins.iplb.sandbox.world.World;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class ParkFailoverTest {
    private static final String PARK = "POST /ip/198.51.100.24%2F32/park";

    private Bench bench;
    private World world;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        world = sandbox.world();
    }

    @Test
    void anAddressOfTheLoadBalancerIsRoutedNowhereAndCanBeMovedLater() {
        Report report = bench.apply(park(ATTACHED_IP));

        assertThat(bench.writes()).containsExactly(PARK);
        assertThat(world.routedTo(ATTACHED_IP)).isEmpty();
        assertThat(report.changed()).isTrue();
        assertThat(report.result().path("from").textValue()).isEqualTo(SERVICE);
        assertThat(report.result().has("to")).isFalse();
        assertThat(bench.told()).anyMatch(text -> text.startsWith("parking " + ATTACHED_IP + ": task "));
        assertThat(bench.lastEntry().service()).isEqualTo(SERVICE);
        assertThat(bench.lastEntry().about().sentence(Stage.DONE)).isEqualTo("198.51.100.24 removed from " + SERVICE);

        assertThat(bench.apply(move(ATTACHED_IP, SERVICE)).changed()).isTrue();
        assertThat(world.routedTo(ATTACHED_IP)).contains(SERVICE);
    }

    @Test
    void oneThatIsParkedAlreadyTakesTwoReads() {
        bench.apply(park(ATTACHED_IP));
        bench.forget();

        assertThat(bench.apply(park(ATTACHED_IP)).changed()).isFalse();
        assertThat(bench.reads()).hasSize(2);
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void oneOfAnotherServiceIsLeftThere() {
        IplbException failure = bench.refusal(park(MOVABLE_IP));

        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure).hasMessage("%s is routed to %s, not to %s", MOVABLE_IP, DEDICATED_SERVER, SERVICE);
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void oneThatIsBeingParkedIsWaitedForAndOneThatIsBeingMovedIsAConflict() {
        startMove(null);
        assertThat(bench.apply(park(ATTACHED_IP)).changed()).isFalse();
        assertThat(bench.writes()).isEmpty();
        assertThat(world.routedTo(ATTACHED_IP)).isEmpty();

        startMove(DEDICATED_SERVER);
        IplbException failure = bench.refusal(park(ATTACHED_IP));
        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure).hasMessageContaining("is being moved to " + DEDICATED_SERVER);
    }

    @Test
    void aLostAnswerDoesNotParkTwice() {
        bench.sandbox().faults().on("POST", "/ip/*/park").times(1).cutAfterEffect();

        Report report = bench.apply(park(ATTACHED_IP));

        assertThat(report.changed()).isTrue();
        assertThat(world.inside(
                        () -> world.ip(ATTACHED_IP).orElseThrow().moves().size()))
                .isEqualTo(1);
    }

    @Test
    void aTaskThatEndsBadlyFailsWithOvhsComment() {
        bench.sandbox().faults().nextTaskEndsIn(TaskEnding.error);

        IplbException failure = bench.refusal(park(ATTACHED_IP));

        assertThat(failure.kind()).isEqualTo(FailureKind.TASK_FAILED);
        assertThat(failure).hasMessageStartingWith("parking %s failed: task ", ATTACHED_IP);
        assertThat(world.routedTo(ATTACHED_IP)).contains(SERVICE);
    }

    private void startMove(String to) {
        world.inside(() -> world.startMove(world.ip(ATTACHED_IP).orElseThrow(), to, TaskEnding.done)
                .id());
    }
}
