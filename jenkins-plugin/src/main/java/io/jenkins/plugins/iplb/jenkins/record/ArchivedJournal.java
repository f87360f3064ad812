package io.jenkins.plugins.iplb.jenkins.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.OpenEntry;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.record.RecordedError;
import io.jenkins.plugins.iplb.record.SentCall;
import io.jenkins.plugins.iplb.record.TaskKind;
import io.jenkins.plugins.iplb.record.Wish;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A journal whose entries are shown by the build and copied to its artifacts as they begin and end. It knows the records of
 * all builds.
 */
record ArchivedJournal(Journal journal, Run<?, ?> run, TaskListener listener) implements Journal {

    @Override
    public OpenEntry begin(Wish wish) {
        if (wish.service() != null) {
            KnownBuilds.get().begins(wish.service(), run);
        }
        OpenEntry entry = journal.begin(wish);
        // Not waited for: a slow artifact store must not hold up what is about to be sent.
        ChangesAction.of(run).archive().store(listener);
        return new Entry(entry);
    }

    @Override
    public OpenEntry resume(String id) {
        return new Entry(journal.resume(id));
    }

    @Override
    public Optional<RecordedEntry> find(String id) {
        return journal.find(id);
    }

    @Override
    public List<RecordedEntry> known(String service) {
        return Stream.concat(journal.known(service).stream(), KnownBuilds.get().ofOthers(service, run).stream())
                .toList();
    }

    private final class Entry implements OpenEntry {
        private final OpenEntry entry;

        private Entry(OpenEntry entry) {
            this.entry = entry;
        }

        @Override
        public String id() {
            return entry.id();
        }

        @Override
        public void planned(JsonNode before, List<Difference> diff) {
            entry.planned(before, diff);
        }

        @Override
        public SentCall sent(String method, String path, JsonNode body) {
            return entry.sent(method, path, body);
        }

        @Override
        public List<SentCall> unsettled() {
            return entry.unsettled();
        }

        @Override
        public void task(TaskKind kind, long id, List<String> zones, String status) {
            entry.task(kind, id, zones, status);
        }

        @Override
        public void taskEnded(TaskKind kind, long id, List<String> zones, String status) {
            entry.taskEnded(kind, id, zones, status);
        }

        @Override
        public void after(JsonNode after) {
            entry.after(after);
        }

        @Override
        public void end(Outcome outcome, ObjectNode result, RecordedError error) {
            entry.end(outcome, result, error);
            ChangesAction.of(run).archive().storeNow(listener);
        }
    }
}
