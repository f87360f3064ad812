package io.jenkins.plugins.iplb.pipeline;

import io.jenkins.plugins.iplb.check.Http2Target;
import io.jenkins.plugins.iplb.check.TrustedCa;
import io.jenkins.plugins.iplb.jenkins.check.CheckGuard;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
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

    private static final String CA = "ca";

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

    /** Certificates are given as text: the files of a controller are nothing to a build. */
    private Operation.Checking operation() {
        GivenFields given = given();
        Operation.Checking meant =
                (Operation.Checking) given.type().operation(given.without(CA).fields());
        String certificates = given.fields().json().path(CA).textValue();
        return certificates == null
                ? meant
                : new Operation.Checking(new Http2Target(
                        meant.target().url(), meant.target().connectTo(), TrustedCa.parse("the text", certificates)));
    }
}
