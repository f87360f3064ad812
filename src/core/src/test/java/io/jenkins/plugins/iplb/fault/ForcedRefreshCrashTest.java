package io.jenkins.plugins.iplb.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.testing.Deeds;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.testing.MemoryDirectory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A refresh with nothing pending, zone by zone or of all, whose process dies before and after every write and everything that is
 * written down. All that the next one has is the record: each zone is refreshed once.
 */
class ForcedRefreshCrashTest {
    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    private final TestClock clock = new TestClock();
    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = Sandbox.builder()
                .clock(clock)
                .world(world -> DemoWorld.in(Bench.quick(world)))
                .start();
        sandbox.world().service(Bench.SERVICE).zones("gra", "rbx", "sbg").deployed();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gra,sbg", "all"})
    void whereverItsProcessDiesItRefreshesOnce(String zones) {
        RefreshRequest request = new RefreshRequest(Bench.SERVICE, List.of(zones.split(",")), true, true);
        Fuse counted = Fuse.none();
        refresh(request, "quiet", counted);
        List<String> quiet = bodies();
        assertThat(quiet).hasSize(zones.equals("all") ? 1 : 2);

        for (int moment = 1; moment <= counted.passed(); moment++) {
            sandbox.calls().clear();
            String id = "crash " + moment;
            refresh(request, id, new Fuse(each -> true, moment));

            refresh(request, id, Fuse.none());

            assertThat(bodies()).as(id).isEqualTo(quiet);
            assertThat(RecordReader.read(directory.resolve(id + ".json")))
                    .as(id)
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.outcome()).isEqualTo(Outcome.CHANGED);
                        assertThat(entry.unsettled()).isEmpty();
                        assertThat(entry.tasks()).hasSize(quiet.size()).allMatch(task -> task.endedAt() != null);
                    });
        }
    }

    private void refresh(RefreshRequest request, String id, Fuse fuse) {
        Path record = directory.resolve(id + ".json");
        String uuid =
                UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
        try (MortalProcess process = MortalProcess.start(sandbox, clock, record, fuse)) {
            Throwable failure =
                    process.end(() -> process.operations().run(Operation.of(request), process.options(uuid)));
            if (!fuse.isDead()) {
                assertThat(failure).isNull();
            }
        }
    }

    private List<String> bodies() {
        return Deeds.writes(sandbox).stream()
                .filter(Exchange::effect)
                .map(Exchange::requestBody)
                .toList();
    }
}
