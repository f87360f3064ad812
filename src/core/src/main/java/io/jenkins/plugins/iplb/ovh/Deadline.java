package io.jenkins.plugins.iplb.ovh;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The moment at which a whole operation, however many calls and waits it has, must be over. */
public record Deadline(InstantSource clock, Instant at) {

    public static Deadline in(Duration duration, InstantSource clock) {
        return new Deadline(clock, clock.instant().plus(duration));
    }

    /** What is left; never negative. */
    public Duration remaining() {
        Duration left = Duration.between(clock.instant(), at);
        return left.isNegative() ? Duration.ZERO : left;
    }

    public boolean hasPassed() {
        return remaining().isZero();
    }
}
