package io.jenkins.plugins.iplb.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.MoveFailover;
import io.jenkins.plugins.iplb.change.SetStickiness;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.refresh.RefreshState;
import io.jenkins.plugins.iplb.run.Report;
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
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A build as a controller runs it: a route with rules, stickiness, a failover IP, a refresh. The controller dies before
 * and after every call, everything that is written down and every state that is kept, and goes on after its restart with
 * the ids and the state that it has kept.
 */
class CrashScenarioTest {
    private static final List<Change> CHANGES = List.of(
            Post.route(Bench.SERVICE),
            new SetStickiness(Bench.SERVICE, Protocol.HTTP, new Reference("app"), "cookie"),
            new MoveFailover(IpBlock.parse("ip", DemoWorld.MOVABLE_IP), Bench.SERVICE));

    private static final RefreshRequest REFRESH = new RefreshRequest(Bench.SERVICE, List.of(), false, true);

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    @Test
    void aBuildWhoseControllerDiesEndsAsIfNothingHadHappened() throws IOException {
        Fuse counted = Fuse.none();
        List<String> quiet;
        try (Build build = new Build(Files.createDirectory(directory.resolve("quiet")))) {
            build.live(counted);
            quiet = build.end();
        }

        for (int moment = 1; moment <= counted.passed(); moment++) {
            try (Build build = new Build(Files.createTempDirectory(directory, "crash"))) {
                Fuse fuse = new Fuse(each -> true, moment);
                build.live(fuse);
                assertThat(fuse.isDead()).isTrue();

                build.live(Fuse.none());

                assertThat(build.end()).as("after a crash at moment %d", moment).containsExactlyElementsOf(quiet);
            }
        }
        System.out.printf("crash harness of the core: %d boundaries, all the same end%n", counted.passed());
    }

    /** What outlives a crash: what is at OVH, the record, and what the controller has kept. */
    private static final class Build implements AutoCloseable {
        private final TestClock clock = new TestClock();
        private final Sandbox sandbox = Sandbox.builder()
                .clock(clock)
                .world(world -> DemoWorld.in(Bench.quick(world)))
                .start();
        private final Path record;
        private final List<String> ids = IntStream.rangeClosed(0, CHANGES.size())
                .mapToObj(step -> UUID.randomUUID().toString())
                .toList();
        private int step;
        private RefreshState kept;

        private Build(Path directory) {
            record = directory.resolve("iplb-changes.json");
        }

        /** From where it is, to its end or until the controller dies. */
        private void live(Fuse fuse) {
            try (MortalProcess process = MortalProcess.ofAnyCall(sandbox, clock, record, fuse)) {
                while (!fuse.isDead() && step <= CHANGES.size()) {
                    Throwable failure = process.end(() -> start(process, fuse));
                    if (!fuse.isDead()) {
                        assertThat(failure).isNull();
                        step++;
                    }
                }
            }
        }

        private CompletableFuture<Report> start(MortalProcess process, Fuse fuse) {
            Operations operations = process.operations();
            Options options = process.options(ids.get(step));
            if (step < CHANGES.size()) {
                return operations.run(Operation.of(CHANGES.get(step)), options);
            }
            return operations.run(
                    new Operation.Refreshing(REFRESH, Optional.ofNullable(kept), state -> {
                        fuse.reach("before keep");
                        kept = state;
                        fuse.reach("after keep");
                    }),
                    options);
        }

        /** How it has ended; the record agrees with it. */
        private List<String> end() {
            List<RecordedEntry> entries = RecordReader.read(record);
            assertThat(entries).extracting(RecordedEntry::id).containsExactlyElementsOf(ids);
            assertThat(entries).allMatch(entry -> entry.outcome() == Outcome.CHANGED);
            assertThat(entries).allMatch(entry -> entry.unsettled().isEmpty());
            assertThat(calls(entries).filter(RecordedCall::hadEffect))
                    .extracting(call -> call.method() + " " + call.path())
                    .containsExactlyElementsOf(Deeds.writes(sandbox).stream()
                            .filter(Exchange::effect)
                            .map(call -> call.method() + " " + call.rawPath())
                            .toList());
            assertThat(calls(entries).filter(call -> !call.hadEffect()))
                    .allMatch(call -> call.fate() == Fate.NO_EFFECT);
            return Deeds.of(sandbox);
        }

        private static Stream<RecordedCall> calls(List<RecordedEntry> entries) {
            return entries.stream().flatMap(entry -> entry.calls().stream());
        }

        @Override
        public void close() {
            sandbox.close();
        }
    }
}
