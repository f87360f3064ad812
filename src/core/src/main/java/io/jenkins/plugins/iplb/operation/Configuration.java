package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Refreshes;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.change.Changes;
import io.jenkins.plugins.iplb.change.IdsToCome;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.ovh.SideBySide;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Stage;
import io.jenkins.plugins.iplb.record.Subject;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.run.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The changes of a whole configuration. All of them are planned before the first is carried out, each as if those before it
 * were done, so that what a dry run shows is what is sent. Then those that need nothing of each other go side by side. What
 * is staged is made live by one refresh, and what is in use until then goes after it. Additional IPs come before everything
 * else: when they are there, all is planned again, since others may have had their turns meanwhile.
 */
public final class Configuration {
    /** What a report has the changes under: those that there are, with what they are about, their differences and calls. */
    public static final String CHANGES = "changes";

    /** How many of them there are of each kind, and how many wishes were true already. */
    public static final String COUNTS = "counts";

    /** In what an entry says of who asked: the id of the entry that it undoes. */
    private static final String UNDOES = "undoes";

    /** What the counts have the same under for each kind of object of which there are some. */
    public static final String KINDS = "kinds";

    /** What changes are counted by. */
    static final List<Effect> EFFECTS = List.of(Effect.ADDED, Effect.CHANGED, Effect.REMOVED, Effect.MOVED);

    private final Operations operations;
    private final Run whole;
    private final Operation.Configuring wanted;
    private final Options options;
    private final Snapshot snapshot;
    private final IdsToCome ids = new IdsToCome();
    private final List<PlannedWish> arrived;

    Configuration(Operations operations, Run whole, Operation.Configuring wanted, Options options) {
        this(operations, whole, wanted, options, List.of());
    }

    /** @param arrived what is done of it */
    private Configuration(
            Operations operations,
            Run whole,
            Operation.Configuring wanted,
            Options options,
            List<PlannedWish> arrived) {
        this.operations = operations;
        this.whole = whole;
        this.wanted = wanted;
        this.options = options;
        this.snapshot = new Snapshot(whole.ovh(), wanted.service());
        this.arrived = arrived;
    }

    CompletableFuture<Report> carriedOut() {
        List<PlannedWish> planned = planned();
        JsonNode changes = json(planned, Stage.PLANNED);
        wanted.approved()
                .map(approved -> new Approval(wanted.service(), approved))
                .ifPresent(approval -> agreed(approval, changes));
        List<PlannedWish> last = underWay(planned, Phase.LAST);
        if (options.check()) {
            return refreshed(planned).thenApply(refresh -> report(planned, refresh));
        }
        if (!last.isEmpty() && !wanted.refresh() && !wanted.undoes()) {
            throw at(last.get(0).where(), needsRefresh());
        }
        whole.waiting(() -> planned.forEach(PlannedWish::stop));
        List<PlannedWish> first = underWay(planned, Phase.FIRST);
        if (arrived.isEmpty() && !first.isEmpty()) {
            return inTurn(
                    carryOut(first), () -> new Configuration(operations, whole, wanted, options, first).carriedOut());
        }
        CompletableFuture<List<Report>> live =
                carryOut(underWay(planned, Phase.STAGED)).thenCompose(staged -> refreshed(planned));
        return (last.isEmpty()
                        ? live
                        : inTurn(
                                live,
                                () -> carryOut(last)
                                        .thenCompose(gone -> live)
                                        .thenCompose(refreshes -> refreshedAgain(last, refreshes))))
                .thenApply(refreshes -> report(planned, refreshes));
    }

    /** What it would take, as {@link #CHANGES} has it: reads only. */
    JsonNode changes() {
        return json(planned(), Stage.PLANNED);
    }

    private static InvalidInput needsRefresh() {
        return new InvalidInput("refresh", false, "true: what goes is in use until what takes its place is live");
    }

    private <T> CompletableFuture<T> inTurn(CompletableFuture<?> before, Supplier<CompletableFuture<T>> next) {
        return before.thenComposeAsync(done -> next.get(), operations.turns(wanted.service()));
    }

    private List<PlannedWish> underWay(List<PlannedWish> planned, Set<Phase> phases) {
        return planned.stream()
                .filter(each -> phases.contains(phase(each)))
                .filter(PlannedWish::isUnderWay)
                .toList();
    }

    private Phase phase(PlannedWish planned) {
        return Phase.of(planned.change(), wanted.service());
    }

    /** What an earlier life of this one has begun is not as it was planned any more, and is gone on with. */
    private void agreed(Approval approval, JsonNode now) {
        if (approval.parts().anyMatch(part -> operations.isKnown(options.part(part)))) {
            approval.mustCover(now);
        } else {
            approval.mustBe(now);
        }
    }

    private static ArrayNode json(List<PlannedWish> planned, Stage stage) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        planned.stream().filter(PlannedWish::changes).forEach(each -> changes.add(each.json(stage)));
        return changes;
    }

    private List<PlannedWish> planned() {
        List<Wish> all = new ArrayList<>(wanted.wishes());
        Changes reading = new Changes(whole.ovh(), snapshot);
        reading.readAhead(all.stream().map(Wish::change).toList());
        wanted.others()
                .forEach(others -> reading.removals(others).forEach(removal -> all.add(Wish.of(removal, "exact"))));
        List<PlannedWish> planned = new ArrayList<>();
        all.stream()
                .distinct()
                .sorted(Phase.order(wanted.service()))
                .forEach(wish -> planned.add(placed(wish.where(), () -> planned(wish))));
        planned.stream().filter(PlannedWish::changes).forEach(each -> placed(each.where(), each::checked));
        return planned;
    }

    private PlannedWish planned(Wish wish) {
        Operation.OnLoadBalancer operation = Operation.of(wish.change());
        Options part = options.part(operation.name() + operation.wanted().json());
        Run run = operations.begunPart(
                operation,
                wish.left().map(left -> part.and(UNDOES, left.entry())).orElse(part));
        return PlannedWish.of(wish, run, new Changes(whole.ovh(), snapshot), ids);
    }

    private static <T> T placed(String where, Supplier<T> planning) {
        try {
            return planning.get();
        } catch (IplbException e) {
            throw at(where, e);
        }
    }

    /** What OVH refuses has nothing to do with where it was asked for. */
    private static IplbException at(String where, IplbException failure) {
        return failure instanceof OvhException
                ? failure
                : new IplbException(failure.kind(), where + ": " + failure.getMessage(), failure);
    }

    /** Each phase begins when the one before it has sent its calls. @return when OVH is through with all of them */
    private CompletableFuture<Void> carryOut(List<PlannedWish> some) {
        TreeMap<Phase, List<PlannedWish>> phases = some.stream()
                .collect(Collectors.groupingBy(
                        each -> Phase.beside(each.change(), wanted.service()), TreeMap::new, Collectors.toList()));
        Queue<CompletableFuture<Void>> settled = new ConcurrentLinkedQueue<>();
        SideBySide.with(workers -> phases.values().forEach(phase -> carryOut(phase, workers, settled)));
        return CompletableFuture.allOf(settled.toArray(CompletableFuture[]::new));
    }

    /** All that a phase makes is there before others are looked for who have made the same: so each list is read once. */
    private void carryOut(List<PlannedWish> phase, Executor workers, Queue<CompletableFuture<Void>> settled) {
        List<Throwable> failures = made(phase, workers);
        Collection<List<PlannedWish>> lists = grouped(
                phase.stream().filter(each -> each.collection().isPresent()),
                each -> each.collection().get());
        failures.addAll(sideBySide(lists, this::giveWay, workers));
        failures.addAll(sideBySide(phase, each -> settled.add(finished(each)), workers));
        if (!failures.isEmpty()) {
            throw failures.get(0) instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(failures.get(0));
        }
    }

    /**
     * In a row one begins when the one before it has, and does not wait for what that one makes besides; the longest row first.
     *
     * @return what has failed
     */
    private List<Throwable> made(List<PlannedWish> phase, Executor workers) {
        Queue<CompletableFuture<Void>> begun = new ConcurrentLinkedQueue<>();
        Consumer<PlannedWish> begin = each -> {
            each.begin(ids);
            begun.add(CompletableFuture.runAsync(each::make, workers));
        };
        List<List<PlannedWish>> rows = grouped(phase.stream(), PlannedWish::row).stream()
                .sorted(Comparator.comparing(List::size, Comparator.reverseOrder()))
                .toList();
        List<Throwable> failures = sideBySide(rows, row -> row.forEach(begin), workers);
        failures.addAll(failures(begun));
        return failures;
    }

    private static Collection<List<PlannedWish>> grouped(Stream<PlannedWish> some, Function<PlannedWish, Object> by) {
        return some.collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    /** All of it comes to an end, whatever becomes of one. @return what has failed */
    private static <T> List<Throwable> sideBySide(Collection<T> some, Consumer<T> work, Executor workers) {
        return failures(some.stream()
                .map(each -> CompletableFuture.runAsync(() -> work.accept(each), workers))
                .toList());
    }

    private static List<Throwable> failures(Collection<CompletableFuture<Void>> all) {
        List<Throwable> failures = new ArrayList<>();
        all.forEach(each -> each.handle((done, failure) -> failure == null || failures.add(failure.getCause()))
                .join());
        return failures;
    }

    /** @param made all in one list */
    private void giveWay(List<PlannedWish> made) {
        Snapshot now = new Snapshot(whole.ovh(), wanted.service());
        List<RuntimeException> failures = new ArrayList<>();
        made.forEach(each -> {
            try {
                each.giveWay(now);
            } catch (CompletionException e) {
                failures.add(e);
            }
        });
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    private CompletableFuture<Void> finished(PlannedWish wish) {
        return wish.finish(ids, (run, result) -> operations.settled(wish.change(), run, result, options.progress()));
    }

    /** What is pending is made live, whoever staged it: an earlier life of this one may have. */
    private CompletableFuture<List<Report>> refreshed(List<PlannedWish> planned) {
        boolean changes = planned.stream().anyMatch(PlannedWish::changes);
        if (!wanted.refresh() || options.check() && !changes) {
            return CompletableFuture.completedFuture(List.of());
        }
        boolean force = options.check()
                || planned.stream()
                        .filter(each -> !Phase.LAST.contains(phase(each)))
                        .anyMatch(PlannedWish::mayBePendingUncounted);
        Operation.Refreshing refresh = refresh(force);
        Options part = options.part(refresh.name());
        return options.check()
                ? CompletableFuture.completedFuture(List.of(operations.planned(refresh, snapshot, part)))
                : operations.runPart(refresh, part).thenApply(List::of);
    }

    /** What goes after the refresh may be live until the next one. */
    private CompletableFuture<List<Report>> refreshedAgain(List<PlannedWish> gone, List<Report> refreshes) {
        if (refreshes.isEmpty() || gone.stream().noneMatch(PlannedWish::mayBePendingUncounted)) {
            return CompletableFuture.completedFuture(refreshes);
        }
        Operation.Refreshing refresh = refresh(true);
        return operations
                .runPart(refresh, options.part(refresh.name() + " again"))
                .thenApply(again -> List.of(refreshes.get(0), again));
    }

    private Operation.Refreshing refresh(boolean force) {
        return new Operation.Refreshing(new RefreshRequest(wanted.service(), List.of(), force, true));
    }

    private Report report(List<PlannedWish> left, List<Report> refreshes) {
        List<PlannedWish> planned = Stream.concat(
                        arrived.stream(), left.stream().filter(each -> !arrivedBefore(each)))
                .toList();
        List<PlannedWish> changed =
                planned.stream().filter(PlannedWish::changes).toList();
        List<String> warnings = Stream.concat(
                        planned.stream().flatMap(each -> each.warnings().stream()),
                        refreshes.stream().flatMap(each -> texts(each.result().path("warnings"))))
                .distinct()
                .toList();
        ObjectNode result = Fields.none()
                .with(CHANGES, json(planned, options.check() ? Stage.PLANNED : Stage.DONE))
                .with(COUNTS, counts(planned, changed))
                .with("hash", Approval.hash(json(planned, Stage.PLANNED)))
                .withPresent("refresh", refreshes.stream().findFirst().map(Report::result))
                .withPresent("pending", pending())
                .json();
        return new Report(
                wanted.name(),
                wanted.service(),
                Optional.of(new About(Effect.CHANGED, Subject.of(Kind.LOAD_BALANCER, wanted.service()))),
                !changed.isEmpty()
                        || !options.check()
                                && (planned.stream().anyMatch(PlannedWish::hasChanged)
                                        || refreshes.stream().anyMatch(Report::changed)),
                Operations.with(warnings, result),
                changed.stream().flatMap(PlannedWish::differences).toList(),
                whole.report(false, result).reads()
                        + planned.stream().mapToInt(PlannedWish::reads).sum()
                        + refreshes.stream().mapToInt(Report::reads).sum(),
                planned.stream().mapToInt(PlannedWish::writes).sum()
                        + refreshes.stream().mapToInt(Report::writes).sum(),
                changed.stream().flatMap(each -> each.entry().stream()).findFirst());
    }

    private boolean arrivedBefore(PlannedWish wish) {
        return arrived.stream().anyMatch(each -> each.change().equals(wish.change()));
    }

    /** What OVH counts where something was undone, and not made live: it may be more than there was before. */
    private Optional<List<PendingChange>> pending() {
        return wanted.refresh() || options.check() || !wanted.undoes()
                ? Optional.empty()
                : Optional.of(new Refreshes(whole.ovh(), wanted.service()).pending());
    }

    private static ObjectNode counts(List<PlannedWish> planned, List<PlannedWish> changed) {
        return byEffect(changed)
                .with(Effect.UNCHANGED.code(), planned.size() - changed.size())
                .with(
                        KINDS,
                        changed.stream()
                                .collect(Collectors.groupingBy(
                                        each -> each.kind().code(),
                                        TreeMap::new,
                                        Collectors.collectingAndThen(
                                                Collectors.toList(),
                                                some -> byEffect(some).json()))))
                .json();
    }

    private static Fields byEffect(List<PlannedWish> changed) {
        Fields counts = Fields.none();
        for (Effect effect : EFFECTS) {
            counts = counts.with(
                    effect.code(),
                    changed.stream().filter(each -> each.effect() == effect).count());
        }
        return counts;
    }

    private static Stream<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts.stream();
    }
}
