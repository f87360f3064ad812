package io.jenkins.plugins.iplb.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.log.BuildFailure;
import io.jenkins.plugins.iplb.jenkins.log.ReportLog;
import io.jenkins.plugins.iplb.jenkins.record.BuildRecord;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.operation.TrafficState;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.RefreshState;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Runs a step without a thread of Pipeline's: calls are made on the controller's workers, and nothing waits on any.
 *
 * <p>All that is needed after a restart is in the fields that are serialized. What is done is done under an id that is
 * on disk before, and whoever starts the same id again goes on with it: that is all that {@link #onResume} does.
 */
class IplbStepExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(IplbStepExecution.class.getName());

    private final IplbStep step;
    private final String id;
    private final long deadline;
    private volatile String read;
    private volatile String kept;
    private volatile String awaited;

    private transient CompletableFuture<Report> underWay;
    private transient boolean over;

    IplbStepExecution(StepContext context, IplbStep step, Instant deadline) {
        super(context);
        this.step = step;
        this.id = UUID.randomUUID().toString();
        this.deadline = deadline.toEpochMilli();
    }

    final IplbStep step() {
        return step;
    }

    /** By when what it does now must be over. */
    Instant deadline() {
        return Instant.ofEpochMilli(deadline);
    }

    /** What runs its block between its own steps; empty for a step without one. */
    Optional<DeploymentExecution> block() {
        return Optional.empty();
    }

    @Override
    public final boolean start() {
        Program.save(getContext(), this::work, this::carryOut, failure -> ended(null, failure));
        return false;
    }

    @Override
    public final void onResume() {
        work(this::carryOut);
    }

    final void work(Runnable task) {
        try {
            IplbController.get().workers().execute(task);
        } catch (RejectedExecutionException e) {
            left(e);
        }
    }

    /** May come before {@link #onResume} has done anything. Ends the step now, and what it was doing as soon as it can. */
    @Override
    public void stop(@NonNull Throwable cause) {
        if (settles()) {
            callOff();
            Computer.threadPoolForRemoting.execute(() -> {
                try {
                    sayWhatGoesOn();
                } finally {
                    getContext().onFailure(cause);
                }
            });
        }
    }

    @Override
    public final String getStatus() {
        return awaited == null ? "asking OVH" : awaited;
    }

    private void carryOut() {
        if (isOver()) {
            return;
        }
        try {
            Attempt attempt = attempt();
            CompletableFuture<Report> report = step.carryOut(attempt);
            if (mayGoOn(report)) {
                report.whenComplete((done, failure) -> {
                    try {
                        if (done != null) {
                            step.tell(done, attempt.log());
                        } else if (!isOver()) {
                            BuildFailure.refusal(failure)
                                    .ifPresent(refusal -> attempt.log().failed(refusal, entry(attempt.build())));
                        }
                    } finally {
                        ended(done, failure);
                    }
                });
            } else {
                cancel(report);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            ended(null, e);
        }
    }

    private Attempt attempt() throws IOException, InterruptedException {
        Run<?, ?> build = getContext().get(Run.class);
        TaskListener listener = getContext().get(TaskListener.class);
        ReportLog log = new ReportLog(step.subject(), build, listener);
        Optional<OpenTransaction> within = Optional.ofNullable(getContext().get(OpenTransaction.class));
        Options alone = new Options(
                id,
                deadline(),
                step.isCheck(),
                status -> awaiting(status, log),
                new BuildRecord(build).by(step.getDescriptor().getFunctionName()),
                IplbController.get().untilShutdown());
        return new Attempt(
                build,
                listener,
                log,
                within.map(open -> open.transaction().of(alone)).orElse(alone),
                within,
                block(),
                Attempt.env(getContext()),
                read(),
                Optional.ofNullable(kept),
                this::keep,
                this::keep);
    }

    /** What is on disk before the first call. */
    private Optional<String> read() throws IOException, InterruptedException {
        if (read == null) {
            read = step.read(getContext()).orElse(null);
            if (read != null) {
                Program.save(getContext());
            }
        }
        return Optional.ofNullable(read);
    }

    private synchronized boolean isOver() {
        return over;
    }

    /** What has not begun in this life of the controller needs no calling off: it will see that it is over. */
    private synchronized void callOff() {
        if (underWay != null) {
            cancel(underWay);
        }
    }

    private synchronized boolean mayGoOn(CompletableFuture<Report> report) {
        underWay = report;
        return !over;
    }

    /** True for the first who has something to tell Pipeline. */
    private synchronized boolean settles() {
        boolean first = !over;
        over = true;
        return first;
    }

    /** Ends up in the record, which is a file: not on a thread of Pipeline's. */
    private static void cancel(CompletableFuture<Report> report) {
        try {
            IplbController.get().workers().execute(() -> report.cancel(false));
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "No call will be sent by a controller that goes down", e);
        }
    }

    /** Saves the program only where a crash before and one after would be told apart. */
    private void keep(RefreshState state) {
        keep(state.toJson(), kept != null && state.standsWhere(RefreshState.fromJson(kept)));
    }

    private void keep(TrafficState state) {
        keep(state.toJson(), kept != null && state.standsWhere(TrafficState.fromJson(kept)));
    }

    private void keep(String state, boolean told) {
        kept = state;
        if (!told) {
            Program.save(getContext());
        }
    }

    private void awaiting(WaitStatus status, ReportLog log) {
        log.accept(status);
        if (!status.warning()) {
            awaited = status.text()
                    + (status.percent().isPresent() ? ", " + status.percent().getAsInt() + " %" : "");
        }
    }

    private void ended(Report report, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof RejectedExecutionException) {
            left(cause);
        } else if (settles()) {
            if (cause == null) {
                succeeded(step.result(report, Optional.ofNullable(read)), step.unstable(report));
            } else if (cause instanceof IplbException refusal) {
                failed(refusal);
            } else {
                // Not OVH's fault, nor the build's: with its stack trace.
                getContext().onFailure(cause);
            }
        }
    }

    private void left(Throwable reason) {
        LOGGER.log(Level.FINE, reason, () -> id + " is left to the next start of the controller");
    }

    /** Without its cause: a Pipeline may keep what it catches across a restart. */
    private void failed(IplbException failure) {
        LOGGER.log(Level.FINE, failure, () -> id + " failed");
        String message = IplbStepDescriptor.message(step.getDescriptor(), failure);
        if (mayBeUnstable(failure)) {
            succeeded(Results.of(failure), Optional.of(message));
        } else {
            fail(message);
        }
    }

    boolean mayBeUnstable(IplbException failure) {
        return step.unstableOnFailure() && BuildFailure.mayBeUnstable(failure);
    }

    void fail(String message) {
        getContext().onFailure(new AbortException(message));
    }

    /** @param unstable why the build is unstable all the same; empty for one that is not */
    private void succeeded(Map<String, Object> result, Optional<String> unstable) {
        try {
            if (unstable.isPresent()) {
                String message = unstable.get();
                getContext().get(TaskListener.class).getLogger().println(Messages.IplbStepExecution_unstable(message));
                getContext()
                        .get(FlowNode.class)
                        .addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(message));
                getContext().get(Run.class).setResult(Result.UNSTABLE);
            }
            getContext().onSuccess(result);
        } catch (IOException e) {
            getContext().onFailure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            getContext().onFailure(e);
        }
    }

    final void say(WaitStatus status) {
        try {
            new ReportLog(
                            step.subject(),
                            getContext().get(Run.class),
                            getContext().get(TaskListener.class))
                    .accept(status);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The log does not take: " + status.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<RecordedEntry> entry(Run<?, ?> build) {
        return new BuildRecord(build)
                .entries().stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    private void sayWhatGoesOn() {
        try {
            Run<?, ?> build = getContext().get(Run.class);
            new ReportLog(step.subject(), build, getContext().get(TaskListener.class)).stopped(entry(build));
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> id + " was stopped; whether anything goes on cannot be said");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
