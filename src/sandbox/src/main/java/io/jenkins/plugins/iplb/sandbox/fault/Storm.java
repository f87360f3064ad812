package io.jenkins.plugins.iplb.sandbox.fault;

import io.jenkins.plugins.iplb.sandbox.http.PathPattern;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Everything that may go wrong, at random. Guarded by {@link Faults}.
 *
 * <p>It loses answers and refuses calls, and it does not lie: nobody could tell a 404 for what is there, or a refusal of
 * what was done, from the truth.
 */
final class Storm {
    private static final List<Misbehaviour> OF_CALLS = ofCalls();
    private static final List<TaskEnding> OF_TASKS = Arrays.stream(TaskEnding.values())
            .filter(ending -> ending != TaskEnding.done)
            .toList();
    private static final List<Duration> SKEWS = List.of(Duration.ofHours(-1), Duration.ZERO, Duration.ofHours(1));

    /** The clock is one of many things that may go wrong with a call. */
    private static final double CLOCK = 1.0 / OF_CALLS.size();

    private final Random random;
    private final double share;

    Storm(long seed, double share) {
        this.random = new Random(seed);
        this.share = share;
    }

    Optional<Misbehaviour> strike() {
        return hits(share) ? Optional.of(any(OF_CALLS)) : Optional.empty();
    }

    TaskEnding ending() {
        return hits(share) ? any(OF_TASKS) : TaskEnding.done;
    }

    /** Whether the next list is given as it is asked for. */
    boolean serves() {
        return !hits(share);
    }

    Duration clockSkew(Duration present) {
        return hits(share * CLOCK) ? any(SKEWS) : present;
    }

    private boolean hits(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static List<Misbehaviour> ofCalls() {
        List<Misbehaviour> all = new ArrayList<>();
        Supplier<FaultBuilder> fault =
                () -> new FaultBuilder(armed -> all.add(armed.misbehaviour()), "*", new PathPattern("/**"));
        fault.get().delay(Duration.ofMillis(1));
        fault.get().slowBody(Duration.ZERO);
        fault.get().cutBeforeEffect();
        fault.get().cutAfterEffect();
        fault.get().garbageAfterEffect();
        fault.get().emptyAfterEffect();
        fault.get().status(408);
        fault.get().status(409);
        fault.get().status(429);
        fault.get().statusWithRetryAfter(429, 0);
        fault.get().status(500);
        fault.get().html(503);
        fault.get().status(200, Map.of(), "text/html", "<html><body>Sign in</body></html>");
        fault.get().afterEffect().status(500);
        fault.get().afterEffect().html(502);
        fault.get().afterEffect().html(504);
        return List.copyOf(all);
    }
}
