package io.jenkins.plugins.iplb.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.change.FarmAndServers;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.Course;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.run.Report;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/**
 * What deployments have in common. Each act is in the record before it is begun, so that who goes on after a crash begins with
 * that one. What the body has done when the process died may be done again.
 *
 * @param <F> what was found when it began, which it goes by whatever others change
 */
public abstract class Deployment<F> {
    private final Course course;
    private final Body body;
    private final CompletableFuture<Report> whole = new CompletableFuture<>();
    private volatile F found;

    Deployment(Course course, Body body) {
        this.course = course;
        this.body = body;
    }

    /** The one that carries an operation out, or goes on with the one that has the same id. @param body what it does between */
    public static Deployment<?> of(Operations operations, Operation.Deployment wanted, Options options, Body body) {
        Course course = operations.course(wanted, options);
        return wanted instanceof Operation.Rolling rolling
                ? new Rolling(course, rolling, body)
                : new Shift(course, (Operation.Shifting) wanted, body);
    }

    /** What there is, when it can begin. @throws IplbException when it cannot */
    abstract F begun(FarmAndServers there);

    abstract Class<F> type();

    /** Goes on where an earlier life of it was. @param state an empty object for one that has not begun */
    abstract CompletableFuture<Report> goOn(JsonNode state);

    abstract CompletableFuture<Report> done();

    final Course course() {
        return course;
    }

    final F found() {
        return found;
    }

    final JsonNode foundJson() {
        return Json.MAPPER.valueToTree(found);
    }

    /**
     * Begins it, or goes on with it.
     *
     * @return completes with the report of all of it, or with what went wrong: what was under way is undone then; cancelling it
     *     ends it where it is
     */
    public final CompletableFuture<Report> run() {
        whole.whenComplete((report, failure) -> {
            if (whole.isCancelled()) {
                course.stop();
            }
        });
        try {
            Optional<Report> over = course.resume();
            if (over.isPresent()) {
                whole.complete(over.get());
                return whole;
            }
            Optional<F> before = course.found().map(json -> Json.MAPPER.convertValue(json, type()));
            (before.isPresent()
                            ? CompletableFuture.completedFuture(before.get())
                            : course.farm().thenApply(this::begin))
                    .thenCompose(about -> {
                        found = about;
                        return course.isCheck()
                                ? done()
                                : goOn(course.reached().orElseGet(Json.MAPPER::createObjectNode));
                    })
                    .whenComplete(this::ended);
        } catch (RuntimeException e) {
            ended(null, e);
        }
        return whole;
    }

    /**
     * Calls it off: it ends as where something goes wrong, with what was under way undone. What is being put back goes on. It may
     * be called before it is begun, or gone on with.
     */
    public final void callOff(IplbException why) {
        course.callOff(why);
    }

    private F begin(FarmAndServers there) {
        course.calledOff().ifPresent(why -> {
            throw why;
        });
        F about = begun(there);
        course.begin(there.about(), Json.MAPPER.valueToTree(about));
        return about;
    }

    private void ended(Report report, Throwable failure) {
        if (failure == null) {
            whole.complete(report);
        } else {
            whole.completeExceptionally(course.fail(failure));
        }
    }

    final CompletableFuture<Void> body(Map<String, String> environment) {
        return course.unlessCalledOff(() -> {
            try {
                return course.doing(body.run(environment));
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        });
    }

    /** A part that may be interrupted. */
    final CompletableFuture<Report> part(String name, Operation.OnLoadBalancer part) {
        return course.unlessCalledOff(() -> course.part(name, part));
    }

    /** What did not end because the process does is left to its next life. */
    static <T> CompletableFuture<Report> otherwise(
            CompletableFuture<T> work,
            Function<T, CompletableFuture<Report>> then,
            Function<Throwable, CompletableFuture<Report>> failed) {
        return work.handle((done, failure) -> {
                    Throwable cause =
                            failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure;
                    if (cause == null) {
                        return then.apply(done);
                    }
                    return isLeft(cause) ? CompletableFuture.<Report>failedFuture(cause) : failed.apply(cause);
                })
                .thenCompose(Function.identity());
    }

    private static boolean isLeft(Throwable cause) {
        return cause instanceof RejectedExecutionException
                || cause instanceof CancellationException
                || cause instanceof Error;
    }

    static CompletableFuture<Report> failed(String message, Throwable cause) {
        FailureKind kind = cause instanceof IplbException e ? e.kind() : FailureKind.TASK_FAILED;
        return CompletableFuture.failedFuture(new IplbException(kind, message, cause));
    }
}
