package io.jenkins.plugins.iplb.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
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
        if (isDryRun()) {
            return;
        }
        JsonNode result = report.result();
        if (result.has("protocol")) {
            log.accept(WaitStatus.of(Messages.CheckStep_answers(
                    result.path("protocol").asText(), result.path("status").asText())));
        }
        for (JsonNode place : result.path("places")) {
            log.accept(WaitStatus.of(Messages.CheckStep_place(
                    place.path("place").asText(),
                    place.path("good").asText(),
                    place.path("asked").asText(),
                    place.path("protocol").asText(),
                    place.path("status").asText())));
        }
    }

    @Override
    final CompletableFuture<Report> carryOut(Attempt attempt) {
        GivenCertificates certificates = new GivenCertificates(given());
        Operation operation = given().type().operation(certificates.others().fields());
        IplbController controller = IplbController.get();
        CheckGuard guard = new CheckGuard(attempt.build().getParent(), controller.http());
        return operation instanceof Operation.CheckingTraffic traffic
                ? watch(
                        new Operation.CheckingTraffic(
                                certificates.in(traffic.proof()), attempt.counted(), attempt.count()),
                        guard,
                        attempt)
                : look(
                        new Operation.Checking(certificates.in(((Operation.Checking) operation).target())),
                        guard,
                        attempt);
    }

    private static CompletableFuture<Report> watch(
            Operation.CheckingTraffic operation, CheckGuard guard, Attempt attempt) {
        return IplbController.get()
                .trafficChecking()
                .run(operation, guard.clients(operation.proof().targets()), attempt.options());
    }

    private CompletableFuture<Report> look(Operation.Checking operation, CheckGuard guard, Attempt attempt) {
        IplbController controller = IplbController.get();
        return guard.check(operation.target())
                .thenApplyAsync(
                        check -> {
                            Duration left = Duration.between(
                                    controller.clock().instant(),
                                    attempt.options().deadline());
                            return isDryRun() ? LiveCheck.planned(operation) : check.run(operation, left);
                        },
                        controller.workers());
    }
}
