package io.jenkins.plugins.iplb.jenkins.target;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.Functions;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.jenkins.record.BuildRecord;
import io.jenkins.plugins.iplb.operation.RecordOperations;
import io.jenkins.plugins.iplb.operation.Rollback;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.RecordReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * A change record as a build gives it, read once and then kept: that of another build, or a text.
 *
 * @param name what messages call it
 */
public record GivenRecord(String name, String text) {
    /** Of a build that has changed nothing. */
    private static final String NOTHING = "";

    /**
     * Reads what is given.
     *
     * @param given arguments of {@link RecordOperations#ROLLBACK}
     * @param run the build that asks, which reads what whoever it runs as may read
     * @param workspace where files are; null for a build without one
     * @throws io.jenkins.plugins.iplb.failure.IplbException for what cannot be meant
     */
    public static GivenRecord read(Fields given, Run<?, ?> run, @CheckForNull FilePath workspace)
            throws IOException, InterruptedException {
        JsonNode checked = RecordOperations.checkRollback(given).values().json();
        if (checked.has("build")) {
            return ofBuild(
                    run, checked.path("job").textValue(), checked.path("build").asInt());
        }
        if (checked.has("content")) {
            return new GivenRecord("content", checked.path("content").asText());
        }
        String file = checked.path("file").asText();
        return new GivenRecord(file, GivenChanges.text(file, workspace));
    }

    private static GivenRecord ofBuild(Run<?, ?> run, @CheckForNull String job, int number) throws IOException {
        Job<?, ?> meant = job == null ? run.getParent() : job(run.getParent(), job);
        Run<?, ?> build = meant.getBuildByNumber(number);
        if (build == null) {
            throw new InvalidInput("build", number, "a build of %s that is still there".formatted(meant.getFullName()));
        }
        Path record = new BuildRecord(build).file();
        return new GivenRecord(build.getFullDisplayName(), Files.exists(record) ? Files.readString(record) : NOTHING);
    }

    /** What is not there and what may not be seen is the same. */
    private static Job<?, ?> job(Job<?, ?> asking, String name) {
        try (ACLContext who =
                ACL.as2(asking instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : Jenkins.ANONYMOUS2)) {
            Job<?, ?> job = Jenkins.get().getItem(name, asking.getParent(), Job.class);
            if (job == null || Functions.isArtifactsPermissionEnabled() && !job.hasPermission(Run.ARTIFACTS)) {
                throw new InvalidInput("job", name, "a job whose changes this build may see");
            }
            return job;
        }
    }

    /** What undoes what it says of a load balancer. */
    public Rollback rollback(Target target, Fields given) {
        JsonNode meant = given.json();
        return Rollback.of(
                target.service(),
                text.equals(NOTHING)
                        ? List.of()
                        : RecordReader.read(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))),
                meant.path("force").asBoolean(false),
                meant.path("refresh").asBoolean(true));
    }
}
