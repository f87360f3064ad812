package io.jenkins.plugins.iplb.sandbox.fault;

import io.jenkins.plugins.iplb.sandbox.http.PathPattern;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;

/**
 * Tells the sandbox to misbehave. Safe for many threads.
 *
 * <pre>{@code
 * sandbox.faults().on("POST", "/ipLoadbalancing/*&#47;tcp/route").times(1).cutAfterEffect();
 * sandbox.faults().nextTaskEndsIn(TaskEnding.error);
 * }</pre>
 */
public final class Faults {
    private final List<ArmedFault> armed = new ArrayList<>();
    private final Queue<TaskEnding> endings = new ArrayDeque<>();
    private Random random = new Random(1);
    private Storm storm = new Storm(1, 0);
    private boolean expandedLists = true;
    private boolean batch = true;
    private Duration clockSkew = Duration.ZERO;

    /**
     * @param method an HTTP method, or {@code *}
     * @param pathPattern see {@link PathPattern}: against the raw path under the base path
     */
    public FaultBuilder on(String method, String pathPattern) {
        return new FaultBuilder(this::arm, method, new PathPattern(pathPattern));
    }

    /** The next refresh or IP task made ends so; called again, the one after it. */
    public synchronized Faults nextTaskEndsIn(TaskEnding ending) {
        endings.add(ending);
        return this;
    }

    /** Lists answer ids even where objects are asked for. */
    public Faults withoutExpandedLists() {
        return expandedLists(false);
    }

    /** {@code X-Ovh-Batch} means nothing: a comma in an id is a bad id. */
    public Faults withoutBatch() {
        return batch(false);
    }

    public synchronized Faults expandedLists(boolean on) {
        expandedLists = on;
        return this;
    }

    public synchronized Faults batch(boolean on) {
        batch = on;
        return this;
    }

    /** The sandbox's clock, for {@code /auth/time}, timestamps and expirations, is ahead by so much. Tasks keep the true time. */
    public synchronized Faults clockSkew(Duration ahead) {
        clockSkew = ahead;
        return this;
    }

    /** Makes what {@link FaultBuilder#probability} draws repeatable. */
    public synchronized Faults seed(long seed) {
        random = new Random(seed);
        return this;
    }

    /**
     * From now on anything may go wrong, until {@link #clear}: calls, tasks, lists and the clock. What was armed comes
     * first.
     *
     * @param seed the same storm for the same seed and the same calls in the same order
     * @param share 0 to 1: of the calls, of the tasks, of the lists
     */
    public synchronized Faults storm(long seed, double share) {
        storm = new Storm(seed, share);
        return this;
    }

    /** Behaves again. */
    public synchronized void clear() {
        armed.clear();
        storm = new Storm(1, 0);
        endings.clear();
        expandedLists = true;
        batch = true;
        clockSkew = Duration.ZERO;
    }

    /** The misbehaviour that this call gets: that of the first armed fault that hits it, or of the storm. */
    public synchronized Optional<Misbehaviour> strike(String method, String rawPath) {
        return armed.stream()
                .filter(fault -> fault.hits(method, rawPath, random::nextDouble))
                .findFirst()
                .map(ArmedFault::misbehaviour)
                .or(() -> {
                    clockSkew = storm.clockSkew(clockSkew);
                    return storm.strike();
                });
    }

    public synchronized TaskEnding takeEnding() {
        return endings.isEmpty() ? storm.ending() : endings.remove();
    }

    public synchronized boolean expandedLists() {
        return expandedLists && storm.serves();
    }

    public synchronized boolean batch() {
        return batch && storm.serves();
    }

    public synchronized Duration clockSkew() {
        return clockSkew;
    }

    private synchronized void arm(ArmedFault fault) {
        armed.add(fault);
    }
}
