package io.jenkins.plugins.iplb.ovh;

import java.time.Duration;

/**
 * What one key may send.
 *
 * @param perMinute the rate at which it gets requests, and the most that it can save up
 * @param left what it could send now without waiting
 */
public record Allowance(int perMinute, int left) {

    /** How long so many requests have to wait for each other, when nobody else sends any. */
    public Duration until(int requests) {
        return Duration.ofMinutes(1).multipliedBy(Math.max(0, requests - left)).dividedBy(perMinute);
    }
}
