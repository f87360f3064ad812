package io.jenkins.plugins.iplb.record;

import io.jenkins.plugins.iplb.failure.IplbException;
import java.util.List;
import java.util.Optional;

/** Where changes are written down while they are carried out. Safe for use by several threads. */
public interface Journal {
    /**
     * Starts an entry; it is durable, with outcome {@link Outcome#IN_PROGRESS}, when this returns.
     *
     * @throws IplbException when the entry cannot be written; nothing may be sent then
     */
    OpenEntry begin(Wish wish);

    /**
     * Goes on with an entry that an earlier run left open, for example before the restart of a controller.
     *
     * @throws IplbException of kind {@code USAGE} when there is no such entry, or it has ended: look with {@link
     *     #find} first when that can be
     */
    OpenEntry resume(String id);

    /** The entry as it is written now; empty when there is none of that id. */
    Optional<RecordedEntry> find(String id);

    /**
     * The entries about load balancers of that name, at whatever endpoint, that whoever keeps this journal knows of: those
     * of this record, and those of others where there are others.
     */
    List<RecordedEntry> known(String service);

    /** A journal that keeps nothing, for those who run without a record. */
    static Journal none() {
        return new NoJournal();
    }
}
