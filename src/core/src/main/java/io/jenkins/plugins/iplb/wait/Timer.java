package io.jenkins.plugins.iplb.wait;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Calls back later. Tests bring one that they can move. */
@FunctionalInterface
public interface Timer {

    /** @return a handle to call it off */
    Runnable after(Duration delay, Runnable task);

    /** A timer that needs one thread for all waits, as long as the tasks are short. */
    static Timer on(ScheduledExecutorService executor) {
        return (delay, task) -> {
            Future<?> scheduled = executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> scheduled.cancel(false);
        };
    }
}
