package io.jenkins.plugins.iplb.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** A journal whose process dies at a given moment: from then on it writes nothing any more, and says so by an error. */
final class CrashingJournal implements Journal {
    private final Journal journal;
    private final Moment moment;
    private int left;
    private boolean dead;

    /** When in the life of a call. */
    enum Moment {
        /** It is written down, and does not leave. */
        BEFORE_SENDING,
        /** It has had its effect and its answer has come, and is not written down. */
        BEFORE_THE_ANSWER_IS_WRITTEN
    }

    /** The end of the process; no exception that anybody may handle. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** @param call which of the calls, from 1 */
    CrashingJournal(Journal journal, Moment moment, int call) {
        this.journal = journal;
        this.moment = moment;
        this.left = call;
    }

    @Override
    public OpenEntry begin(Wish wish) {
        return new Entry(journal.begin(wish));
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
        return journal.known(service);
    }

    private void reach(Moment reached) {
        if (reached == moment && --left == 0) {
            dead = true;
        }
        live();
    }

    private void live() {
        if (dead) {
            throw new Crash();
        }
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
            live();
            entry.planned(before, diff);
        }

        @Override
        public SentCall sent(String method, String path, JsonNode body) {
            live();
            SentCall call = entry.sent(method, path, body);
            reach(Moment.BEFORE_SENDING);
            return new Call(call);
        }

        @Override
        public List<SentCall> unsettled() {
            live();
            return entry.unsettled();
        }

        @Override
        public void task(TaskKind kind, long id, List<String> zones, String status) {
            live();
            entry.task(kind, id, zones, status);
        }

        @Override
        public void taskEnded(TaskKind kind, long id, List<String> zones, String status) {
            live();
            entry.taskEnded(kind, id, zones, status);
        }

        @Override
        public void after(JsonNode after) {
            live();
            entry.after(after);
        }

        @Override
        public void end(Outcome outcome, ObjectNode result, RecordedError error) {
            live();
            entry.end(outcome, result, error);
        }
    }

    private final class Call implements SentCall {
        private final SentCall call;

        private Call(SentCall call) {
            this.call = call;
        }

        @Override
        public String method() {
            return call.method();
        }

        @Override
        public String path() {
            return call.path();
        }

        @Override
        public JsonNode body() {
            return call.body();
        }

        @Override
        public void done(int status, String queryId) {
            reach(Moment.BEFORE_THE_ANSWER_IS_WRITTEN);
            call.done(status, queryId);
        }

        @Override
        public void refused(int status, String queryId, String error) {
            live();
            call.refused(status, queryId, error);
        }

        @Override
        public void notSent(String error) {
            live();
            call.notSent(error);
        }

        @Override
        public void lost(Integer status, String queryId, String error) {
            live();
            call.lost(status, queryId, error);
        }

        @Override
        public void tookEffect() {
            live();
            call.tookEffect();
        }

        @Override
        public void noEffect() {
            live();
            call.noEffect();
        }
    }
}
