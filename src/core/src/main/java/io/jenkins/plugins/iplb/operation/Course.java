package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.change.Changes;
import io.jenkins.plugins.iplb.change.FarmAndServers;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.run.Run;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A deployment on its way. Its entry in the record is open from before its first part until all is over, and says what was found
 * and how far it has come. Its parts are operations with entries of their own, whose ids follow from its own: one that is begun
 * again is gone on with, and one that is over is not done twice.
 */
public final class Course {
    private final Operations operations;
    private final Operation.Deployment deployment;
    private final Run run;
    private final Options options;
    private final Duration patience;
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private volatile CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);
    private volatile CompletableFuture<?> interruptible = CompletableFuture.completedFuture(null);
    private volatile boolean stopped;
    private volatile RuntimeException calledOff;

    /** @param options whose deadline is that of each part, counted from its beginning */
    Course(Operations operations, Operation.Deployment deployment, Run run, Options options) {
        this.operations = operations;
        this.deployment = deployment;
        this.run = run;
        this.options = options;
        this.patience = Duration.between(operations.now(), options.deadline());
    }

    /** Its report when an earlier life of it has come to its end. @throws RuntimeException as that has ended */
    public Optional<Report> resume() {
        return run.resume();
    }

    public boolean isCheck() {
        return options.check();
    }

    /** What an earlier life has found, if there was one. */
    public Optional<JsonNode> found() {
        return run.earlier().map(RecordedEntry::before).filter(before -> !before.isNull());
    }

    /** How far that has come. */
    public Optional<JsonNode> reached() {
        return run.earlier().map(RecordedEntry::result).filter(result -> !result.isNull());
    }

    /** The farm that it is about, as it is now. */
    public CompletableFuture<FarmAndServers> farm() {
        return operations.asked(() -> new Changes(run.ovh(), new Snapshot(run.ovh(), deployment.service()))
                .farm(deployment.service(), deployment.protocol(), deployment.farm()));
    }

    /** It begins. @param found what it goes by from here on, whatever others change */
    public void begin(About about, JsonNode found) {
        if (isCheck()) {
            run.about(about);
        } else {
            run.begin(about, found);
        }
    }

    /** What comes next is begun: on disk when this returns. */
    public void reach(ObjectNode soFar) {
        run.reach(soFar);
    }

    /** Does a part of it. @param name that it has in this deployment alone */
    public CompletableFuture<Report> part(String name, Operation.OnLoadBalancer part) {
        Options own = options.part(name).until(operations.now().plus(patience));
        return doing(operations.runPart(part, own)).thenApply(report -> {
            reads.addAndGet(report.reads());
            writes.addAndGet(report.writes());
            return report;
        });
    }

    /** Lets time pass. @param topic what for */
    public CompletableFuture<?> pause(Instant until, String topic) {
        return doing(operations.pause(until, topic, options));
    }

    public Instant now() {
        return operations.now();
    }

    public void tell(WaitStatus status) {
        options.progress().accept(status);
    }

    /** Something of it that is not a part: what stops it, too. */
    public <T> CompletableFuture<T> doing(CompletableFuture<T> work) {
        underWay = work;
        if (stopped) {
            work.cancel(false);
        }
        return work;
    }

    /** Nothing more is begun, and what is under way ends as it is. */
    public void stop() {
        stopped = true;
        run.stop();
        underWay.cancel(false);
    }

    /**
     * It is to come to no good end: what may be interrupted is, and nothing of that kind is begun any more.
     *
     * @param why what that fails with
     */
    public void callOff(RuntimeException why) {
        calledOff = why;
        interruptible.cancel(false);
    }

    public Optional<RuntimeException> calledOff() {
        return Optional.ofNullable(calledOff);
    }

    /** Begins what may be interrupted: when it is called off meanwhile, it fails with the reason, whatever has come of it. */
    public <T> CompletableFuture<T> unlessCalledOff(Supplier<CompletableFuture<T>> work) {
        if (calledOff != null) {
            return CompletableFuture.failedFuture(calledOff);
        }
        CompletableFuture<T> begun = work.get();
        interruptible = underWay;
        if (calledOff != null) {
            interruptible.cancel(false);
        }
        return begun.thenCompose(done -> calledOff == null
                        ? CompletableFuture.completedFuture(done)
                        : CompletableFuture.<T>failedFuture(calledOff))
                .exceptionallyCompose(
                        failure -> CompletableFuture.failedFuture(calledOff == null ? failure : calledOff));
    }

    /** It has ended well. */
    public Report finish(boolean changed, JsonNode after, ObjectNode result) {
        return counted(isCheck() ? run.report(changed, result) : run.finish(changed, after, result));
    }

    /** It has ended badly, or is left to its next life. @return what to throw */
    public Throwable fail(Throwable failure) {
        Throwable cause = failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure;
        return cause instanceof RuntimeException e ? Operations.ended(run, e) : cause;
    }

    private Report counted(Report report) {
        return new Report(
                report.operation(),
                report.service(),
                report.about(),
                report.changed(),
                report.result(),
                report.diff(),
                report.reads() + reads.get(),
                report.writes() + writes.get(),
                report.entry());
    }
}
