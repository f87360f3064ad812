package io.jenkins.plugins.iplb.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.file.ChangeFile;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Rollback;
import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.testing.Deeds;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.testing.MemoryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rollback that removes what was made, makes what was removed and changes what was changed. Its process dies before and after
 * every write and everything that is written down, and is started again: a read leaves nothing behind. Calls go side by side,
 * so that the same moment is another one each time: what counts is the end.
 */
class RollbackCrashTest {
    private static final String FILE = """
            loadBalancer: %s
            http:
              farms:
                blue: {zone: all, port: 80, servers: {192.0.2.10: }}
                app: {balance: leastconn}
              frontends:
                site: {zone: all, port: 8088, farm: blue, routes: {api: {farm: blue, rules: [uri startswith /api]}}}
            tcp:
              farms:
                web-http2: {state: absent}
            """;

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    @Test
    void aRollbackThatIsKilledAndStartedAgainUndoesEverythingOnce() throws IOException {
        Fuse counted = Fuse.none();
        List<String> quiet;
        try (Life life = new Life(Files.createDirectory(directory.resolve("quiet")))) {
            life.rollBack(counted);
            quiet = life.end();
        }

        for (int moment = 1; moment <= counted.passed(); moment++) {
            try (Life life = new Life(Files.createTempDirectory(directory, "crash"))) {
                Fuse fuse = new Fuse(each -> true, moment);
                life.rollBack(fuse);

                life.rollBack(Fuse.none());

                assertThat(life.end())
                        .as("after a crash at moment %d", moment)
                        .containsExactlyInAnyOrderElementsOf(quiet);
            }
        }
        System.out.printf("crash harness: rollback killed at %d boundaries, all the same end%n", counted.passed());
    }

    /** What outlives a crash: what is at OVH, and the record. */
    private static final class Life implements AutoCloseable {
        private final TestClock clock = new TestClock();
        private final Sandbox sandbox = Sandbox.builder()
                .clock(clock)
                .world(world -> DemoWorld.in(Bench.quick(world)))
                .start();
        private final String id = UUID.randomUUID().toString();
        private final Path record;
        private final List<RecordedEntry> applied;

        private Life(Path directory) {
            record = directory.resolve("iplb-changes.json");
            Operation.Configuring file = ChangeFile.read(
                            "iplb.yaml", FILE.formatted(DemoWorld.SERVICE), name -> Optional.empty())
                    .loadBalancers()
                    .get(0)
                    .operation(true);
            assertThat(run(file, UUID.randomUUID().toString(), Fuse.none())).isNull();
            applied = RecordReader.read(record);
            sandbox.calls().clear();
        }

        /** To its end, or until its process dies. */
        private void rollBack(Fuse fuse) {
            Throwable end = run(new Operation.Undoing(Rollback.of(applied, false, true)), id, fuse);
            if (!fuse.isDead()) {
                assertThat(end).isNull();
            }
        }

        /** @return what it ended of; null when it ended well */
        private Throwable run(Operation.OnLoadBalancer operation, String as, Fuse fuse) {
            try (MortalProcess process = MortalProcess.start(sandbox, clock, record, fuse)) {
                return process.end(() -> process.operations().run(operation, process.options(as)));
            }
        }

        /** What was done at OVH; the record agrees with it, and is closed. */
        private List<String> end() {
            List<RecordedEntry> entries = RecordReader.read(record);
            assertThat(entries).noneMatch(RecordedEntry::open);
            assertThat(entries.stream().flatMap(entry -> entry.calls().stream()))
                    .noneMatch(call -> call.fate() == Fate.UNKNOWN);
            List<RecordedEntry> undone = entries.subList(applied.size(), entries.size());
            assertThat(undone.stream().flatMap(entry -> entry.calls().stream()).filter(RecordedCall::hadEffect))
                    .extracting(call -> call.method() + " " + call.path())
                    .containsExactlyInAnyOrderElementsOf(Deeds.writes(sandbox).stream()
                            .filter(Exchange::effect)
                            .map(call -> call.method() + " " + call.rawPath())
                            .toList());
            return Deeds.of(sandbox).stream()
                    .map(deed -> deed.replaceAll("\\b10\\d{3}\\b", "*"))
                    .toList();
        }

        @Override
        public void close() {
            sandbox.close();
        }
    }
}
