package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.change.Rerouting;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.PendingAge;
import io.jenkins.plugins.iplb.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is not as it was meant to be: by what a change file says, or by how records have left it; and what has been pending
 * for too long. It reads what is staged, and writes nothing.
 */
public final class Drift {
    /** Whether there is any: what a report has it under. */
    public static final String DRIFTED = "drifted";

    /** The objects that are not as they were meant to be. */
    public static final String DIFFERENCES = "differences";

    /** By zone. */
    public static final String PENDING = "pending";

    /** Entries of a record that did not come to their end, so that nobody knows what they have left. */
    public static final String UNCLEAR = "unclear";

    /** Whether it has been pending for too long, of a zone and of all of them. */
    public static final String OVERDUE = "overdue";

    private final Run run;
    private final Operation.Drifting asked;
    private final Snapshot lb;

    Drift(Run run, Operation.Drifting asked) {
        this.run = run;
        this.asked = asked;
        this.lb = new Snapshot(run.ovh(), asked.service());
    }

    /** From a file. @param changes that it would take, as {@link Configuration#CHANGES} has them */
    ObjectNode from(JsonNode changes) {
        List<Deviation> deviations = new ArrayList<>();
        changes.forEach(change -> deviations.add(Deviation.of(change)));
        return result(deviations, List.of());
    }

    /** From records. */
    ObjectNode from(List<RecordedEntry> entries) {
        LeftObjects left = new LeftObjects(Rollback.about(asked.service(), entries));
        return result(new LeftAndNow(run.ovh(), lb, left).deviations(), left.unclear());
    }

    private ObjectNode result(List<Deviation> deviations, List<String> unclear) {
        Instant now = run.deadline().clock().instant();
        List<PendingAge> pending = PendingAge.of(run, lb, known());
        boolean overdue = pending.stream().anyMatch(each -> isOverdue(each, now));
        return Fields.none()
                .with(DRIFTED, overdue || !deviations.isEmpty())
                .with(DIFFERENCES, deviations.stream().map(Deviation::json).toList())
                .with("counts", counts(deviations))
                .with(
                        PENDING,
                        pending.stream()
                                .map(each -> json(each, isOverdue(each, now)))
                                .toList())
                .with(OVERDUE, overdue)
                .withPresent("pendingFor", asked.pendingFor().map(Object::toString))
                .with(UNCLEAR, unclear)
                .json();
    }

    /** All that there is to explain what is pending. */
    private List<RecordedEntry> known() {
        Map<String, RecordedEntry> known = new HashMap<>();
        asked.record().stream()
                .filter(entry -> lb.service().equals(entry.service()))
                .forEach(entry -> known.put(entry.id(), entry));
        run.known().forEach(entry -> known.put(entry.id(), entry));
        return known.values().stream()
                .sorted(Comparator.comparing(RecordedEntry::startedAt))
                .toList();
    }

    private boolean isOverdue(PendingAge age, Instant now) {
        return asked.pendingFor().filter(patience -> age.isOver(patience, now)).isPresent();
    }

    private static ObjectNode json(PendingAge age, boolean overdue) {
        return Fields.none()
                .with("zone", age.zone())
                .with("number", age.number())
                .with("unexplained", age.unexplained())
                .withPresent("since", age.since().map(Object::toString))
                .with("by", age.by())
                .with(OVERDUE, overdue)
                .json();
    }

    private static ObjectNode counts(List<Deviation> deviations) {
        Map<Deviation.State, Long> counted =
                deviations.stream().collect(Collectors.groupingBy(Deviation::state, Collectors.counting()));
        Fields counts = Fields.none();
        for (Deviation.State state : Deviation.State.values()) {
            counts = counts.with(state.code(), counted.getOrDefault(state, 0L));
        }
        return counts.json();
    }

    /** What tells it from a change file. @param pendingFor for how long something may be pending; empty for however long */
    public static Operation.Drifting of(Operation.Configuring wanted, Optional<Duration> pendingFor) {
        return new Operation.Drifting(wanted.service(), Optional.of(wanted), List.of(), pendingFor);
    }

    /** What tells it from what is known of one load balancer. */
    public static Operation.Drifting of(
            String service, Endpoint endpoint, List<RecordedEntry> known, Optional<Duration> pendingFor) {
        List<RecordedEntry> there = known.stream()
                .filter(entry -> endpoint.baseUrl().toString().equals(entry.endpoint()))
                .toList();
        return new Operation.Drifting(service, Optional.empty(), there, pendingFor);
    }

    /** What tells it from records, of each load balancer that they have changed. */
    public static List<Operation.Drifting> of(List<RecordedEntry> record, Optional<Duration> pendingFor) {
        return record.stream()
                .filter(Rollback::hadEffect)
                .flatMap(Drift::loadBalancers)
                .distinct()
                .map(service -> new Operation.Drifting(service, Optional.empty(), record, pendingFor))
                .toList();
    }

    /** An address that was moved may concern two of them, or one and another service. */
    private static Stream<String> loadBalancers(RecordedEntry entry) {
        return Rollback.isMove(entry)
                ? Stream.of(
                                entry.service(),
                                entry.before().path(Rerouting.ROUTED_TO).asText())
                        .filter(ServiceName::isUsual)
                : Stream.of(entry.service());
    }
}
