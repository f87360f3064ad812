package io.jenkins.plugins.iplb.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.ApiReply;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Deadline;
import io.jenkins.plugins.iplb.ovh.Delivery;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.EntryHeader;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.record.RecordedError;
import io.jenkins.plugins.iplb.record.RecordedTask;
import io.jenkins.plugins.iplb.record.TaskKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One operation from its wish to its end. Its entry in the record begins with its first write: a run that finds
 * everything as it should be leaves none. A run of an id that the record knows goes on with that entry. Nobody else
 * writes it.
 */
public final class Run {
    private final EntryHeader header;
    private final Journal journal;
    private final CallObserver watcher;
    private final OvhSession ovh;
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private volatile About about;
    private volatile JsonNode before;
    private volatile List<Difference> diff = List.of();
    private volatile RecordedEntry entry;
    private volatile RecordedEntry earlier;
    private volatile boolean madeDifference;
    private volatile boolean stopped;
    private volatile Runnable stopWaiting = () -> {};

    /** @param watcher sees every call too, after it was written down */
    public Run(EntryHeader header, OvhClient client, Journal journal, Deadline deadline, CallObserver watcher) {
        this.header = header;
        this.journal = journal;
        this.watcher = watcher;
        this.ovh = client.session(new Trail(), deadline);
    }

    /**
     * Looks for what an earlier run of this id has left in the record.
     *
     * @return its report, when it came to its end
     * @throws IplbException as it ended, when it came to a bad one
     */
    public Optional<Report> resume() {
        Optional<RecordedEntry> found = journal.find(header.id());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        earlier = found.get();
        about = earlier.about();
        before = earlier.before().isNull() && earlier.diff().isEmpty() ? null : earlier.before();
        diff = earlier.diff();
        madeDifference = earlier.calls().stream().anyMatch(RecordedCall::hadEffect);
        if (earlier.open()) {
            entry = earlier;
            return Optional.empty();
        }
        if (earlier.error() != null) {
            throw Report.failure(earlier.error());
        }
        return Optional.of(new Report(
                header.operation(),
                header.service(),
                Optional.ofNullable(about),
                earlier.outcome() == Outcome.CHANGED,
                (ObjectNode) earlier.result(),
                diff,
                0,
                0,
                Optional.of(header.id())));
    }

    public EntryHeader header() {
        return header;
    }

    /** What an earlier run of this id has left in the record, if this one goes on with it. */
    public Optional<RecordedEntry> earlier() {
        return Optional.ofNullable(earlier);
    }

    /** What is on record about its load balancer, as far as its journal knows. */
    public List<RecordedEntry> known() {
        String endpoint = header.endpoint().toString();
        return journal.known(header.service()).stream()
                .filter(entry -> endpoint.equals(entry.endpoint()))
                .toList();
    }

    /** Sends no further call, and calls off the wait. What is on its way is not held back. */
    public void stop() {
        stopped = true;
        stopWaiting.run();
    }

    /** What calls off the wait that has begun. */
    public void waiting(Runnable callOff) {
        stopWaiting = callOff;
        if (stopped) {
            callOff.run();
        }
    }

    /** The calls of this run. */
    public OvhSession ovh() {
        return ovh;
    }

    public Deadline deadline() {
        return ovh.deadline();
    }

    /**
     * What was found and what is to become of it; in the record from the first write on. What an earlier run of this id
     * has found stays.
     *
     * @param subject what it is about
     */
    public void planned(About subject, JsonNode found, List<Difference> differences) {
        if (entry != null && before != null) {
            about(subject);
            return;
        }
        about = subject;
        before = found;
        diff = List.copyOf(differences);
        if (entry != null) {
            write(open -> open.withPlan(subject, found, diff));
        }
    }

    /** What was to be made was found after all, made by somebody else at the same moment: it is not this run's. */
    public void foundInstead(About subject, JsonNode found, List<Difference> differences) {
        about = subject;
        before = found;
        diff = List.copyOf(differences);
        write(open -> open.withPlan(subject, found, diff));
    }

    /** As {@link #planned}, of a run that may send nothing itself: in the record from now on. */
    public void begin(About subject, JsonNode found) {
        planned(subject, found, List.of());
        write(open -> open);
    }

    /** How far it has come, for who goes on with it: on disk when this returns. */
    public void reach(ObjectNode soFar) {
        write(open -> open.withResult(soFar));
    }

    /** What it is about, as long as nothing is planned. What an earlier run of this id has found stays. */
    public void about(About subject) {
        about = about == null ? subject : about;
    }

    /** A task of OVH as it is seen now. @param zones the zones it concerns; empty for a task that has none */
    public void taskSeen(TaskKind kind, long id, List<String> zones, String status) {
        write(open -> open.withTask(task(open, kind, id, zones, status)));
    }

    /** As {@link #taskSeen}, for the last time: the task is over, well or not. */
    public void taskEnded(TaskKind kind, long id, List<String> zones, String status) {
        write(open -> open.withTask(task(open, kind, id, zones, status).ended(now())));
    }

    private RecordedTask task(RecordedEntry open, TaskKind kind, long id, List<String> zones, String status) {
        return open.task(kind, id)
                .map(known -> known.seen(zones, status))
                .orElseGet(() -> new RecordedTask(kind, id, zones, status, now(), null));
    }

    /** Writes an event into the entry, which begins now if it has not yet. @return the entry with it */
    private synchronized RecordedEntry write(UnaryOperator<RecordedEntry> event) {
        store(event.apply(entry == null ? begun() : entry));
        return entry;
    }

    private RecordedEntry begun() {
        RecordedEntry begun = RecordedEntry.begun(header, now()).withAbout(about);
        return before == null && diff.isEmpty() ? begun : begun.withPlan(about, before, diff);
    }

    /** What could not be written has not happened. */
    private void store(RecordedEntry next) {
        journal.write(next);
        entry = next;
    }

    private Instant now() {
        return journal.tick(deadline().clock().instant());
    }

    /** Whether there are writes of which nobody knows whether they had their effect. */
    public boolean hasLostCalls() {
        return entry != null && !entry.unsettled().isEmpty();
    }

    /** Says of all writes whose answer was lost whether they had their effect. */
    public void settle(boolean tookEffect) {
        settle(tookEffect, call -> true);
    }

    /** Says of each write whose answer was lost whether it had its effect. */
    public void settle(Predicate<RecordedCall> tookEffect) {
        settle(true, tookEffect);
        settle(false);
    }

    private synchronized void settle(boolean tookEffect, Predicate<RecordedCall> which) {
        if (hasLostCalls() && entry.unsettled().stream().anyMatch(which)) {
            write(open -> open.withSettled(which, tookEffect, now()));
            madeDifference |= tookEffect;
        }
    }

    /**
     * Ends the run well.
     *
     * @param changed whether this run made a difference
     * @param after what it is about, as it is now
     */
    public Report finish(boolean changed, JsonNode after, ObjectNode result) {
        boolean difference = changed || madeDifference;
        if (entry != null) {
            Outcome outcome = difference ? Outcome.CHANGED : Outcome.UNCHANGED;
            write(open -> open.withAfter(after).ended(outcome, result, null, now()));
        }
        return report(difference, result);
    }

    /** What a run that was to change nothing has to say. @param changed whether it would make a difference */
    public Report report(boolean changed, ObjectNode result) {
        return new Report(
                header.operation(),
                header.service(),
                Optional.ofNullable(about),
                changed,
                result,
                diff,
                reads.get(),
                writes.get(),
                Optional.ofNullable(entry).map(RecordedEntry::id));
    }

    /** Ends the run badly. @return what to throw */
    public RuntimeException fail(RuntimeException failure) {
        RuntimeException why = stopped ? new Stopped(failure) : failure;
        if (entry != null) {
            write(open -> open.ended(outcome(why), null, recorded(why), now()));
        }
        return why;
    }

    private static Outcome outcome(RuntimeException failure) {
        if (failure instanceof Stopped) {
            return Outcome.ABORTED;
        }
        boolean late = failure instanceof IplbException e && e.kind() == FailureKind.TIMEOUT;
        return late ? Outcome.TIMED_OUT : Outcome.FAILED;
    }

    private static RecordedError recorded(RuntimeException failure) {
        if (failure instanceof Stopped) {
            return new RecordedError("aborted", failure.getMessage(), null, null, null);
        }
        return failure instanceof IplbException e
                ? Report.error(e)
                : new RecordedError("internal", failure.toString(), null, null, null);
    }

    /** Writes each call down before it is sent, and what became of it after. */
    private final class Trail implements CallObserver {
        @Override
        public void waiting(ApiCall call, int perMinute, Duration about) {
            watcher.waiting(call, perMinute, about);
        }

        @Override
        public void reading(ApiCall call) {
            mustGoOn(call);
            reads.incrementAndGet();
            watcher.reading(call);
        }

        @Override
        public Sent writing(ApiCall call) {
            mustGoOn(call);
            JsonNode body = call.shownBody().map(Fields::json).orElse(null);
            RecordedEntry written =
                    write(open -> open.withCall(RecordedCall.sent(call.method().name(), call.pathText(), body, now())));
            int place = written.calls().size() - 1;
            writes.incrementAndGet();
            Sent watched = watcher.writing(call);
            return new Sent() {
                @Override
                public void succeeded(ApiReply reply) {
                    write(open -> open.withAnswer(place, sent -> done(sent, call, reply)));
                    watched.succeeded(reply);
                }

                @Override
                public void failed(OvhException failure) {
                    write(open -> open.withAnswer(place, sent -> verdict(sent, failure)));
                    watched.failed(failure);
                }
            };
        }

        private RecordedCall done(RecordedCall sent, ApiCall call, ApiReply reply) {
            Long startedTask = call.task()
                    .map(reply.body()::path)
                    .filter(JsonNode::isIntegralNumber)
                    .map(JsonNode::longValue)
                    .orElse(null);
            return sent.done(
                    reply.status(), reply.queryId().orElse(null), reply.date().orElse(null), startedTask, now());
        }

        private RecordedCall verdict(RecordedCall sent, OvhException failure) {
            String why = failure.getMessage();
            if (failure.delivery() == Delivery.NOT_SENT) {
                return sent.notSent(why);
            }
            String queryId = failure.queryId().orElse(null);
            if (failure.status().isEmpty()) {
                return sent.lost(null, queryId, why, null);
            }
            int status = failure.status().getAsInt();
            return failure.delivery() == Delivery.REFUSED
                    ? sent.refused(status, queryId, why, now())
                    : sent.lost(status, queryId, why, now());
        }

        private void mustGoOn(ApiCall call) {
            if (stopped) {
                throw new Stopped(null);
            }
            watcher.wanted(call);
        }

        @Override
        public void settled(ApiCall call, boolean tookEffect) {
            settle(
                    tookEffect,
                    lost -> lost.method().equals(call.method().name())
                            && lost.path().equals(call.pathText()));
            watcher.settled(call, tookEffect);
        }
    }
}
