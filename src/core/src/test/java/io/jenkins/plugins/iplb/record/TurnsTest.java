package io.jenkins.plugins.iplb.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** While another process has the turn. */
@Timeout(60)
class TurnsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private Path lockFile;
    private Process holder;

    @BeforeEach
    void anotherProcessTakesTheTurn(@TempDir Path directory) throws IOException {
        lockFile = directory.resolve("lock");
        holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        lockFile.toString())
                .start();
        assertThat(holder.getInputStream().read())
                .as("told that it has the lock")
                .isEqualTo('!');
    }

    @AfterEach
    void endIt() throws InterruptedException {
        Thread.interrupted();
        holder.destroyForcibly().waitFor();
    }

    @Test
    void itIsNotWaitedForForEver() throws Exception {
        assertThatThrownBy(() -> new Turns(lockFile, Duration.ofMillis(100)).take(() -> "a turn"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another process has held this lock");

        holder.destroyForcibly().waitFor();

        assertThat(new Turns(lockFile, LONG).take(() -> "a turn"))
                .as("a process that dies gives its turn up")
                .isEqualTo("a turn");
    }

    @Test
    void whoWaitsIsToldOfItEverySecondAndHasTheTurnOnceItIsGivenUp() throws IOException {
        long start = System.nanoTime();
        List<Long> told = new ArrayList<>();

        Turns turns = new Turns(lockFile, LONG, () -> {
            told.add(System.nanoTime() - start);
            if (told.size() == 2) {
                letGo();
            }
        });

        assertThat(turns.take(() -> "a turn")).isEqualTo("a turn");
        assertThat(told).hasSize(2);
        assertThat(told.get(0)).isGreaterThan(Duration.ofSeconds(1).toNanos());
        assertThat(told.get(1) - told.get(0))
                .isGreaterThan(Duration.ofMillis(990).toNanos());
    }

    @Test
    void whoWasInterruptedGetsTheTurnAllTheSameAndStaysInterrupted() throws IOException {
        Turns turns = new Turns(lockFile, LONG, this::letGo);
        Thread.currentThread().interrupt();

        assertThat(turns.take(() -> "a turn")).isEqualTo("a turn");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    private void letGo() {
        try {
            holder.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the lock, and keeps it until its input ends. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            try (FileChannel channel =
                    FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                System.out.print('!');
                System.out.flush();
                System.in.read();
            }
        }
    }
}
