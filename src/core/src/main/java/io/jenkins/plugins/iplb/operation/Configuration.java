package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.change.Changes;
import io.jenkins.plugins.iplb.change.IdsToCome;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Stage;
import io.jenkins.plugins.iplb.record.Subject;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.run.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The changes of a whole configuration. All of them are planned before the first is carried out, each as if those before it
 * were done, so that what a dry run shows is what is sent. Then those that need nothing of each other go side by side. What
 * is staged is made live by one refresh.
 */
public final class Configuration {
    /** What a report has the changes under: those that there are, with what they are about, their differences and calls. */
    public static final String CHANGES = "changes";

    /** How many of them there are of each kind, and how many wishes were true already. */
    public static final String COUNTS = "counts";

    private static final int SIDE_BY_SIDE = 8;

    private final Operations operations;
    private final Run whole;
    private final Operation.Configuring wanted;
    private final Options options;
    private final Snapshot snapshot;
    private final IdsToCome ids = new IdsToCome();

    Configuration(Operations operations, Run whole, Operation.Configuring wanted, Options options) {
        this.operations = operations;
        this.whole = whole;
        this.wanted = wanted;
        this.options = options;
        this.snapshot = new Snapshot(whole.ovh(), wanted.service());
    }

    CompletableFuture<Report> carriedOut() {
        List<PlannedWish> planned = planned();
        JsonNode changes = json(planned, Stage.PLANNED);
        wanted.approved()
                .map(approved -> new Approval(wanted.service(), approved))
                .ifPresent(approval -> agreed(approval, changes));
        if (!options.check()) {
            carryOut(planned);
        }
        return refreshed(planned).thenApply(refresh -> report(planned, Approval.hash(changes), refresh));
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
        wanted.others()
                .forEach(others -> reading.removals(others).forEach(removal -> all.add(Wish.of(removal, "exact"))));
        List<PlannedWish> planned = new ArrayList<>();
        all.stream()
                .distinct()
                .sorted(Phase.ORDER)
                .forEach(wish -> planned.add(placed(wish.where(), () -> planned(wish))));
        planned.stream().filter(PlannedWish::changes).forEach(each -> placed(each.where(), each::checked));
        return planned;
    }

    private PlannedWish planned(Wish wish) {
        Operation.OnLoadBalancer operation = Operation.of(wish.change());
        Run run = operations.begunPart(
                operation, options.part(operation.name() + operation.wanted().json()));
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

    /** Each phase begins when the one before it is over. */
    private void carryOut(List<PlannedWish> planned) {
        TreeMap<Phase, List<PlannedWish>> phases = new TreeMap<>();
        planned.stream()
                .filter(PlannedWish::isUnderWay)
                .forEach(each -> phases.computeIfAbsent(each.phase(), phase -> new ArrayList<>())
                        .add(each));
        whole.waiting(() -> planned.forEach(PlannedWish::stop));
        ExecutorService workers = Executors.newFixedThreadPool(SIDE_BY_SIDE, Configuration::daemon);
        try {
            phases.values().forEach(phase -> carryOut(phase, workers));
        } finally {
            workers.shutdown();
        }
    }

    /** All that goes side by side comes to an end, whatever becomes of one. */
    private void carryOut(List<PlannedWish> phase, ExecutorService workers) {
        Map<Object, List<PlannedWish>> rows = phase.stream()
                .collect(Collectors.groupingBy(PlannedWish::row, LinkedHashMap::new, Collectors.toList()));
        List<CompletableFuture<Void>> all = rows.values().stream()
                .map(row -> CompletableFuture.runAsync(() -> row.forEach(each -> each.carryOut(ids)), workers))
                .toList();
        List<Throwable> failures = new ArrayList<>();
        all.forEach(each -> each.handle((done, failure) -> failure == null || failures.add(failure.getCause()))
                .join());
        if (!failures.isEmpty()) {
            throw failures.get(0) instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(failures.get(0));
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "iplb apply");
        thread.setDaemon(true);
        return thread;
    }

    /** What is pending is made live, whoever staged it: an earlier life of this one may have. */
    private CompletableFuture<Optional<Report>> refreshed(List<PlannedWish> planned) {
        boolean changes = planned.stream().anyMatch(PlannedWish::changes);
        if (!wanted.refresh() || options.check() && !changes) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        boolean asIfStaged = options.check();
        Operation.Refreshing refresh =
                new Operation.Refreshing(new RefreshRequest(wanted.service(), List.of(), asIfStaged, true));
        Options part = options.part(refresh.name());
        return options.check()
                ? CompletableFuture.completedFuture(Optional.of(operations.planned(refresh, snapshot, part)))
                : operations.runPart(refresh, part).thenApply(Optional::of);
    }

    private Report report(List<PlannedWish> planned, String hash, Optional<Report> refresh) {
        List<PlannedWish> changed =
                planned.stream().filter(PlannedWish::changes).toList();
        List<String> warnings = Stream.concat(
                        planned.stream().flatMap(each -> each.warnings().stream()),
                        refresh.stream().flatMap(each -> texts(each.result().path("warnings"))))
                .distinct()
                .toList();
        ObjectNode result = Fields.none()
                .with(CHANGES, json(planned, options.check() ? Stage.PLANNED : Stage.DONE))
                .with(COUNTS, counts(planned, changed))
                .with("hash", hash)
                .withPresent("refresh", refresh.map(Report::result))
                .json();
        return new Report(
                wanted.name(),
                wanted.service(),
                Optional.of(new About(Effect.CHANGED, Subject.of(Kind.LOAD_BALANCER, wanted.service()))),
                !changed.isEmpty()
                        || refresh.filter(each -> !options.check())
                                .filter(Report::changed)
                                .isPresent(),
                Operations.with(warnings, result),
                changed.stream().flatMap(PlannedWish::differences).toList(),
                whole.report(false, result).reads()
                        + planned.stream().mapToInt(PlannedWish::reads).sum()
                        + refresh.map(Report::reads).orElse(0),
                planned.stream().mapToInt(PlannedWish::writes).sum()
                        + refresh.map(Report::writes).orElse(0),
                changed.stream().flatMap(each -> each.entry().stream()).findFirst());
    }

    private static ObjectNode counts(List<PlannedWish> planned, List<PlannedWish> changed) {
        Fields counts = Fields.none();
        for (Effect effect : List.of(Effect.ADDED, Effect.CHANGED, Effect.REMOVED)) {
            counts = counts.with(effect.code(), count(changed, effect));
        }
        return counts.with(Effect.UNCHANGED.code(), planned.size() - changed.size())
                .json();
    }

    private static long count(List<PlannedWish> changed, Effect effect) {
        return changed.stream().filter(each -> each.effect() == effect).count();
    }

    private static Stream<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts.stream();
    }
}
