package io.jenkins.plugins.iplb.fault;

import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A journal whose process may die before and after each write: moments such as {@code after a call}, when one was written
 * down that is about to be sent, and {@code before an answer}.
 */
final class MortalJournal implements Journal {
    private final Journal journal;
    private final Fuse fuse;
    private final Map<String, List<RecordedCall>> written = new ConcurrentHashMap<>();

    MortalJournal(Journal journal, Fuse fuse) {
        this.journal = journal;
        this.fuse = fuse;
    }

    @Override
    public void write(RecordedEntry entry) {
        String what = what(entry);
        fuse.reach("before " + what);
        journal.write(entry);
        written.put(entry.id(), entry.calls());
        fuse.reach("after " + what);
    }

    private String what(RecordedEntry entry) {
        List<RecordedCall> before = written.getOrDefault(entry.id(), List.of());
        if (entry.calls().size() > before.size()) {
            return "a call";
        }
        return entry.calls().equals(before) ? "something else" : "an answer";
    }

    @Override
    public Optional<RecordedEntry> find(String id) {
        return journal.find(id);
    }

    @Override
    public List<RecordedEntry> known(String service) {
        return journal.known(service);
    }

    @Override
    public Instant tick(Instant now) {
        return journal.tick(now);
    }
}
