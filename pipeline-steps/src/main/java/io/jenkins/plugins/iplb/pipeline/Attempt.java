package io.jenkins.plugins.iplb.pipeline;

import hudson.EnvVars;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.iplb.jenkins.log.ReportLog;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.operation.TrafficState;
import io.jenkins.plugins.iplb.refresh.RefreshState;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * A step's first go, or one after a restart.
 *
 * @param options with the same id and deadline in every go
 * @param env the environment, with what the build may know of credentials
 * @param within the transaction that it is a part of; empty for none
 * @param block what runs its block between its own steps; empty for a step without one
 * @param read what the step has read before it began; empty when it reads nothing
 * @param kept where a refresh gate or a check of traffic was; empty when there is none, or it has not begun
 * @param keep keeps where a refresh gate is, and is durable when it returns
 * @param count keeps what a check of traffic has counted; durable when it returns, as far as it matters
 */
record Attempt(
        Run<?, ?> build,
        TaskListener listener,
        ReportLog log,
        Options options,
        Optional<OpenTransaction> within,
        Optional<DeploymentExecution> block,
        EnvVars env,
        Optional<String> read,
        Optional<String> kept,
        Consumer<RefreshState> keep,
        Consumer<TrafficState> count) {

    /** Where a refresh gate was. */
    Optional<RefreshState> gate() {
        return kept.map(RefreshState::fromJson);
    }

    /** What a check of traffic had counted. */
    Optional<TrafficState> counted() {
        return kept.map(TrafficState::fromJson);
    }

    static EnvVars env(StepContext context) throws IOException, InterruptedException {
        EnvVars env = context.get(EnvVars.class);
        return env == null ? new EnvVars() : env;
    }
}
