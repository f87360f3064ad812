package io.jenkins.plugins.iplb.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.wait.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a request whose answer was lost when another that asks for the same is answered. */
@ExtendWith(SandboxExtension.class)
class LostRequestTest {
    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        bench.shop().add("tcp/farm", Map.of("zone", "all"));
    }

    @Test
    void aRefreshThatSomebodyElseIsKnownToHaveStartedIsNotItsEffect() {
        RefreshGate lost = new RefreshGate(bench.run("refresh", bench.deadline()), 1);
        RefreshGate other = new RefreshGate(bench.run("refresh", bench.deadline()), 1);
        RefreshState otherIsReady = look(other, start());
        RefreshState lostIsReady = look(lost, start());
        bench.sandbox().faults().on("POST", "/**/refresh").times(1).cutBeforeEffect();
        RefreshState unanswered = look(lost, lostIsReady);

        SharedRefresh together = SharedRefresh.alone(new RefreshReads(Bench.SERVICE), otherIsReady, unanswered);
        other.advance(otherIsReady, together);
        Step<RefreshState> served = lost.advance(unanswered, together);

        assertThat(served.state().phase()).isInstanceOf(RefreshState.Watching.class);
        assertThat(bench.shop().refreshes()).hasSize(1);
        assertThat(bench.entries())
                .flatExtracting(RecordedEntry::calls)
                .extracting(RecordedCall::fate)
                .containsExactly(Fate.NO_EFFECT, Fate.DONE);
    }

    private RefreshState start() {
        return RefreshState.start(
                new RefreshRequest(Bench.SERVICE, List.of(), false, true),
                bench.deadline().at());
    }

    private static RefreshState look(RefreshGate gate, RefreshState state) {
        return gate.advance(state, SharedRefresh.alone(new RefreshReads(Bench.SERVICE), state))
                .state();
    }
}
