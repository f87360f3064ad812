package io.jenkins.plugins.iplb.ovh;

import io.github.bucket4j.Bucket;
import java.time.Duration;

/** The requests that all clients of one key may still send: a bucket that fills at the fair rate. */
final class Budget {
    private final Bucket bucket;

    Budget(int requestsPerMinute) {
        bucket = Bucket.builder()
                .addLimit(limit ->
                        limit.capacity(requestsPerMinute).refillGreedy(requestsPerMinute, Duration.ofMinutes(1)))
                .build();
    }

    /** Takes one request, waiting for it at most this long; false when it would take longer. */
    boolean take(Duration patience) throws InterruptedException {
        return bucket.asBlocking().tryConsume(1, patience);
    }
}
