package io.jenkins.plugins.iplb.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class BenchTest {
    @Test
    void waitsTakeVirtualTimeOnly(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        Bench bench = new Bench(sandbox, clock, directory);
        sandbox.world().refreshTakes(Duration.ofHours(2));
        bench.shop().add("tcp/farm", Map.of("zone", "all"));
        Instant before = clock.instant();

        Report report = bench.ended(bench.operations()
                .run(
                        Operation.of(new RefreshRequest(Bench.SERVICE, List.of(), false, true)),
                        bench.options(false, Duration.ofHours(3))));

        assertThat(report.changed()).isTrue();
        assertThat(clock.instant()).isBetween(before.plus(Duration.ofHours(2)), before.plus(Duration.ofHours(3)));
    }
}
