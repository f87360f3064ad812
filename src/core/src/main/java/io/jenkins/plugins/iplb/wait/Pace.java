package io.jenkins.plugins.iplb.wait;

import java.time.Duration;

/**
 * How often a wait looks: every 380 ms at first, since many tasks are short, then ever less often. A minute of it takes 29 looks:
 * less than half of the calls that OVH regards as fair use.
 */
public final class Pace {
    /** How many looks in a row may get no answer before a wait that has begun gives up. */
    public static final int MOST_FAILURES = 3;

    private static final int LAST_STEADY = 3;
    private static final double GROWTH = 1.13;
    private static final long FIRST_MILLIS = 380;
    private static final long LONGEST_MILLIS = 4_750;

    private Pace() {}

    /**
     * @param polls how often it has looked already
     * @param remaining until the deadline; it is never overslept
     */
    public static Duration after(int polls, Duration remaining) {
        double millis = Math.min(LONGEST_MILLIS, FIRST_MILLIS * Math.pow(GROWTH, Math.max(0, polls - LAST_STEADY)));
        Duration pace = Duration.ofMillis(Math.round(millis));
        return pace.compareTo(remaining) < 0 ? pace : remaining;
    }
}
