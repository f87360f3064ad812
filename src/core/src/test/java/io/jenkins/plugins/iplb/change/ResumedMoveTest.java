package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.sandbox.world.DemoWorld.MOVABLE_IP;
import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.wait.Step;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class ResumedMoveTest {
    private Bench bench;
    private String stored;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
    }

    @Test
    void aRestartAfterEveryStepMakesNoDifference() {
        start(TaskEnding.done);
        int restarts = 0;
        while (!step()) {
            assertThat(json(read(stored))).isEqualTo(stored);
            restarts++;
        }

        assertThat(restarts).isGreaterThan(5);
        assertThat(read(stored).taskDone()).isTrue();
        assertThat(bench.sandbox().world().routedTo(MOVABLE_IP)).contains(SERVICE);
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void theDeadlineIsOneForAllRunsTogether() {
        start(TaskEnding.hang);
        bench.clock().advance(Bench.TIMEOUT.minusSeconds(20));

        IplbException failure = Bench.failure(() -> {
            while (!step()) {
                assertThat(bench.clock().instant())
                        .isBeforeOrEqualTo(read(stored).deadline());
            }
        });

        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(bench.clock().instant()).isEqualTo(read(stored).deadline());
    }

    private void start(TaskEnding ending) {
        long task = bench.sandbox()
                .world()
                .inside(() -> bench.sandbox()
                        .world()
                        .startMove(bench.sandbox().world().ip(MOVABLE_IP).orElseThrow(), SERVICE, ending)
                        .id());
        stored = json(MoveState.start(
                IpBlock.parse("ip", MOVABLE_IP), SERVICE, task, bench.deadline().at()));
    }

    /** One step by a machine and a run that know only what is stored. @return whether it was the last */
    private boolean step() {
        MoveWait machine = new MoveWait(bench.run("move-failover", bench.deadline()));
        Step<MoveState> step = machine.advance(read(stored));
        stored = json(step.state());
        if (step instanceof Step.Later<MoveState> later) {
            bench.clock().advance(later.delay());
            return false;
        }
        return true;
    }

    private static String json(MoveState state) {
        try {
            return Json.MAPPER.writeValueAsString(state);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static MoveState read(String json) {
        try {
            return Json.MAPPER.readValue(json, MoveState.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
