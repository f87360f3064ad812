package io.jenkins.plugins.iplb.wait;

import java.time.Duration;

/** Where one step of a wait has led. */
public sealed interface Step<S> {

    /** To be stored before anything else happens. */
    S state();

    /**
     * The wait goes on.
     *
     * @param delay until the next step; zero for at once, which makes the step between a point that survives a crash
     * @param status what to tell those who watch
     */
    record Later<S>(S state, Duration delay, WaitStatus status) implements Step<S> {}

    /** The wait is over, and well. */
    record Done<S>(S state) implements Step<S> {}
}
