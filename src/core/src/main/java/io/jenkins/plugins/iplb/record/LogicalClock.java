package io.jenkins.plugins.iplb.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Gives what is written down its moments: each is later than all that it gave or observed before, however little time has
 * passed and however the clock of the machine was set meanwhile. So the moments of a record tell in which order things
 * happened. In milliseconds, and where those do not suffice in microseconds.
 */
public final class LogicalClock {
    private Instant last = Instant.MIN;

    /** The moment of what happens now. @param now by the clock of the machine */
    public synchronized Instant tick(Instant now) {
        Instant moment = now.truncatedTo(ChronoUnit.MILLIS);
        last = moment.isAfter(last) ? moment : last.plus(1, ChronoUnit.MICROS);
        return last;
    }

    /** From now on it gives only moments after this one. */
    public synchronized void observe(Instant moment) {
        last = moment.isAfter(last) ? moment : last;
    }
}
