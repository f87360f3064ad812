package io.jenkins.plugins.iplb.jenkins.readings;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What load balancers are like, for all of a controller that only want to know: the queue, the page of all load balancers,
 * the health check and the forms. This class alone decides when OVH is asked again. However many ask for one thing of a
 * load balancer with the same key, OVH is asked once, and not again as long as the last reading is young enough. A reading
 * takes its turn among those of its key, so that builds keep their share of the key's requests.
 */
@Extension
public final class Readings {
    private static final Logger LOGGER = Logger.getLogger(Readings.class.getName());

    /** How long a reading is kept: the greatest age that may be asked for. */
    public static final Duration KEPT = Duration.ofMinutes(5);

    /** For one reading, retries included. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How long a failure serves at most. */
    private static final Duration LONGEST_FAILURE = Duration.ofSeconds(10);

    private final Map<Subject, Request<?>> requests = new ConcurrentHashMap<>();

    public static Readings get() {
        return ExtensionList.lookupSingleton(Readings.class);
    }

    /**
     * A reading that is no older than that; at once if there is one. It holds no thread while it waits for its turn.
     *
     * @param maxAge at most {@link #KEPT}
     * @return the future of all who ask for the same: {@code copy} it before you complete it. It fails with an {@link
     *     IplbException} when OVH could not be asked.
     */
    @SuppressWarnings("unchecked") // A subject's resource is the resource of its request.
    public <T> CompletableFuture<Reading<T>> of(Target target, Resource<T> what, Duration maxAge) {
        Instant now = IplbController.get().clock().instant();
        requests.values().removeIf(request -> !request.serves(KEPT, now));
        Request<?> request = requests.compute(
                new Subject(target.client(), target.service(), what),
                (subject, last) -> last != null && last.serves(maxAge, now) ? last : new Request<>(target, what));
        return ((Request<T>) request).reading;
    }

    /** Why a reading has failed, in words. */
    public static String problem(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        LOGGER.log(Level.FINE, "A reading has failed", cause);
        return cause instanceof IplbException ? cause.getMessage() : cause.toString();
    }

    /** There is one client for each key, so that nobody is shown what another key has read. */
    private record Subject(OvhClient client, String service, Resource<?> what) {}

    private static final class Request<T> {
        private final Target target;
        private final Resource<T> what;
        private final CompletableFuture<Reading<T>> reading;
        private volatile Instant askedAt = Instant.MAX;

        Request(Target target, Resource<T> what) {
            this.target = target;
            this.what = what;
            this.reading = CompletableFuture.supplyAsync(this::read, inTurn());
        }

        /** Whether it is under way, or young enough. */
        boolean serves(Duration maxAge, Instant now) {
            boolean failed = reading.isCompletedExceptionally() && maxAge.compareTo(LONGEST_FAILURE) > 0;
            return !reading.isDone() || askedAt.isAfter(now.minus(failed ? LONGEST_FAILURE : maxAge));
        }

        private Executor inTurn() {
            Executor workers = IplbController.get().workers();
            Duration turn = target.session(PATIENCE).untilLook(Duration.ZERO);
            return turn.isZero()
                    ? workers
                    : CompletableFuture.delayedExecutor(turn.toMillis(), TimeUnit.MILLISECONDS, workers);
        }

        private Reading<T> read() {
            askedAt = IplbController.get().clock().instant();
            return new Reading<>(askedAt, what.read(target.session(PATIENCE), target.service()));
        }
    }
}
