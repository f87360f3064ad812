package io.jenkins.plugins.iplb.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.testing.MemoryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any change file, written in any way, over any load balancer that it does not tell. {@code -Dupdates=N} runs so many, {@code
 * -Dupdate=N} that one.
 */
class AnyFileUpdateTest {
    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    private final TestClock clock = new TestClock();
    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = Sandbox.builder().clock(clock).world(world -> world).start();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aFileThatIsUpdatedSaysWhatIsThereAndKeepsItsComments() throws IOException {
        Integer one = Integer.getInteger("update");
        int from = one == null ? 0 : one;
        int to = one == null ? Integer.getInteger("updates", 200) : one + 1;
        int comments = 0;
        int changes = 0;
        int refused = 0;
        for (int seed = from; seed < to; seed++) {
            Case tried = new Case(seed);
            try {
                Optional<FileUpdate> updated = tried.holds();
                changes += updated.map(each -> each.changes().size()).orElse(0);
                comments += updated.isPresent() ? tried.untidy.comments().size() : 0;
                refused += updated.isPresent() ? 0 : 1;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "-Dupdate=%d: %s%n%s%n%s".formatted(seed, e.getMessage(), tried.text, tried.written), e);
            }
        }
        System.out.printf(
                "any update of a file: seeds %d to %d, %d changes, %d comments kept; %d refused%n",
                from, to - 1, changes, comments, refused);
        assertThat(changes).isPositive();
        assertThat(refused).isLessThanOrEqualTo((to - from) / 6 + 1);
    }

    private final class Case {
        private final Bench bench;
        private final String service;
        private final Untidy untidy;
        private final String text;
        private String written = "";

        private Case(int seed) throws IOException {
            bench = new Bench(sandbox, clock, Files.createDirectory(directory.resolve("case-" + seed)));
            Wanted wanted = new Wanted(seed);
            service = "loadbalancer-" + seed;
            SeededState state = new SeededState(sandbox.world().service(service).zones("gra", "rbx"));
            state.make(wanted.start());
            untidy = new Untidy(seed);
            text = untidy.write(wanted.file(service, state.ids()));
        }

        /** Empty for one that is refused. */
        private Optional<FileUpdate> holds() {
            FileUpdate updated;
            try {
                updated = updated(text);
            } catch (IplbException e) {
                assertThat(e).hasMessageMatching("(?s)iplb.yaml:\\d+:\\d+: .*");
                return Optional.empty();
            }
            written = updated.text();
            assertThat(untidy.comments()).allMatch(written::contains);
            assertThat(plan(written).diff()).isEmpty();
            assertThat(updated(written)).isEqualTo(new FileUpdate(written, List.of(), List.of()));
            return Optional.of(updated);
        }

        private FileUpdate updated(String file) {
            return FileUpdate.of(
                    "iplb.yaml", file, name -> Optional.empty(), new Snapshot(bench.session(), service), Parts.ALL);
        }

        private Report plan(String file) {
            return bench.ended(bench.operations()
                    .run(
                            ChangeFile.read("iplb.yaml", file, name -> Optional.empty())
                                    .loadBalancers()
                                    .get(0)
                                    .operation(false),
                            bench.options(true)));
        }
    }
}
