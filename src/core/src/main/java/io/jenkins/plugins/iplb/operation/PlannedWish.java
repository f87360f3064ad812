package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.Changes;
import io.jenkins.plugins.iplb.change.EnsureCertificate;
import io.jenkins.plugins.iplb.change.EnsureRoute;
import io.jenkins.plugins.iplb.change.EnsureServer;
import io.jenkins.plugins.iplb.change.Execution;
import io.jenkins.plugins.iplb.change.IdsToCome;
import io.jenkins.plugins.iplb.change.MoveFailover;
import io.jenkins.plugins.iplb.change.Plan;
import io.jenkins.plugins.iplb.change.RemoveCertificate;
import io.jenkins.plugins.iplb.change.RemoveReplaced;
import io.jenkins.plugins.iplb.change.Rerouting;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Stage;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.run.Run;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** A change of a configuration with its plan and its run, which has an entry of its own in the record. */
final class PlannedWish {
    private final Wish wish;
    private final Run run;
    private final Plan plan;
    private final Changes changes;
    private final List<String> warnings;
    private volatile Optional<Execution> execution = Optional.empty();
    private volatile boolean changed;

    private PlannedWish(Wish wish, Run run, Plan plan, Changes changes, List<String> warnings) {
        this.wish = wish;
        this.run = run;
        this.plan = plan;
        this.changes = changes;
        this.warnings = warnings;
    }

    /** Plans it, and what comes after it as if it were done. */
    static PlannedWish of(Wish wish, Run run, Changes reading, IdsToCome ids) {
        Plan plan = reading.planned(wish.change());
        wish.left().filter(left -> plan.changes()).ifPresent(left -> left.mustBe(plan));
        wish.lead().filter(lead -> plan.changes()).ifPresent(lead -> lead.mustBe(plan, reading));
        List<String> warnings = reading.warnings(wish.change(), plan);
        reading.rehearse(plan, ids);
        return new PlannedWish(wish, run, plan, reading.by(run.ovh()), warnings);
    }

    /** @throws IplbException when it cannot be beside what else is planned */
    PlannedWish checked() {
        changes.check(wish.change(), plan);
        return this;
    }

    Change change() {
        return wish.change();
    }

    String where() {
        return wish.where();
    }

    boolean changes() {
        return plan.changes();
    }

    /**
     * What must be begun in the order in which it was asked for has the same: a farm's servers, which a hash of the client's
     * address knows by their place, and a frontend's routes of one weight.
     */
    Object row() {
        if (wish.change() instanceof EnsureServer server) {
            return List.of(server.protocol(), server.farm());
        }
        return wish.change() instanceof EnsureRoute route
                ? List.of(route.protocol(), route.frontend(), route.weight())
                : this;
    }

    /** Whether it has made a difference, in this life of it or in an earlier one. */
    boolean hasChanged() {
        return changed || run.resume().filter(Report::changed).isPresent();
    }

    Effect effect() {
        return plan.about().effect();
    }

    Kind kind() {
        return plan.about().subject().kind();
    }

    List<String> warnings() {
        return Stream.concat(warnings.stream(), execution.stream().flatMap(each -> each.notes().stream()))
                .toList();
    }

    /** Whether there is something to do, or an earlier life of it has left its entry in the record open. */
    boolean isUnderWay() {
        return changes()
                || isMoving()
                || run.resume().isEmpty() && run.earlier().isPresent();
    }

    /** Whether somebody has asked OVH for it already. */
    private boolean isMoving() {
        return wish.change() instanceof Rerouting move
                && move.task(plan.knownResult()).isPresent();
    }

    /**
     * Whether it takes a refresh, by this life of it or an earlier one, and OVH does not say that it is pending: whether
     * certificates and moves of addresses count is not published.
     */
    boolean mayBePendingUncounted() {
        boolean isOfSuch = wish.change() instanceof EnsureCertificate
                || wish.change() instanceof RemoveCertificate
                || wish.change() instanceof RemoveReplaced
                || wish.change() instanceof MoveFailover;
        return isOfSuch
                && (changes()
                        || isMoving()
                        || run.resume().isPresent()
                        || run.earlier().isPresent());
    }

    /**
     * Sends what makes the first of what it makes. In the record from its first call on; what an earlier life of it has left
     * there is gone on with.
     */
    void begin(IdsToCome ids) {
        try {
            if (run.resume().isEmpty()) {
                run.planned(plan.about(), plan.before(), plan.diff());
                run.settle(lost -> !plan.needs(lost.method(), lost.path(), lost.body()));
                execution = Optional.of(changes.execution(wish.change(), plan, ids));
                execution.get().begin();
            }
        } catch (RuntimeException e) {
            throw ended(e);
        }
    }

    /** Sends what makes the rest of it, unless nothing was begun. */
    void make() {
        try {
            execution.ifPresent(Execution::make);
        } catch (RuntimeException e) {
            throw ended(e);
        }
    }

    /** Where others may have made the same meanwhile; empty when there is nothing to look for. */
    Optional<String> collection() {
        return execution.flatMap(Execution::collection);
    }

    /** To those others. @param now the load balancer, not looked at before all was made */
    void giveWay(Snapshot now) {
        try {
            execution.orElseThrow().giveWay(now, run::foundInstead);
        } catch (RuntimeException e) {
            throw ended(e);
        }
    }

    /**
     * Sends the rest, unless nothing was begun.
     *
     * @param settling what OVH does after its calls, by its result
     * @return when that is over
     */
    CompletableFuture<Void> finish(IdsToCome ids, BiFunction<Run, ObjectNode, CompletableFuture<?>> settling) {
        if (execution.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            ObjectNode result = Operations.with(warnings(), execution.get().finish());
            Plan done = execution.get().plan();
            return settling.apply(run, result).handle((settled, failure) -> {
                if (failure != null) {
                    throw new CompletionException(Operations.ended(run, Operations.cause(failure)));
                }
                changed =
                        run.finish(done.changes(), ids.in(done.after()), result).changed();
                return null;
            });
        } catch (RuntimeException e) {
            throw ended(e);
        }
    }

    /** Nothing more is sent for it. */
    private CompletionException ended(RuntimeException failure) {
        execution = Optional.empty();
        return new CompletionException(Operations.ended(run, failure));
    }

    void stop() {
        run.stop();
    }

    int reads() {
        return report().reads();
    }

    int writes() {
        return report().writes();
    }

    Optional<String> entry() {
        return report().entry();
    }

    private Report report() {
        return run.report(true, plan.knownResult());
    }

    /** The differences, each with what it is about. */
    Stream<Difference> differences() {
        String object = plan.about().subject().kind().code() + " "
                + plan.about().subject().called();
        return plan.diff().stream()
                .map(each -> new Difference(object + ": " + each.path(), each.before(), each.after()));
    }

    /** What would be done, as people agree to it, or was done. */
    ObjectNode json(Stage stage) {
        return Fields.none()
                .with("operation", wish.change().operation())
                .with("msg", plan.about().sentence(stage))
                .with("about", plan.about())
                .with("parameters", wish.change().wanted().json())
                .with("before", plan.before())
                .with("diff", plan.diff())
                .with("calls", plan.steps().size())
                .json();
    }
}
