package io.jenkins.plugins.iplb.jenkins.lookout;

import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * Looks for one thing, which takes one request. Here, and nowhere else, is decided when OVH is asked again: however many
 * ask about a load balancer with the same key, it is asked once, when the turn of the look has come, and not again as long
 * as what is known serves.
 *
 * @param <T> what is looked for
 */
public final class Looks<T> {
    /** For one look, retries included. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How long a look that has failed serves at most. */
    private static final Duration LONGEST_FAILURE = Duration.ofSeconds(10);

    /** How long what was seen is kept: the greatest age that may be asked for. */
    static final Duration LASTING = Duration.ofMinutes(5);

    private final BiFunction<OvhSession, String, T> read;
    private final Map<Subject, Look> looks = new ConcurrentHashMap<>();

    /** @param read asks OVH about a service name */
    Looks(BiFunction<OvhSession, String, T> read) {
        this.read = read;
    }

    /**
     * What is known once it is no older than that; at once if it is now.
     *
     * @param age at most {@link #LASTING}
     * @return fails with an {@link io.jenkins.plugins.iplb.failure.IplbException} when OVH could not be asked
     */
    public CompletableFuture<Sighting<T>> noOlderThan(Duration age, Target target) {
        Instant now = IplbController.get().clock().instant();
        looks.values().removeIf(look -> !look.serves(LASTING, now));
        return looks.compute(
                        new Subject(target.client(), target.service()),
                        (subject, last) -> last != null && last.serves(age, now) ? last : new Look(target))
                .seen;
    }

    /** Clients are one per key, so that nobody is shown what another key has read. */
    private record Subject(OvhClient client, String service) {}

    private final class Look {
        private final Target target;
        private final CompletableFuture<Sighting<T>> seen;
        private volatile Instant at = Instant.MAX;

        Look(Target target) {
            this.target = target;
            this.seen = CompletableFuture.supplyAsync(this::look, inTurn());
        }

        /** What is under way serves everybody. */
        boolean serves(Duration age, Instant now) {
            boolean failed = seen.isCompletedExceptionally() && age.compareTo(LONGEST_FAILURE) > 0;
            return !seen.isDone() || at.isAfter(now.minus(failed ? LONGEST_FAILURE : age));
        }

        private Executor inTurn() {
            Executor workers = IplbController.get().workers();
            Duration turn = target.session(PATIENCE).untilLook(Duration.ZERO);
            return turn.isZero()
                    ? workers
                    : CompletableFuture.delayedExecutor(turn.toMillis(), TimeUnit.MILLISECONDS, workers);
        }

        private Sighting<T> look() {
            at = IplbController.get().clock().instant();
            return new Sighting<>(at, read.apply(target.session(PATIENCE), target.service()));
        }
    }
}
