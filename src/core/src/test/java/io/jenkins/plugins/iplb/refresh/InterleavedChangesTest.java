package io.jenkins.plugins.iplb.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.MemoryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Own changes, foreign ones, own refreshes and foreign ones in any order, at any speed, by any two clocks, against a
 * model that knows whose each pending change is. {@code -Dinterleavings=N} runs so many, {@code -Dinterleaving=N} that
 * one.
 */
class InterleavedChangesTest {
    private static final int LONGEST = 9;
    private static final int[] AHEAD = {0, 1, 5, -1, -5};
    private static final int[] CALL = {0, 20};

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
    void aForeignChangeIsNeverOwnAndAnOwnOneNeverForeignWhereTheRecordKnowsTheOrder() throws IOException {
        Integer one = Integer.getInteger("interleaving");
        int from = one == null ? 0 : one;
        int to = one == null ? Integer.getInteger("interleavings", 1_200) : one + 1;
        int refused = 0;
        int open = 0;
        for (int number = from; number < to; number++) {
            Interleaving interleaving = interleaving(number);
            ExplainedChanges found = interleaving.run();
            assertThat(interleaving.faults(found))
                    .as("-Dinterleaving=%d: %s", number, interleaving)
                    .isEmpty();
            refused += found.sentences().isEmpty() ? 0 : 1;
            open += found.open().stream().mapToInt(PendingChange::number).sum();
        }
        System.out.printf(
                "interleaved changes: %d cases, %d refused, %d pending changes open, all as the model says%n",
                to - from, refused, open);
        assertThat(List.of(refused, open)).as("cases that decide something").doesNotContain(one == null ? 0 : -1);
    }

    private Interleaving interleaving(int number) throws IOException {
        Duration ahead = Duration.ofSeconds(AHEAD[number % AHEAD.length]);
        Duration call = Duration.ofMillis(CALL[number / AHEAD.length % CALL.length]);
        Path records = Files.createDirectory(directory.resolve("case-" + number));
        Random random = new Random(number);
        return new Interleaving(sandbox, clock, records, "loadbalancer-" + number, ahead, call, random, LONGEST);
    }
}
