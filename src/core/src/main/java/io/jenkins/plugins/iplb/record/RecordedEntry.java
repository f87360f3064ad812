package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One entry of a record: what an operation wanted, what it sent, and what became of it. Field by field what {@code
 * iplb-changes-1.schema.json} says; a JSON value that is not there yet is JSON null, a list that is not there is empty.
 *
 * <p>An entry is immutable: each event makes another one of it, and JSON values are shared and never altered. One that
 * has ended takes no further event, which is an {@link IllegalStateException}.
 *
 * @param service the service name, or {@code null}
 * @param endedAt {@code null} while the entry is open
 * @param about {@code null} until that was looked up, and in entries of the first releases
 * @param error {@code null} unless it went wrong
 */
public record RecordedEntry(
        String id,
        String operation,
        String service,
        String endpoint,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> by,
        Instant startedAt,
        Instant endedAt,
        Outcome outcome,
        JsonNode wanted,
        @JsonInclude(JsonInclude.Include.NON_NULL) About about,
        JsonNode before,
        JsonNode after,
        List<Difference> diff,
        List<RecordedCall> calls,
        List<RecordedTask> tasks,
        JsonNode result,
        RecordedError error) {
    public RecordedEntry {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(outcome, "outcome");
        by = by == null ? Map.of() : Map.copyOf(by);
        wanted = Objects.requireNonNullElse(wanted, NullNode.instance);
        before = Objects.requireNonNullElse(before, NullNode.instance);
        after = Objects.requireNonNullElse(after, NullNode.instance);
        diff = diff == null ? List.of() : List.copyOf(diff);
        calls = calls == null ? List.of() : List.copyOf(calls);
        tasks = tasks == null ? List.of() : List.copyOf(tasks);
        result = Objects.requireNonNullElse(result, NullNode.instance);
    }

    public static RecordedEntry begun(EntryHeader header, Instant now) {
        return new RecordedEntry(
                header.id(),
                header.operation(),
                header.service(),
                header.endpoint().toString(),
                header.by(),
                now,
                null,
                Outcome.IN_PROGRESS,
                header.wanted(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** What it is about. */
    public RecordedEntry withAbout(About subject) {
        return with(subject, before, after, diff, calls, tasks);
    }

    /**
     * What was found, and what the plan makes different.
     *
     * @param subject what the plan is about
     * @param found the objects concerned as they were read, before anything was sent
     * @param differences one by one; empty when there is nothing to do
     */
    public RecordedEntry withPlan(About subject, JsonNode found, List<Difference> differences) {
        return with(subject, found, after, differences, calls, tasks);
    }

    /** One more call: it is written down before it is sent. */
    public RecordedEntry withCall(RecordedCall sent) {
        return with(about, before, after, diff, plus(calls, sent), tasks);
    }

    /** What became of a call. @param index of the call in {@link #calls} */
    public RecordedEntry withAnswer(int index, UnaryOperator<RecordedCall> verdict) {
        return with(about, before, after, diff, replaced(calls, index, verdict.apply(calls.get(index))), tasks);
    }

    /** What became of those calls of which nobody knew whether they took effect. */
    public RecordedEntry withSettled(Predicate<RecordedCall> which, boolean tookEffect, Instant now) {
        return with(
                about,
                before,
                after,
                diff,
                calls.stream()
                        .map(call -> call.isUnsettled() && which.test(call) ? call.settled(tookEffect, now) : call)
                        .toList(),
                tasks);
    }

    /** A task of OVH as it is seen now: one more, or the same as another one of that kind and id. */
    public RecordedEntry withTask(RecordedTask seen) {
        for (int i = 0; i < tasks.size(); i++) {
            if (tasks.get(i).is(seen.kind(), seen.id())) {
                return with(about, before, after, diff, calls, replaced(tasks, i, seen));
            }
        }
        return with(about, before, after, diff, calls, plus(tasks, seen));
    }

    /** The objects concerned as they are once the calls were made. */
    public RecordedEntry withAfter(JsonNode now) {
        return with(about, before, now, diff, calls, tasks);
    }

    /** How far an operation has come that consists of others. */
    public RecordedEntry withResult(JsonNode soFar) {
        mustBeOpen();
        return new RecordedEntry(
                id, operation, service, endpoint, by, startedAt, null, outcome, wanted, about, before, after, diff,
                calls, tasks, soFar, error);
    }

    /**
     * The entry at its end.
     *
     * @param ending any but {@link Outcome#IN_PROGRESS}
     * @param answer what the caller gets to see, such as the ids of what was created; or {@code null}
     * @param why unless the outcome is {@link Outcome#CHANGED} or {@link Outcome#UNCHANGED}; else {@code null}
     */
    public RecordedEntry ended(Outcome ending, JsonNode answer, RecordedError why, Instant now) {
        mustBeOpen();
        if (ending == Outcome.IN_PROGRESS) {
            throw new IllegalArgumentException("An entry cannot end in progress");
        }
        return new RecordedEntry(
                id, operation, service, endpoint, by, startedAt, now, ending, wanted, about, before, after, diff, calls,
                tasks, answer, why);
    }

    /**
     * What an entry tells that did not come to a good end, when it is looked at: as if it had ended with what is there.
     *
     * @param now the objects concerned, as they are
     * @param ids of what is there
     */
    public RecordedEntry found(JsonNode now, JsonNode ids) {
        return new RecordedEntry(
                id, operation, service, endpoint, by, startedAt, endedAt, outcome, wanted, about, before, now, diff,
                calls, tasks, ids, error);
    }

    /**
     * What it says of one of several objects that it is about.
     *
     * @param was that object as it was found
     * @param is the same as it was left
     * @param ids of it
     */
    public RecordedEntry about(JsonNode was, JsonNode is, JsonNode ids) {
        return new RecordedEntry(
                id, operation, service, endpoint, by, startedAt, endedAt, outcome, wanted, about, was, is, diff, calls,
                tasks, ids, error);
    }

    /** The entry at its end, after whoever wrote it went down and nobody goes on with it. */
    public RecordedEntry cutOff(Instant now) {
        return ended(Outcome.ABORTED, null, RecordedError.cutOff(), now);
    }

    /** Whether it ended so. */
    public boolean wasCutOff() {
        return error != null && error.kind().equals(RecordedError.CUT_OFF);
    }

    /**
     * What it did, or was to do, in a sentence without its full stop: {@code Route http2 added to frontend https}, {@code
     * Adding route http2 to frontend https: failed}.
     */
    public String headline() {
        String sentence = about == null ? operation : about.sentence(stage());
        return about == null || stage() == Stage.BEGUN ? sentence + ": " + outcome.code() : sentence;
    }

    /** How far it has come. */
    public Stage stage() {
        return switch (outcome) {
            case CHANGED -> Stage.DONE;
            case UNCHANGED -> Stage.NOTHING_TO_DO;
            case IN_PROGRESS, FAILED, TIMED_OUT, ABORTED -> Stage.BEGUN;
        };
    }

    /** Whether it has not ended: it is under way, or whoever wrote it crashed. */
    public boolean open() {
        return outcome == Outcome.IN_PROGRESS;
    }

    /** The last moment that it tells of by the recorder's clock. */
    public Instant lastMoment() {
        return Stream.of(
                        Stream.of(startedAt, endedAt),
                        calls.stream().flatMap(call -> Stream.of(call.sentAt(), call.answeredAt(), call.settledAt())),
                        tasks.stream().flatMap(task -> Stream.of(task.startedAt(), task.endedAt())))
                .flatMap(Function.identity())
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    /** The calls of which nobody knows yet whether they took effect, oldest first. */
    public List<RecordedCall> unsettled() {
        return calls.stream().filter(RecordedCall::isUnsettled).toList();
    }

    /** The task of that kind and id as it was last seen. */
    public Optional<RecordedTask> task(TaskKind kind, long taskId) {
        return tasks.stream().filter(task -> task.is(kind, taskId)).findFirst();
    }

    /** What is short of it, whatever it has done. */
    RecordedEntry brief() {
        return new RecordedEntry(
                id, operation, service, endpoint, by, startedAt, endedAt, outcome, null, about, null, null, null, null,
                null, null, error);
    }

    private RecordedEntry with(
            About subject,
            JsonNode found,
            JsonNode now,
            List<Difference> differences,
            List<RecordedCall> sent,
            List<RecordedTask> seen) {
        mustBeOpen();
        return new RecordedEntry(
                id,
                operation,
                service,
                endpoint,
                by,
                startedAt,
                null,
                outcome,
                wanted,
                subject,
                found,
                now,
                differences,
                sent,
                seen,
                result,
                error);
    }

    private void mustBeOpen() {
        if (!open()) {
            throw new IllegalStateException("The entry %s has ended: it is not altered".formatted(id));
        }
    }

    private static <T> List<T> plus(List<T> all, T one) {
        return Stream.concat(all.stream(), Stream.of(one)).toList();
    }

    private static <T> List<T> replaced(List<T> all, int index, T by) {
        List<T> replaced = new ArrayList<>(all);
        replaced.set(index, by);
        return replaced;
    }
}
