package io.jenkins.plugins.iplb.jenkins.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits of tests, which must end. */
public final class Waits {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long BETWEEN_LOOKS_MILLIS = 50;

    private Waits() {}

    public static void until(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw tooLong();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public static void until(Callable<Boolean> condition) throws Exception {
        untilThere(() -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    /** @param look what it is waited for, once it is there */
    public static <T> T untilThere(Callable<Optional<T>> look) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<T> found = look.call();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        throw tooLong();
    }

    private static AssertionError tooLong() {
        return new AssertionError("waited for " + PATIENCE.toSeconds() + " s");
    }
}
