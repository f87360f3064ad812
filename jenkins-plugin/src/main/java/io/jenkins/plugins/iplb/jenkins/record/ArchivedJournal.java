package io.jenkins.plugins.iplb.jenkins.record;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A journal whose entries are shown by the build and copied to its artifacts as they begin and end. It knows the records of
 * all builds.
 */
final class ArchivedJournal implements Journal {
    private final Journal journal;
    private final Run<?, ?> run;
    private final TaskListener listener;
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    ArchivedJournal(Journal journal, Run<?, ?> run, TaskListener listener) {
        this.journal = journal;
        this.run = run;
        this.listener = listener;
    }

    @Override
    public void write(RecordedEntry entry) {
        boolean first = begun.add(entry.id());
        if (first && entry.service() != null) {
            KnownBuilds.get().begins(entry.service(), run);
        }
        EntriesUnderWay.get().add(entry.id());
        journal.write(entry);
        if (!entry.open()) {
            EntriesUnderWay.get().remove(entry.id());
            ChangesAction.of(run).archive().storeNow(listener);
        } else if (first) {
            // Not waited for: a slow artifact store must not hold up what is about to be sent.
            ChangesAction.of(run).archive().store(listener);
        }
    }

    /** Who looks for an open entry goes on with it. */
    @Override
    public Optional<RecordedEntry> find(String id) {
        Optional<RecordedEntry> found = journal.find(id);
        found.filter(RecordedEntry::open)
                .ifPresent(entry -> EntriesUnderWay.get().add(id));
        return found;
    }

    @Override
    public List<RecordedEntry> known(String service) {
        return Stream.concat(journal.known(service).stream(), KnownBuilds.get().ofOthers(service, run).stream())
                .toList();
    }

    @Override
    public Instant tick(Instant now) {
        return journal.tick(now);
    }
}
