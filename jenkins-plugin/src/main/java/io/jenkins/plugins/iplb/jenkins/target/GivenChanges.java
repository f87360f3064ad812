package io.jenkins.plugins.iplb.jenkins.target;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.FilePath;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.file.FileOperations;
import io.jenkins.plugins.iplb.file.StoredPlan;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.run.Report;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A change file as a build gives it, read once and then kept with the values that it was given, or a plan that somebody
 * has agreed to.
 *
 * @param isAgreed whether exactly what was planned is to be done, or nothing
 */
public record GivenChanges(StoredPlan kept, boolean isAgreed) {
    private static final String PLAN = "plan";

    /**
     * Reads what is given.
     *
     * @param given arguments of the type
     * @param workspace where files are; null for a build without one
     * @param env what placeholders stand for that nothing else is given for
     * @throws io.jenkins.plugins.iplb.failure.IplbException for what cannot be meant
     */
    public static GivenChanges read(OperationType type, Fields given, @CheckForNull FilePath workspace, EnvVars env)
            throws IOException, InterruptedException {
        Fields checked = type.check(given).values();
        if (checked.get(PLAN) != null) {
            return parse(checked.get(PLAN).asText(), true);
        }
        boolean isFile = checked.get("file") != null;
        String name = isFile ? checked.get("file").asText() : "content";
        String text = isFile ? text(name, workspace) : given.get("content").asText();
        StoredPlan.Drawing drawing =
                new StoredPlan.Drawing(name, text, FileOperations.values(checked.get("values"), env));
        return new GivenChanges(drawing.plan(List.of()), false);
    }

    /** What {@link #text} has kept. */
    public static GivenChanges parse(String text, boolean isAgreed) {
        return new GivenChanges(StoredPlan.parse("the text", text), isAgreed);
    }

    /** All of it, to be kept. */
    public String text() {
        return kept.json().toString();
    }

    /**
     * What it says of a load balancer.
     *
     * @param env where secrets are, which are not kept
     * @param refresh whether to make it live
     */
    public Operation.Configuring operation(Target target, EnvVars env, boolean refresh) {
        Function<String, Optional<String>> secrets = FileOperations.values(null, env);
        return isAgreed
                ? kept.operation(target.service(), secrets, target::serviceName, refresh)
                : kept.drawnAgain(secrets, target::serviceName)
                        .file()
                        .of(target.service())
                        .operation(refresh);
    }

    /** What was planned, for {@code plan}. */
    public String plan(Report report) {
        return kept.of(List.of(report)).json().toString();
    }

    /** What is in a file of the workspace. @throws InvalidInput when there is none */
    static String text(String name, @CheckForNull FilePath workspace) throws IOException, InterruptedException {
        if (workspace == null) {
            throw new InvalidInput(
                    "file", name, "a file of a workspace, and there is none here; %s is the text itself", "content");
        }
        // Whatever characters the agent's machine is used to.
        try (InputStream file = workspace.child(name).read()) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new InvalidInput("file", name, "a file of the workspace");
        }
    }
}
