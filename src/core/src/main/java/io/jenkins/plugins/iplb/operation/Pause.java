package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.wait.Pace;
import io.jenkins.plugins.iplb.wait.StateMachine;
import io.jenkins.plugins.iplb.wait.Step;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Waits for nothing but the time.
 *
 * @param topic what for
 */
record Pause(InstantSource clock, Instant until, String topic) implements StateMachine<Integer> {

    @Override
    public Step<Integer> advance(Integer looks) {
        Duration left = Duration.between(clock.instant(), until);
        return left.isNegative() || left.isZero()
                ? new Step.Done<>(looks)
                : new Step.Later<>(
                        looks + 1,
                        Pace.after(looks, left),
                        WaitStatus.of(topic, "%s: %d s to go".formatted(topic, (left.toMillis() + 999) / 1000)));
    }
}
