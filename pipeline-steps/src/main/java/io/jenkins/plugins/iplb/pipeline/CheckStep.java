package io.jenkins.plugins.iplb.pipeline;

import io.jenkins.plugins.iplb.jenkins.check.CheckGuard;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.log.ReportLog;
import io.jenkins.plugins.iplb.operation.LiveCheck;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A step that asks a service itself, and not OVH. */
public abstract class CheckStep extends IplbStep {
    private static final long serialVersionUID = 1L;

    @Override
    final String subject() {
        return given().fields().json().path("url").asText();
    }

    @Override
    final void tell(Report report, ReportLog log) {
        if (!isDryRun()) {
            log.accept(WaitStatus.of(Messages.CheckStep_answers(
                    report.result().path("protocol").asText(),
                    report.result().path("status").asText())));
        }
    }

    @Override
    final CompletableFuture<Report> carryOut(Attempt attempt) {
        Operation.Checking operation = operation();
        IplbController controller = IplbController.get();
        return new CheckGuard(attempt.build().getParent(), controller.http())
                .check(operation.target())
                .thenApplyAsync(
                        check -> {
                            Duration left = Duration.between(
                                    controller.clock().instant(),
                                    attempt.options().deadline());
                            return isDryRun() ? LiveCheck.planned(operation) : check.run(operation, left);
                        },
                        controller.workers());
    }

    private Operation.Checking operation() {
        GivenCertificates certificates = new GivenCertificates(given());
        Operation.Checking meant = (Operation.Checking)
                given().type().operation(certificates.others().fields());
        return new Operation.Checking(certificates.in(meant.target()));
    }
}
