package io.jenkins.plugins.iplb.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import io.jenkins.plugins.iplb.deployment.Body;
import io.jenkins.plugins.iplb.deployment.Deployment;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.failure.OneLine;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Runs a deployment and, between its steps, the block: once for each group of servers, or each share, which it knows by variables.
 *
 * <p>What the block was begun for last, and how it ended, is kept with the program: after a restart one that runs is waited for,
 * and one that is over is not run again. The deployment itself goes on by the record of the build.
 */
final class DeploymentExecution extends IplbStepExecution {
    private static final long serialVersionUID = 1L;

    private volatile BodyExecution body;
    private volatile String begunFor;
    private volatile boolean isOver;

    /** How the block failed; null for well. */
    private volatile Throwable failure;

    /** Who has stopped the step; null for nobody. */
    private volatile Throwable stopped;

    private transient Deployment<?> deployment;
    private transient CompletableFuture<Void> end;

    DeploymentExecution(StepContext context, DeploymentStep step, Instant deadline) {
        super(context, step, deadline);
    }

    @Override
    Optional<DeploymentExecution> block() {
        return Optional.of(this);
    }

    /** For each of its waits, anew. */
    @Override
    Instant deadline() {
        return IplbController.get().clock().instant().plus(step().patience());
    }

    /** Begins it, or goes on with it. */
    CompletableFuture<Report> carryOut(Function<Body, Deployment<?>> what) {
        Deployment<?> begun = what.apply(this::runBlock);
        synchronized (this) {
            deployment = begun;
        }
        if (stopped != null) {
            begun.callOff(failure(stopped));
        }
        return begun.run();
    }

    // ---- the block

    private synchronized CompletableFuture<Void> runBlock(Map<String, String> variables) {
        String name = new TreeMap<>(variables).toString();
        CompletableFuture<Void> awaited = new CompletableFuture<>();
        end = awaited;
        if (!name.equals(begunFor)) {
            begin(name, variables);
        } else if (isOver) {
            tellEnd();
        }
        return awaited;
    }

    private void begin(String name, Map<String, String> variables) {
        try {
            isOver = false;
            body = getContext()
                    .newBodyInvoker()
                    .withContext(EnvironmentExpander.merge(
                            getContext().get(EnvironmentExpander.class), EnvironmentExpander.constant(variables)))
                    .withCallback(new Block(name))
                    .start();
        } catch (IOException e) {
            throw new IplbException(FailureKind.UNAVAILABLE, "the block cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IplbException(FailureKind.UNAVAILABLE, "the block cannot be run: " + e.getMessage(), e);
        }
    }

    /** Told by Pipeline, in the thread in which it keeps its program. */
    private final class Block extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        private final String name;

        Block(String name) {
            this.name = name;
        }

        @Override
        public void onStart(StepContext context) {
            begunFor = name;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            ended(null);
        }

        @Override
        public void onFailure(StepContext context, Throwable cause) {
            ended(Program.keepable(cause));
        }

        /** It may be cancelled before it has begun. */
        private void ended(Throwable cause) {
            begunFor = name;
            failure = cause;
            isOver = true;
            Program.save(
                    getContext(),
                    DeploymentExecution.this::work,
                    DeploymentExecution.this::tellEnd,
                    DeploymentExecution.this::notKept);
        }
    }

    /** To whom it was begun for, who may not have gone on yet after a restart. */
    private void tellEnd() {
        Throwable why = stopped == null ? failure : stopped;
        if (why == null) {
            end().complete(null);
        } else {
            end().completeExceptionally(failure(why));
        }
    }

    private void notKept(RuntimeException why) {
        end().completeExceptionally(why);
    }

    private synchronized CompletableFuture<Void> end() {
        return end == null ? new CompletableFuture<>() : end;
    }

    // ---- its end

    /** What is out comes back before the step ends; who stops it while it does leaves it as it is. */
    @Override
    public void stop(@NonNull Throwable cause) {
        if (stopped != null || failure != null) {
            say(WaitStatus.warning(Messages.DeploymentExecution_leftAsItIs()));
            super.stop(cause);
            return;
        }
        stopped = Program.keepable(cause);
        if (!cancelBlock(cause)) {
            Program.save(getContext(), this::work, this::callOffDeployment, why -> callOffDeployment());
        }
    }

    private synchronized boolean cancelBlock(Throwable cause) {
        return body != null && !isOver && body.cancel(cause);
    }

    /** What has not begun in this life of the controller will see it. */
    private void callOffDeployment() {
        Deployment<?> begun = deployment();
        if (begun != null) {
            begun.callOff(failure(stopped));
        }
    }

    private synchronized Deployment<?> deployment() {
        return deployment;
    }

    @Override
    boolean mayBeUnstable(IplbException why) {
        return stopped == null && !(failure instanceof FlowInterruptedException) && super.mayBeUnstable(why);
    }

    /** With what the block failed with, or with who has stopped it, as a Pipeline expects it; the rest is said before. */
    @Override
    void fail(String message) {
        Throwable why = stopped == null ? failure : stopped;
        if (why == null) {
            super.fail(message);
        } else {
            say(WaitStatus.warning(message));
            getContext().onFailure(why);
        }
    }

    private static IplbException failure(Throwable cause) {
        return new IplbException(FailureKind.TASK_FAILED, said(cause), cause);
    }

    private static String said(Throwable cause) {
        if (cause instanceof FlowInterruptedException stop) {
            String causes = stop.getCauses().stream()
                    .map(CauseOfInterruption::getShortDescription)
                    .collect(Collectors.joining(", "));
            return causes.isEmpty() ? "it was stopped" : OneLine.of(causes);
        }
        return OneLine.of(
                cause instanceof AbortException && cause.getMessage() != null ? cause.getMessage() : cause.toString());
    }
}
