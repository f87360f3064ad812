package io.jenkins.plugins.iplb.pipeline;

import hudson.FilePath;
import io.jenkins.plugins.iplb.file.FileOperations;
import io.jenkins.plugins.iplb.jenkins.log.ReportLog;
import io.jenkins.plugins.iplb.jenkins.target.GivenChanges;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.run.Report;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A step that makes a load balancer what a change file says, or says what that would take. */
public abstract class ConfigurationStep extends LoadBalancerStep {
    private static final long serialVersionUID = 1L;

    @Override
    final boolean isCheck() {
        return isDryRun() || isPlan();
    }

    private boolean isPlan() {
        return given().type().equals(FileOperations.PLANNING);
    }

    @Override
    final Optional<String> read(StepContext context) throws IOException, InterruptedException {
        FilePath workspace = context.get(FilePath.class);
        Fields given = given().fields().with("service", String.valueOf(choice().name()));
        return Optional.of(GivenChanges.read(given().type(), given, workspace, Attempt.env(context))
                .text());
    }

    private GivenChanges changes(Optional<String> read) {
        boolean isAgreed = given().fields().get("plan") != null;
        return GivenChanges.parse(read.orElseThrow(), isAgreed);
    }

    @Override
    final CompletableFuture<Report> run(Target target, Operations operations, Attempt attempt) {
        boolean refresh = isPlan() || given().fields().json().path("refresh").asBoolean(true);
        return operations.run(changes(attempt.read()).operation(target, attempt.env(), refresh), attempt.options());
    }

    @Override
    final void tell(Report report, ReportLog log) {
        log.configured(report, isCheck());
    }

    @Override
    final Map<String, Object> result(Report report, Optional<String> read) {
        Map<String, Object> result = Results.ofConfiguration(report, isCheck());
        if (isCheck()) {
            result.put("plan", changes(read).plan(report));
        }
        return result;
    }
}
