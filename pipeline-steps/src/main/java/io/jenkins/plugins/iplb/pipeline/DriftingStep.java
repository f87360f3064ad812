package io.jenkins.plugins.iplb.pipeline;

import hudson.FilePath;
import io.jenkins.plugins.iplb.jenkins.log.ReportLog;
import io.jenkins.plugins.iplb.jenkins.record.BuildRecord;
import io.jenkins.plugins.iplb.jenkins.target.GivenChanges;
import io.jenkins.plugins.iplb.jenkins.target.GivenDrift;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.run.Report;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A step that says what is not as a change file says, or as the builds of this controller have left it. */
public abstract class DriftingStep extends LoadBalancerStep {
    private static final long serialVersionUID = 1L;

    @Override
    final boolean isCheck() {
        return true;
    }

    @Override
    final Optional<String> read(StepContext context) throws IOException, InterruptedException {
        Fields given = given().fields().with("service", String.valueOf(choice().name()));
        return GivenDrift.read(given, context.get(FilePath.class), Attempt.env(context))
                .file()
                .map(GivenChanges::text);
    }

    @Override
    final CompletableFuture<Report> run(Target target, Operations operations, Attempt attempt) {
        GivenDrift drift = given(attempt.read().map(text -> GivenChanges.parse(text, false)));
        return operations.run(
                drift.operation(target, attempt.env(), new BuildRecord(attempt.build()).journal(attempt.listener())),
                attempt.options());
    }

    private GivenDrift given(Optional<GivenChanges> file) {
        return new GivenDrift(given().fields(), file);
    }

    @Override
    final void tell(Report report, ReportLog log) {
        log.drifted(report);
    }

    @Override
    final Optional<String> unstable(Report report) {
        return given(Optional.empty()).unstable(report);
    }

    @Override
    final Map<String, Object> result(Report report, Optional<String> read) {
        return Results.ofDrift(report);
    }
}
