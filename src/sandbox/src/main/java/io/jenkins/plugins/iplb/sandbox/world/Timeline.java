package io.jenkins.plugins.iplb.sandbox.world;

import java.time.Duration;
import java.time.Instant;

/**
 * The life of a task as a function of the time: nothing runs in the background, so whoever moves the clock moves the
 * task.
 *
 * @param length from the order to the end when nothing goes wrong
 */
public record Timeline(Instant start, Duration length, TaskEnding ending) {
    private static final int BLOCKED_FACTOR = 3;
    private static final double WAITING_SHARE = 0.2;
    private static final double INIT_SHARE = 0.1;
    private static final int HUNG_PROGRESS = 50;

    /** Where a task is in its life. */
    public enum Phase {
        INIT,
        TODO,
        BLOCKED,
        DOING,
        DONE,
        FAILED
    }

    public Phase phase(Instant now) {
        if (over(now)) {
            return succeeds() ? Phase.DONE : Phase.FAILED;
        }
        double elapsed = elapsed(now);
        if (elapsed < INIT_SHARE) {
            return Phase.INIT;
        }
        if (elapsed < WAITING_SHARE) {
            return Phase.TODO;
        }
        return ending == TaskEnding.blocked && elapsed < BLOCKED_FACTOR - 1 ? Phase.BLOCKED : Phase.DOING;
    }

    /** @return 0 to 100 */
    public int progress(Instant now) {
        return switch (phase(now)) {
            case INIT, TODO, BLOCKED -> 0;
            case DONE -> 100;
            case DOING, FAILED ->
                (int) Math.min(ending == TaskEnding.hang ? HUNG_PROGRESS : 99, 100 * elapsed(now) / factor());
        };
    }

    public boolean over(Instant now) {
        return ending != TaskEnding.hang && !now.isBefore(end());
    }

    /** Whether the task does what it was for, at its end. */
    public boolean succeeds() {
        return ending == TaskEnding.done || ending == TaskEnding.blocked || ending == TaskEnding.vanish;
    }

    public boolean vanished(Instant now) {
        return ending == TaskEnding.vanish && over(now);
    }

    /** When it ends; meaningless for a task that hangs. */
    public Instant end() {
        return start.plus(length.multipliedBy(factor()));
    }

    /** When it hangs, the same until now, and now cancelled. */
    Timeline cancelledIfItHangs(Instant now) {
        return ending == TaskEnding.hang
                ? new Timeline(start, Duration.between(start, now), TaskEnding.cancelled)
                : this;
    }

    /** Over by now, unless it hangs. */
    Timeline endedBy(Instant now) {
        return ending == TaskEnding.hang || over(now)
                ? this
                : new Timeline(start, Duration.between(start, now).dividedBy(factor()), ending);
    }

    private int factor() {
        return ending == TaskEnding.blocked ? BLOCKED_FACTOR : 1;
    }

    private double elapsed(Instant now) {
        return length.isZero() ? 1 : (double) Duration.between(start, now).toMillis() / length.toMillis();
    }
}
