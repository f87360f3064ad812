package io.jenkins.plugins.iplb.ovh;

import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * The requests that all clients of one key may still send: a bucket that fills at the fair rate. Half of that rate is
 * the most that goes to looks that can wait, and while less than a quarter of the bucket is left, they wait.
 */
final class Budget {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int requestsPerMinute;
    private final Bucket all;
    private final Bucket looks;

    Budget(int requestsPerMinute) {
        this.requestsPerMinute = requestsPerMinute;
        this.all = perMinute(requestsPerMinute);
        this.looks = perMinute(Math.max(1, requestsPerMinute / 2));
    }

    /** Takes one request, waiting for it at most this long; false when it would take longer. */
    boolean take(Duration patience) throws InterruptedException {
        try {
            return all.asBlocking().tryConsume(1, patience);
        } catch (InterruptedException e) {
            // The bucket has given it away already.
            all.addTokens(1);
            throw e;
        }
    }

    /** How long a request that is wanted now would have to wait. */
    Duration untilNext() {
        return Duration.ofNanos(all.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    /** When the next look that can wait may be taken, in the order in which they ask; zero for at once. */
    Duration untilLook() {
        Duration turn = Duration.ofNanos(looks.consumeIgnoringRateLimits(1));
        long missing = Math.max(0, requestsPerMinute / 4 - all.getAvailableTokens());
        Duration refill = MINUTE.multipliedBy(missing).dividedBy(requestsPerMinute);
        return turn.compareTo(refill) > 0 ? turn : refill;
    }

    Allowance allowance() {
        return new Allowance(requestsPerMinute, (int) Math.max(0, all.getAvailableTokens()));
    }

    private static Bucket perMinute(int requests) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(requests).refillGreedy(requests, MINUTE))
                .build();
    }
}
