package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.change.Changes;
import io.jenkins.plugins.iplb.change.EnsureRoute;
import io.jenkins.plugins.iplb.change.EnsureServer;
import io.jenkins.plugins.iplb.change.IdsToCome;
import io.jenkins.plugins.iplb.change.Plan;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Stage;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.run.Run;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** A change of a configuration with its plan and its run, which has an entry of its own in the record. */
final class PlannedWish {
    private final Wish wish;
    private final Run run;
    private final Plan plan;
    private final Changes changes;
    private final List<String> warnings;

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
        List<String> warnings = reading.warnings(wish.change(), plan);
        reading.rehearse(plan, ids);
        return new PlannedWish(wish, run, plan, reading.by(run.ovh()), warnings);
    }

    /** @throws IplbException when it cannot be beside what else is planned */
    PlannedWish checked() {
        changes.check(wish.change(), plan);
        return this;
    }

    String where() {
        return wish.where();
    }

    boolean changes() {
        return plan.changes();
    }

    Phase phase() {
        return Phase.of(wish.change());
    }

    /**
     * What must be made in the order in which it was asked for has the same: a farm's servers, which a hash of the client's
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

    Effect effect() {
        return plan.about().effect();
    }

    List<String> warnings() {
        return warnings;
    }

    /** Whether there is something to do, or an earlier life of it has left its entry in the record open. */
    boolean isUnderWay() {
        return changes() || run.resume().isEmpty() && run.earlier().isPresent();
    }

    /** In the record from its first call on; what an earlier life of it has left there is gone on with. */
    void carryOut(IdsToCome ids) {
        try {
            if (run.resume().isPresent()) {
                return;
            }
            run.planned(plan.about(), plan.before(), plan.diff());
            run.settle(lost -> !plan.needs(lost.method(), lost.path(), lost.body()));
            ObjectNode result = changes.apply(plan, ids);
            run.finish(plan.changes(), ids.in(plan.after()), Operations.with(warnings, result));
        } catch (RuntimeException e) {
            throw new CompletionException(Operations.ended(run, e));
        }
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
                .with("operation", wish.type().name())
                .with("msg", plan.about().sentence(stage))
                .with("about", plan.about())
                .with("parameters", wish.change().wanted().json())
                .with("before", plan.before())
                .with("diff", plan.diff())
                .with("calls", plan.steps().size())
                .json();
    }
}
