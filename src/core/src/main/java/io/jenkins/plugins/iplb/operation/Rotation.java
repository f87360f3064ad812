package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.change.RotateCertificate;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.run.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The four operations of a rotation, one after the other. Each has an id of its own, which follows from that of the whole:
 * who starts that again finds those that are over in the record, and goes on with the one that is not.
 *
 * <p>Whether OVH counts certificates among the pending changes is not published, so that a refresh after a change is
 * forced.
 */
final class Rotation {
    private final Operations operations;
    private final String name;
    private final RotateCertificate rotation;
    private final Options options;
    private final CompletableFuture<Report> whole = new CompletableFuture<>();
    private final List<Report> done = new ArrayList<>();

    Rotation(Operations operations, Operation.Rotating operation, Options options) {
        this.operations = operations;
        this.name = operation.name();
        this.rotation = operation.rotation();
        this.options = options;
    }

    CompletableFuture<Report> run() {
        next(Operation.of(rotation.adding()))
                .thenCompose(added -> next(refresh(changes())))
                .thenCompose(live -> next(Operation.of(rotation.removing())))
                .thenCompose(
                        removed -> removed.changed() ? next(refresh(true)) : CompletableFuture.completedFuture(removed))
                .whenComplete((last, failure) -> {
                    if (failure == null) {
                        whole.complete(report());
                    } else {
                        whole.completeExceptionally(
                                failure instanceof CompletionException ? failure.getCause() : failure);
                    }
                });
        return whole;
    }

    /** Whether the refresh before the removal has something to make live, or to be sure of. */
    private boolean changes() {
        Report added = done.get(0);
        return added.changed() || added.result().path("replaces").size() > 0;
    }

    private Operation.OnLoadBalancer refresh(boolean force) {
        return Operation.of(new RefreshRequest(rotation.service(), List.of(), force, true));
    }

    private CompletableFuture<Report> next(Operation.OnLoadBalancer operation) {
        Options own = done.isEmpty() ? options : options.part(Integer.toString(done.size()));
        CompletableFuture<Report> part = operations.runPart(operation, own);
        whole.whenComplete((report, failure) -> {
            if (whole.isCancelled()) {
                part.cancel(false);
            }
        });
        return part.thenApply(report -> {
            done.add(report);
            return report;
        });
    }

    /** What all of it has done, or would do. */
    private Report report() {
        Report added = done.get(0);
        Report removed = done.get(2);
        List<Difference> diff = new ArrayList<>(added.diff());
        diff.addAll(removed.diff());
        ObjectNode result = new Fields(added.result())
                .with("removedIds", removed.result().path("removedIds"))
                .json();
        return new Report(
                name,
                rotation.service(),
                added.about().map(about -> new About(Effect.CHANGED, about.subject())),
                done.stream().anyMatch(Report::changed),
                result,
                diff,
                done.stream().mapToInt(Report::reads).sum(),
                done.stream().mapToInt(Report::writes).sum(),
                done.stream().map(Report::entry).flatMap(Optional::stream).findFirst());
    }
}
