package io.jenkins.plugins.iplb.testing;

import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.wait.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A timer that waits for nothing: {@link #next} moves the clock to the next task and runs it. For one thread. */
public final class VirtualTimer implements Timer {
    private final TestClock clock;
    private final List<Task> waiting = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();

    public VirtualTimer(TestClock clock) {
        this.clock = clock;
    }

    @Override
    public Runnable after(Duration delay, Runnable work) {
        delays.add(delay);
        Task task = new Task(clock.instant().plus(delay), work);
        waiting.add(task);
        return () -> waiting.removeIf(each -> each == task);
    }

    /** Runs what is due first. @return false when nothing waits */
    public boolean next() {
        Task first = waiting.stream().min(Comparator.comparing(Task::due)).orElse(null);
        if (first == null) {
            return false;
        }
        waiting.removeIf(each -> each == first);
        if (first.due().isAfter(clock.instant())) {
            clock.set(first.due());
        }
        first.work().run();
        return true;
    }

    /** Runs all that waits, and all that this makes wait. */
    public void run() {
        for (int steps = 0; next(); steps++) {
            if (steps > 10_000) {
                throw new AssertionError("This wait never ends");
            }
        }
    }

    /** How many tasks wait for their time. */
    public int waiting() {
        return waiting.size();
    }

    /** All delays asked for so far, in their order. */
    public List<Duration> delays() {
        return List.copyOf(delays);
    }

    private record Task(Instant due, Runnable work) {}
}
