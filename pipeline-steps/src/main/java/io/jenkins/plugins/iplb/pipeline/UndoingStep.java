package io.jenkins.plugins.iplb.pipeline;

import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.iplb.jenkins.log.ReportLog;
import io.jenkins.plugins.iplb.jenkins.target.GivenRecord;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.run.Report;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A step that undoes what a change record says was done. */
public abstract class UndoingStep extends LoadBalancerStep {
    private static final long serialVersionUID = 1L;

    @Override
    final Optional<String> read(StepContext context) throws IOException, InterruptedException {
        return Optional.of(GivenRecord.read(all(), context.get(Run.class), context.get(FilePath.class))
                .text());
    }

    private Fields all() {
        return given().fields().with("service", String.valueOf(choice().name()));
    }

    @Override
    final CompletableFuture<Report> run(Target target, Operations operations, Attempt attempt) {
        GivenRecord record = new GivenRecord("the record", attempt.read().orElseThrow());
        return operations.run(new Operation.Undoing(record.rollback(target, given().fields())), attempt.options());
    }

    @Override
    final void tell(Report report, ReportLog log) {
        log.configured(report, isCheck());
    }

    @Override
    final Map<String, Object> result(Report report, Optional<String> read) {
        return Results.ofConfiguration(report, isCheck());
    }
}
