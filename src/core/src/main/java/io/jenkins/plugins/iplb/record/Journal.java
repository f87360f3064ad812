package io.jenkins.plugins.iplb.record;

import io.jenkins.plugins.iplb.failure.IplbException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where changes are written down while they are carried out. Safe for use by several threads. */
public interface Journal {
    /**
     * Writes an entry as a whole: a new one after the others, or in the place of what was written of it before. It is
     * durable when this returns.
     *
     * @throws IplbException when it cannot be written; nothing may be sent then
     * @throws IllegalStateException when the entry has ended already: it is not altered
     */
    void write(RecordedEntry entry);

    /** The entry as it is written now; empty when there is none of that id. */
    Optional<RecordedEntry> find(String id);

    /**
     * The entries about load balancers of that name, at whatever endpoint, that whoever keeps this journal knows of: those
     * of this record, and those of others where there are others.
     */
    List<RecordedEntry> known(String service);

    /**
     * The moment for what is written down now: this one, or a little later where the journal knows of later ones. So the
     * moments of what it knows are in the order in which it happened.
     */
    Instant tick(Instant now);

    /** A journal that keeps nothing, for those who run without a record. */
    static Journal none() {
        return new Journal() {
            @Override
            public void write(RecordedEntry entry) {}

            @Override
            public Optional<RecordedEntry> find(String id) {
                return Optional.empty();
            }

            @Override
            public List<RecordedEntry> known(String service) {
                return List.of();
            }

            @Override
            public Instant tick(Instant now) {
                return now;
            }
        };
    }
}
