package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.model.AbstractBuild;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.iplb.check.ConnectionsAt;
import io.jenkins.plugins.iplb.jenkins.check.CheckGuard;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.log.BuildFailure;
import io.jenkins.plugins.iplb.jenkins.log.ReportLog;
import io.jenkins.plugins.iplb.jenkins.record.BuildRecord;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.run.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Carries the operations of a build step out; the build's own thread does nothing but wait, so that it can be aborted. */
final class Conductor {
    private final Run<?, ?> run;
    private final TaskListener listener;
    private final Target target;
    private final String step;
    private final Instant deadline;
    private final boolean dryRun;
    private final ReportLog log;
    private final Journal journal;

    /**
     * @param step as the record is to name it
     * @param patience for all of it
     * @throws io.jenkins.plugins.iplb.failure.IplbException when there is no such load balancer
     */
    Conductor(
            Run<?, ?> run,
            TaskListener listener,
            LoadBalancerChoice choice,
            String step,
            Duration patience,
            boolean dryRun) {
        this.run = run;
        this.listener = listener;
        this.target = choice.resolve(run);
        this.step = step;
        this.deadline = IplbController.get().clock().instant().plus(patience);
        this.dryRun = dryRun;
        this.log = new ReportLog(choice.name(), run, listener);
        log.isAbout(target.client().endpoint(), target.service());
        this.journal = new BuildRecord(run).journal(listener);
    }

    Target target() {
        return target;
    }

    /** The build. */
    Run<?, ?> run() {
        return run;
    }

    /** What is written down of it, and what is known of others. */
    Journal journal() {
        return journal;
    }

    /** Where the files of the build are; null for one that has none. */
    @CheckForNull
    FilePath workspace() {
        return run instanceof AbstractBuild<?, ?> build ? build.getWorkspace() : null;
    }

    /**
     * Waits until it is over, says how it ended, and gives later steps the ids.
     *
     * @return how it ended
     * @throws ExecutionException around what went wrong
     * @throws InterruptedException when the build is aborted; nothing more is sent then
     */
    Report carryOut(Operation.OnLoadBalancer operation) throws InterruptedException, ExecutionException {
        String id = UUID.randomUUID().toString();
        Options options = new Options(id, deadline, dryRun, log, new BuildRecord(run).by(step), CallObserver.NONE);
        CompletableFuture<Report> end = operations().run(operation, options);
        try {
            Report report = end.get();
            tell(operation, report);
            MadeIds.of(run).add(report.result());
            return report;
        } catch (ExecutionException e) {
            BuildFailure.refusal(e).ifPresent(refusal -> log.failed(refusal, journal.find(id)));
            throw e;
        } catch (InterruptedException e) {
            end.cancel(false);
            log.stopped(journal.find(id));
            throw e;
        }
    }

    private Operations operations() {
        CheckGuard guard = new CheckGuard(run.getParent(), IplbController.get().http());
        return IplbController.get()
                .operations(target.client(), journal)
                .asking(url -> guard.client(ConnectionsAt.PARAMETER, url));
    }

    private void tell(Operation operation, Report report) {
        if (operation instanceof Operation.Drifting) {
            log.drifted(report);
        } else if (operation instanceof Operation.Configuring || operation instanceof Operation.Undoing) {
            log.configured(report, dryRun);
        } else {
            log.done(report, dryRun);
        }
    }

    /** The build goes on, and is not as good as it should be. */
    void unstable(String why) {
        listener.error(why);
        run.setResult(Result.UNSTABLE);
    }
}
