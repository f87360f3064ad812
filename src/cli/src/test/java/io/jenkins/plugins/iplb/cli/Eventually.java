package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** What other processes bring about. */
final class Eventually {
    private static final Duration AT_MOST = Duration.ofMinutes(2);

    private Eventually() {}

    interface Condition {
        boolean holds() throws IOException;
    }

    static void holds(Condition condition) throws IOException {
        long end = System.nanoTime() + AT_MOST.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
