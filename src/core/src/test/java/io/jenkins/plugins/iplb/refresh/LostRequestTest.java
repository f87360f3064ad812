package io.jenkins.plugins.iplb.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a request whose answer was lost when others ask for the same. */
@ExtendWith(SandboxExtension.class)
class LostRequestTest {
    private static final RefreshRequest ALL = new RefreshRequest(Bench.SERVICE, List.of(), false, true);

    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        bench.shop().add("tcp/farm", Map.of("zone", "all"));
    }

    /** The first is refused and checks once more; meanwhile the second asks in vain; then the first asks again. */
    @Test
    void aRefreshThatSomebodyElseIsKnownToHaveStartedIsNotTheEffectOfALostRequest() {
        bench.sandbox().faults().on("POST", "/**/refresh").times(1).status(409);
        bench.sandbox().faults().on("POST", "/**/refresh").times(1).cutBeforeEffect();
        CompletableFuture<Report> first = bench.operations().refresh(ALL, bench.options(false));
        CompletableFuture<Report> second = bench.operations().refresh(ALL, bench.options(false));

        bench.ended(first);

        assertThat(bench.ended(second).changed()).isTrue();
        assertThat(bench.shop().refreshes()).hasSize(1);
        assertThat(fates(first)).containsExactly(Fate.REFUSED, Fate.DONE);
        assertThat(fates(second)).containsExactly(Fate.NO_EFFECT);
    }

    private List<Fate> fates(CompletableFuture<Report> operation) {
        String id = operation.join().entry().orElseThrow();
        RecordedEntry entry = bench.entries().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        return entry.calls().stream().map(RecordedCall::fate).toList();
    }
}
