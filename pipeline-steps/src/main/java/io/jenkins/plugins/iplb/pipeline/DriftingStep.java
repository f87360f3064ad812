package io.jenkins.plugins.iplb.pipeline;

import hudson.FilePath;
import io.jenkins.plugins.iplb.jenkins.log.ReportLog;
import io.jenkins.plugins.iplb.jenkins.record.BuildRecord;
import io.jenkins.plugins.iplb.jenkins.target.GivenChanges;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.operation.Drift;
import io.jenkins.plugins.iplb.operation.DriftText;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Durations;
import io.jenkins.plugins.iplb.run.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
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
        Fields checked = given().type().check(given).values();
        if (checked.get("file") == null && checked.get("content") == null) {
            return Optional.empty();
        }
        return Optional.of(GivenChanges.read(given().type(), given, context.get(FilePath.class), Attempt.env(context))
                .text());
    }

    @Override
    final CompletableFuture<Report> run(Target target, Operations operations, Attempt attempt) {
        return operations.run(operation(target, attempt), attempt.options());
    }

    private Operation.Drifting operation(Target target, Attempt attempt) {
        Optional<Duration> pendingFor = Optional.ofNullable(given().fields().get("pendingFor"))
                .map(text -> Durations.parse("pendingFor", text.asText()));
        return attempt.read()
                .map(text ->
                        Drift.of(GivenChanges.parse(text, false).operation(target, attempt.env(), false), pendingFor))
                .orElseGet(() -> Drift.of(
                        target.service(),
                        target.client().endpoint(),
                        new BuildRecord(attempt.build())
                                .journal(attempt.listener())
                                .known(target.service()),
                        pendingFor));
    }

    @Override
    final void tell(Report report, ReportLog log) {
        log.drifted(report);
    }

    @Override
    final Optional<String> unstable(Report report) {
        boolean isAsked = given().fields().json().path("unstable").asBoolean();
        List<String> text = DriftText.of(report);
        return isAsked && report.result().path(Drift.DRIFTED).asBoolean()
                ? Optional.of(text.get(text.size() - 1))
                : Optional.empty();
    }

    @Override
    final Map<String, Object> result(Report report, Optional<String> read) {
        return Results.ofDrift(report);
    }
}
