package io.jenkins.plugins.iplb.jenkins.target;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.FilePath;
import io.jenkins.plugins.iplb.file.FileOperations;
import io.jenkins.plugins.iplb.operation.Drift;
import io.jenkins.plugins.iplb.operation.DriftText;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Durations;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.run.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a build looks for drift from.
 *
 * @param given arguments of {@link FileOperations#DRIFTING}
 * @param file empty for what builds have left
 */
public record GivenDrift(Fields given, Optional<GivenChanges> file) {

    /**
     * Reads what is given.
     *
     * @param workspace where files are; null for a build without one
     * @param env what placeholders stand for that nothing else is given for
     * @throws io.jenkins.plugins.iplb.failure.IplbException for what cannot be meant
     */
    public static GivenDrift read(Fields given, @CheckForNull FilePath workspace, EnvVars env)
            throws IOException, InterruptedException {
        Fields checked = FileOperations.DRIFTING.check(given).values();
        boolean isFile = checked.get("file") != null || checked.get("content") != null;
        return new GivenDrift(
                given,
                isFile
                        ? Optional.of(GivenChanges.read(FileOperations.DRIFTING, given, workspace, env))
                        : Optional.empty());
    }

    /** @param journal of the build, which knows what others have left */
    public Operation.Drifting operation(Target target, EnvVars env, Journal journal) {
        Optional<Duration> pendingFor =
                Optional.ofNullable(given.get("pendingFor")).map(text -> Durations.parse("pendingFor", text.asText()));
        return file.map(changes -> Drift.of(changes.operation(target, env, false), pendingFor))
                .orElseGet(() -> Drift.of(
                        target.service(), target.client().endpoint(), journal.known(target.service()), pendingFor));
    }

    /** Why the build is to be unstable; empty when it is not. */
    public Optional<String> unstable(Report report) {
        boolean isAsked = given.json().path("unstable").asBoolean();
        List<String> text = DriftText.of(report);
        return isAsked && report.result().path(Drift.DRIFTED).asBoolean()
                ? Optional.of(text.get(text.size() - 1))
                : Optional.empty();
    }
}
