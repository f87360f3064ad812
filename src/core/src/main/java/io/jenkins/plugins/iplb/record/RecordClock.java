package io.jenkins.plugins.iplb.record;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The clock of records: each moment that it gives is later than all that it gave before, however little time has passed
 * and however the clock of the machine was set meanwhile. So the moments of a record tell in which order things
 * happened. In milliseconds, and where those do not suffice in microseconds.
 */
public final class RecordClock implements InstantSource {
    private final InstantSource source;
    private Instant last = Instant.MIN;

    private RecordClock(InstantSource source) {
        this.source = source;
    }

    /** What writes several records that are to know their common order uses one of these for all of them. */
    public static RecordClock of(InstantSource source) {
        return source instanceof RecordClock clock ? clock : new RecordClock(source);
    }

    @Override
    public synchronized Instant instant() {
        Instant now = source.instant().truncatedTo(ChronoUnit.MILLIS);
        last = now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS);
        return last;
    }

    /** From now on it gives only moments after this one. */
    public synchronized void follow(Instant moment) {
        last = moment.isAfter(last) ? moment : last;
    }
}
