package io.jenkins.plugins.iplb.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import io.jenkins.plugins.iplb.jenkins.log.ReportLog;
import io.jenkins.plugins.iplb.parameter.Durations;
import io.jenkins.plugins.iplb.run.Report;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The parameters that every step has. A step is serializable, and nothing but its parameters: its execution keeps it
 * for the time after a restart.
 */
public abstract class IplbStep extends Step implements Serializable {
    static final String DEFAULT_TIMEOUT = "10m";
    static final String FAIL = "fail";
    static final String UNSTABLE = "unstable";

    private static final long serialVersionUID = 1L;

    private boolean dryRun;
    private String timeout;
    private String onFailure;

    public final boolean isDryRun() {
        return dryRun;
    }

    /** Whether to say what would be done instead of doing it. */
    @DataBoundSetter
    public final void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    @CheckForNull
    public final String getTimeout() {
        return timeout;
    }

    /** How long all of it may take, waits and restarts of the controller included. */
    @DataBoundSetter
    public final void setTimeout(String timeout) {
        this.timeout = unless(DEFAULT_TIMEOUT, timeout);
    }

    @CheckForNull
    public final String getOnFailure() {
        return onFailure;
    }

    /** What a failure makes of the build; parameters that cannot be meant always fail it. */
    @DataBoundSetter
    public final void setOnFailure(String onFailure) {
        this.onFailure = unless(FAIL, onFailure);
    }

    final boolean unstableOnFailure() {
        return UNSTABLE.equals(onFailure);
    }

    /** What its parameters hold. @param none none of them yet */
    abstract GivenFields arguments(GivenFields none);

    /** What its parameters hold, as arguments of its operation. */
    final GivenFields given() {
        return arguments(GivenFields.asTheyAre(((IplbStepDescriptor) getDescriptor()).operation()));
    }

    /** What the build's log calls what this is about. */
    abstract String subject();

    /** Whether it only says what it would do. */
    boolean isCheck() {
        return dryRun;
    }

    /**
     * Reads what may be another thing, or out of reach, after a restart. Called on a worker, before its first call.
     *
     * @return what is to be kept of it; empty when it reads nothing
     * @throws IplbException when that cannot be meant
     */
    Optional<String> read(StepContext context) throws IOException, InterruptedException {
        return Optional.empty();
    }

    /** What a Pipeline gets. */
    Map<String, Object> result(Report report, Optional<String> read) {
        return Results.of(report, isCheck());
    }

    /** What makes the build unstable though it did not fail; empty for nothing. */
    Optional<String> unstable(Report report) {
        return Optional.empty();
    }

    /** Says in the build's log how it ended. */
    abstract void tell(Report report, ReportLog log);

    /**
     * Does it, or goes on with it. Called on a worker, after every restart again.
     *
     * @throws IplbException when a parameter cannot be meant
     */
    abstract CompletableFuture<Report> carryOut(Attempt attempt);

    @Override
    public final StepExecution start(StepContext context) throws Exception {
        try {
            Duration allowed = patience();
            if (onFailure != null && !onFailure.equals(UNSTABLE)) {
                throw new InvalidInput("onFailure", onFailure, FAIL + ", " + UNSTABLE);
            }
            return execution(context, IplbController.get().clock().instant().plus(allowed));
        } catch (IplbException e) {
            throw new AbortException(IplbStepDescriptor.message(getDescriptor(), e));
        }
    }

    StepExecution execution(StepContext context, Instant deadline) {
        return new IplbStepExecution(context, this, deadline);
    }

    /** How long it may take. @throws InvalidInput for what is no duration */
    final Duration patience() {
        return Durations.parse("timeout", timeout == null ? DEFAULT_TIMEOUT : timeout);
    }

    /** What is to be kept of a text: nothing of the default, so that generated snippets stay short. */
    static String unless(String usual, String text) {
        String given = Util.fixEmptyAndTrim(text);
        return usual.equals(given) ? null : given;
    }
}
