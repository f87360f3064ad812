package io.jenkins.plugins.iplb.wait;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What of a wait is said where every line stays: each thing once, and again when it takes long, at distances that grow: a
 * minute, two, four and so on.
 */
public final class Repetitions {
    private static final Duration FIRST = Duration.ofMinutes(1);

    /** Who has not said something for so long begins anew with it. */
    private static final Duration PAUSE = Duration.ofSeconds(45);

    private final InstantSource clock;
    private final Map<String, Said> said = new HashMap<>();

    public Repetitions(InstantSource clock) {
        this.clock = clock;
    }

    /** What to say now; empty for nothing. */
    public synchronized Optional<String> next(WaitStatus status) {
        Instant now = clock.instant();
        String topic = status.warning() + status.topic();
        Said before = said.get(topic);
        if (before == null) {
            said.put(topic, new Said(now, now, now, FIRST));
            return Optional.of(status.text());
        }
        boolean goesOn = !before.mentioned().plus(PAUSE).isBefore(now);
        Instant since = goesOn ? before.since() : now;
        boolean due = !before.at().plus(before.distance()).isAfter(now);
        // Of what a warning warns there is nothing new.
        if (!due || status.warning() && goesOn) {
            said.put(topic, new Said(since, before.at(), now, before.distance()));
            return Optional.empty();
        }
        said.put(topic, new Said(since, now, now, goesOn ? before.distance().multipliedBy(2) : FIRST));
        long minutes = Duration.between(since, now).toMinutes();
        return Optional.of(minutes == 0 ? status.text() : "%s (for %d min now)".formatted(status.text(), minutes));
    }

    /**
     * @param since when this wait began
     * @param at when it was said last
     * @param mentioned when it could have been said last
     * @param distance to the next time
     */
    private record Said(Instant since, Instant at, Instant mentioned, Duration distance) {}
}
