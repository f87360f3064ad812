package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One entry of a record, as it was read. Field by field what {@code iplb-changes-1.schema.json} says; a JSON value
 * that is not there yet is JSON null, a list that is not there is empty.
 *
 * @param service the service name, or {@code null}
 * @param endedAt {@code null} while the entry is open
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

    static RecordedEntry begun(Wish wish, Instant now) {
        return new RecordedEntry(
                wish.id(),
                wish.operation(),
                wish.service(),
                wish.endpoint().toString(),
                wish.by(),
                now,
                null,
                Outcome.IN_PROGRESS,
                Redaction.of(wish.wanted()),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
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

    /** The calls of which nobody knows yet whether they took effect. */
    public List<RecordedCall> unsettled() {
        return calls.stream().filter(call -> call.fate() == Fate.UNKNOWN).toList();
    }
}
