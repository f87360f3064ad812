package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a record says was done, to be undone.
 *
 * @param service the load balancer
 * @param entries in the order in which they were written
 * @param force whether to undo even what somebody has changed since
 * @param refresh whether to make it live
 */
public record Rollback(String service, List<RecordedEntry> entries, boolean force, boolean refresh) {
    private static final Set<String> MOVES = Set.of("move-failover", "park-failover");

    public Rollback {
        entries = List.copyOf(entries);
    }

    /**
     * What undoes these entries, all of one load balancer.
     *
     * @throws IplbException when they are of several, or have changed nothing
     */
    public static Rollback of(List<RecordedEntry> entries, boolean force, boolean refresh) {
        List<RecordedEntry> effective =
                entries.stream().filter(Rollback::hadEffect).toList();
        List<String> services = services(effective.stream().filter(entry -> !isMove(entry)));
        if (services.isEmpty()) {
            services = services(effective.stream());
        }
        if (services.size() != 1) {
            throw refused(
                    services.isEmpty()
                            ? "nothing in the record has changed anything"
                            : "the record is about several load balancers (%s): choose the entries of one"
                                    .formatted(String.join(", ", services)));
        }
        return new Rollback(services.get(0), entries, force, refresh);
    }

    /**
     * What undoes what a record says of this load balancer, addresses that came from it included.
     *
     * @throws IplbException when it has changed nothing
     */
    public static Rollback of(String service, List<RecordedEntry> record, boolean force, boolean refresh) {
        List<RecordedEntry> about = about(service, record);
        if (about.stream().noneMatch(Rollback::hadEffect)) {
            throw refused("nothing in the record has changed anything of " + service);
        }
        return new Rollback(service, about, force, refresh);
    }

    /**
     * Entries of a record by their ids; all of them where none is given.
     *
     * @param parameter what the ids were given as
     * @throws InvalidInput for an id that none of them has
     */
    public static List<RecordedEntry> chosen(List<RecordedEntry> record, List<String> ids, String parameter) {
        List<String> known = record.stream().map(RecordedEntry::id).toList();
        for (String id : ids) {
            if (!known.contains(id)) {
                throw new InvalidInput(
                        parameter,
                        id,
                        "an entry of the record: "
                                + record.stream()
                                        .map(entry -> "%s (%s)".formatted(entry.id(), entry.headline()))
                                        .collect(Collectors.joining(", ")));
            }
        }
        return ids.isEmpty()
                ? record
                : record.stream().filter(entry -> ids.contains(entry.id())).toList();
    }

    /** The load balancers; of an address that was moved, the one that has lost it, where it is one. */
    private static List<String> services(Stream<RecordedEntry> entries) {
        return entries.map(entry -> {
                    String lost = entry.before().path("routedTo").asText();
                    return isMove(entry) && ServiceName.isUsual(lost) && !ServiceName.isUsual(entry.service())
                            ? lost
                            : entry.service();
                })
                .distinct()
                .toList();
    }

    /** Those of a record that are about this load balancer: addresses that came from it, too. */
    static List<RecordedEntry> about(String service, List<RecordedEntry> record) {
        return record.stream()
                .filter(entry -> service.equals(entry.service())
                        || isMove(entry)
                                && service.equals(
                                        entry.before().path("routedTo").asText()))
                .toList();
    }

    /** Those that have made a difference to objects, or may have. */
    List<RecordedEntry> effective() {
        return entries.stream().filter(Rollback::hadEffect).toList();
    }

    /**
     * What it takes.
     *
     * @param ended makes of an entry without a good end one that has it, by a look
     * @throws IplbException for what cannot be undone, naming it
     */
    Operation.Configuring inverse(UnaryOperator<RecordedEntry> ended) {
        List<RecordedEntry> whole = entries.stream()
                .map(entry -> hadEffect(entry) && entry.result().isNull() ? ended.apply(entry) : entry)
                .collect(Collectors.toUnmodifiableList());
        return new Inverse(new Rollback(service, whole, force, refresh)).configuring();
    }

    static boolean hadEffect(RecordedEntry entry) {
        return !entry.operation().equals(RefreshRequest.OPERATION)
                && (entry.calls().stream().anyMatch(RecordedCall::hadEffect)
                        || !entry.unsettled().isEmpty());
    }

    static boolean isMove(RecordedEntry entry) {
        return MOVES.contains(entry.operation());
    }

    static String where(RecordedEntry entry) {
        return "entry " + entry.id();
    }

    static String said(RecordedEntry entry) {
        return "%s (%s)".formatted(where(entry), entry.headline());
    }

    static IplbException refused(String why) {
        return new IplbException(FailureKind.REFUSED, why);
    }
}
