package io.jenkins.plugins.iplb.ovh;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.time.Duration;

/**
 * How long a call may take and how often it is tried.
 *
 * @param connect for the connection
 * @param read between two bytes of the answer
 * @param call for one try as a whole, name look-up to last byte
 * @param retries how often a call that may be repeated is repeated, at most
 * @param retryFor how long after the first try the last one may start
 * @param firstDelay before the first retry; doubles with each one, give or take a quarter
 * @param requestsPerMinute the budget of one key; also the burst that is never slowed
 */
public record Limits(
        Duration connect,
        Duration read,
        Duration call,
        int retries,
        Duration retryFor,
        Duration firstDelay,
        int requestsPerMinute) {

    /** About 60 requests a minute per key is what OVH's staff call fair use (python-ovh, issue 81). */
    public static final Limits DEFAULT = new Limits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            4,
            Duration.ofSeconds(90),
            Duration.ofMillis(500),
            60);

    /** The largest budget that anybody may set, which must not be used up at once by accident. */
    public static final int HIGHEST_BUDGET = 600;

    static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

    /** @throws InvalidInput for a budget that nobody may have */
    public Limits requestsPerMinute(String text) {
        int budget = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        if (budget < 1 || budget > HIGHEST_BUDGET) {
            throw new InvalidInput("requests_per_minute", text, "1 to " + HIGHEST_BUDGET);
        }
        return new Limits(connect, read, call, retries, retryFor, firstDelay, budget);
    }
}
