package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.change.EnableHttp2;
import io.jenkins.plugins.iplb.check.Http2Result;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Brings HTTP/2 to a frontend: looks whether it is spoken there, stages what it takes, refreshes where that is needed, and
 * proves it. A frontend that is to speak HTTP/2 by itself takes a refresh with nothing pending: it is forced, and only where
 * HTTP/2 is not spoken yet, since a refresh re-balances the connections of everybody.
 *
 * <p>Each step is an operation of its own, with its own entry in the record, and is gone on with as such.
 */
public final class Http2Enabling {
    private final Steps steps;
    private final CompletableFuture<LiveCheck> check;
    private final Executor workers;
    private final InstantSource clock;

    /** What carries out the steps that call OVH. */
    public interface Steps {
        CompletableFuture<Report> run(Operation.OnLoadBalancer step, Options options);

        /** Whether an earlier life of this operation has begun the refresh, and not ended it. */
        boolean isOpen(Operation.Refreshing refresh);
    }

    /**
     * @param check what looks, once it is known to be allowed to
     * @param workers run the looks, which wait for their answers
     */
    public Http2Enabling(Steps steps, CompletableFuture<LiveCheck> check, Executor workers, InstantSource clock) {
        this.steps = steps;
        this.check = check;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * Begins it, or goes on with the one that has the same id.
     *
     * @return completes with the report of all of it, or with an {@link IplbException}, also when it is not spoken in the
     *     end; cancelling it cancels the step that it is at
     */
    public CompletableFuture<Report> run(Operation.EnablingHttp2 wanted, Options options) {
        Course course = new Course(wanted, options);
        CompletableFuture<Report> whole = new CompletableFuture<>();
        whole.whenComplete((report, failure) -> {
            if (whole.isCancelled()) {
                course.cancel();
            }
        });
        course.begin().whenComplete((report, failure) -> {
            if (failure == null) {
                whole.complete(report);
            } else {
                whole.completeExceptionally(failure instanceof CompletionException e ? e.getCause() : failure);
            }
        });
        return whole;
    }

    /** One of them, from its first look to its proof. */
    private final class Course {
        private final Operation.EnablingHttp2 wanted;
        private final Options options;
        private final AtomicReference<CompletableFuture<Report>> underWay = new AtomicReference<>();
        private volatile boolean cancelled;

        private Course(Operation.EnablingHttp2 wanted, Options options) {
            this.wanted = wanted;
            this.options = options;
        }

        private CompletableFuture<Report> begin() {
            return check.thenApplyAsync(ready -> ready.look(wanted.target(), left()), workers)
                    .thenCompose(seen ->
                            step(wanted.staging(isSpoken(seen)), options).thenCompose(staged -> refresh(staged, seen)));
        }

        private CompletableFuture<Report> refresh(Report staged, Optional<Http2Result> seen) {
            options.progress()
                    .accept(WaitStatus.of("HTTP/2 (%s): %s"
                            .formatted(
                                    staged.result().path(EnableHttp2.WAY).asText(),
                                    staged.result().path(EnableHttp2.WHY).asText())));
            Operation.Refreshing refreshing = wanted.refreshing(staged);
            boolean done = Operation.EnablingHttp2.isNative(staged) && isSpoken(seen) && !steps.isOpen(refreshing);
            CompletableFuture<List<Report>> parts = done
                    ? CompletableFuture.completedFuture(List.of(staged))
                    : step(refreshing, options.part("refresh")).thenApply(refreshed -> List.of(staged, refreshed));
            return parts.thenApplyAsync(all -> proven(all, seen), workers);
        }

        private Report proven(List<Report> parts, Optional<Http2Result> seen) {
            if (options.check()) {
                return whole(parts, seen, Fields.none());
            }
            Http2Result answer = check.join().prove(wanted.target(), left());
            return whole(
                    parts,
                    seen,
                    Fields.none()
                            .with("url", answer.url().toString())
                            .with("answers", answer.protocol())
                            .with("status", answer.status()));
        }

        private CompletableFuture<Report> step(Operation.OnLoadBalancer operation, Options how) {
            CompletableFuture<Report> report = steps.run(operation, how);
            underWay.set(report);
            if (cancelled) {
                cancel();
            }
            return report;
        }

        private void cancel() {
            cancelled = true;
            CompletableFuture<Report> report = underWay.get();
            if (report != null) {
                report.cancel(false);
            }
        }

        private Duration left() {
            return Duration.between(clock.instant(), options.deadline());
        }
    }

    private static boolean isSpoken(Optional<Http2Result> seen) {
        return seen.filter(Http2Result::isHttp2).isPresent();
    }

    /** @param parts what was staged, and the refresh if there was one */
    private static Report whole(List<Report> parts, Optional<Http2Result> seen, Fields proof) {
        Report staged = parts.get(0);
        boolean changed = parts.stream().anyMatch(Report::changed);
        List<Difference> diff = new ArrayList<>(staged.diff());
        if (changed && !isSpoken(seen)) {
            diff.add(new Difference(
                    "answers",
                    TextNode.valueOf(seen.map(Http2Result::protocol).orElse("nothing")),
                    TextNode.valueOf(Http2Result.H2)));
        }
        return new Report(
                staged.operation(),
                staged.service(),
                staged.about(),
                changed,
                result(parts, proof),
                diff,
                parts.stream().mapToInt(Report::reads).sum(),
                parts.stream().mapToInt(Report::writes).sum(),
                parts.stream().flatMap(part -> part.entry().stream()).findFirst());
    }

    private static ObjectNode result(List<Report> parts, Fields proof) {
        ObjectNode result = parts.get(0).result().deepCopy();
        ArrayNode warnings = result.arrayNode();
        parts.stream().flatMap(part -> all(part, "warnings")).forEach(warnings::add);
        ArrayNode tasks = result.putArray("tasks");
        parts.stream().flatMap(part -> all(part, "tasks")).forEach(tasks::add);
        result.remove("warnings");
        if (!warnings.isEmpty()) {
            result.set("warnings", warnings);
        }
        return result.setAll(proof.json());
    }

    private static Stream<JsonNode> all(Report part, String list) {
        return part.result().path(list).valueStream();
    }
}
