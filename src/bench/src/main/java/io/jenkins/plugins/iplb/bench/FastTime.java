package io.jenkins.plugins.iplb.bench;

import io.jenkins.plugins.iplb.wait.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Time that goes faster than the real one, for all who go by this clock and this timer: what takes an hour is measured in
 * minutes, with real threads and real requests. These take their real time, so that they count for more than they are.
 */
final class FastTime implements InstantSource, Timer {
    private final int speed;
    private final Timer real;
    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();

    FastTime(int speed, ScheduledExecutorService executor) {
        this.speed = speed;
        this.real = Timer.on(executor);
    }

    @Override
    public Instant instant() {
        return start.plusNanos((System.nanoTime() - startNanos) * speed);
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        return real.after(delay.dividedBy(speed), task);
    }
}
