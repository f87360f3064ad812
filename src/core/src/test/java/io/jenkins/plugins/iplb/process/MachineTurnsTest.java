package io.jenkins.plugins.iplb.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTurnsTest {
    private static final String SERVICE = "loadbalancer-0123456789abcdef";

    @Test
    void whoWaitsForAnotherProcessSaysSo(@TempDir Path home) throws Exception {
        Path turn = Files.createDirectories(home.resolve(".cache/ovh-iplb"))
                .resolve("turn-" + Math.floorMod(SERVICE.hashCode(), 64));
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        turn.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(other.getInputStream().read()).isEqualTo('!');
            BlockingQueue<WaitStatus> told = new LinkedBlockingQueue<>();
            CountDownLatch done = new CountDownLatch(1);
            new MachineTurns(home, task -> new Thread(task).start(), Duration.ofMinutes(2), told::add)
                    .of(SERVICE)
                    .execute(done::countDown);

            WaitStatus first = told.poll(1, TimeUnit.MINUTES);

            assertThat(first).isNotNull();
            assertThat(first.text())
                    .isEqualTo("waiting for its turn: another process on this machine changes " + SERVICE);
            assertThat(done.getCount()).isEqualTo(1);
            other.destroy();
            assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    /** Has a turn, says so, and keeps it until it is ended. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            try (FileChannel channel =
                    FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                System.out.print('!');
                System.out.flush();
                new CountDownLatch(1).await();
            }
        }
    }
}
