package io.jenkins.plugins.iplb.pipeline;

import io.jenkins.plugins.iplb.deployment.Deployment;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.run.Report;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A deployment whose block is run between its own steps: {@link DeploymentExecution} runs it. */
public abstract class DeploymentStep extends LoadBalancerStep {
    private static final long serialVersionUID = 1L;

    @Override
    final StepExecution execution(StepContext context, Instant deadline) {
        return new DeploymentExecution(context, this, deadline);
    }

    @Override
    final CompletableFuture<Report> run(Target target, Operations operations, Attempt attempt) {
        if (attempt.within().isPresent() && !isCheck()) {
            throw new IplbException(
                    FailureKind.USAGE,
                    "it is inside of an iplbChanges, which refreshes once and at its end: a deployment refreshes at each of its steps, and goes outside of it");
        }
        Operation.Deployment deployment = (Operation.Deployment) given().operation(target);
        return attempt.block()
                .orElseThrow()
                .carryOut(body -> Deployment.of(operations, deployment, attempt.options(), body));
    }
}
