package io.jenkins.plugins.iplb.jenkins.testing;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import hudson.model.Result;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.iplb.faces.Face;
import io.jenkins.plugins.iplb.faces.FaceTable;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.credentials.OvhApplicationKeys;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Values;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jvnet.hudson.test.JenkinsRule;

/** Builds against the core: each asks for one operation, by service name and credentials. */
public abstract class JenkinsFace implements Face {
    private static final Duration SOON = Duration.ofMillis(300);

    /** What is empty on a form is not given, and what was pasted is not repeated. */
    @Override
    public Optional<String> called(OperationType operation, Parameter parameter, JsonNode value) {
        return Optional.of(parameter.name())
                .filter(name -> !value.asText().isBlank() && parameter.value() != Values.FILE);
    }

    @Override
    public final Optional<String> ask(
            Sandbox sandbox, TestClock clock, Path directory, OperationType operation, ObjectNode values) {
        sandbox.world().refreshTakes(SOON).ipMoveTakes(SOON);
        ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
        ticks.scheduleAtFixedRate(() -> clock.advance(Duration.ofMillis(50)), 50, 50, TimeUnit.MILLISECONDS);
        try {
            configure(sandbox);
            keep(operation, values);
            Run<?, ?> build = build(operation, values);
            return build.getResult() == Result.SUCCESS
                    ? Optional.empty()
                    : Optional.of(JenkinsRule.getLog(build)
                            .lines()
                            .filter(line -> line.startsWith("ERROR: "))
                            .map(line -> line.replaceFirst("^ERROR: (iplb\\w+ failed \\(\\w+\\): )?", ""))
                            .collect(Collectors.joining("\n")));
        } catch (Exception e) {
            throw new AssertionError(operation + " " + values, e);
        } finally {
            ticks.shutdownNow();
        }
    }

    private static void configure(Sandbox sandbox) {
        OvhLoadBalancers configuration = OvhLoadBalancers.get();
        configuration.setCustomEndpoints(List.of(sandbox.httpEndpoint().toString()));
        configuration.setCheckTargets(List.of("127.0.0.1"));
        configuration.setRequestsPerMinute(600);
        List<com.cloudbees.plugins.credentials.Credentials> all =
                SystemCredentialsProvider.getInstance().getCredentials();
        all.clear();
        all.add(new OvhApplicationKeys(
                CredentialsScope.GLOBAL,
                Shop.CREDENTIALS,
                "the sandbox's",
                sandbox.httpEndpoint().toString(),
                sandbox.credentials().applicationKey(),
                Secret.fromString(sandbox.credentials().applicationSecret()),
                Secret.fromString(sandbox.credentials().consumerKey())));
    }

    /** What is secret is in the credentials store, under the name of the parameter. */
    private static void keep(OperationType operation, ObjectNode values) throws IOException {
        for (Parameter parameter : operation.parameters()) {
            if (parameter.value().isSecret() && values.has(parameter.name())) {
                byte[] secret = values.path(parameter.name()).asText().getBytes(StandardCharsets.US_ASCII);
                SystemCredentialsProvider.getInstance()
                        .getCredentials()
                        .add(new FileCredentialsImpl(
                                CredentialsScope.GLOBAL,
                                parameter.name(),
                                "a key",
                                "key.pem",
                                SecretBytes.fromBytes(secret)));
            }
        }
    }

    /** Whether XML, in which Jenkins keeps jobs and builds, has a place for all of it. */
    public static boolean canBeKept(FaceTable.Asked asked) {
        return asked.values().toString().codePoints().noneMatch(JenkinsFace::hasNoPlaceInXml)
                && !asked.values().toString().contains("\\u0000");
    }

    private static boolean hasNoPlaceInXml(int codePoint) {
        return codePoint <= Character.MAX_VALUE && Character.isSurrogate((char) codePoint)
                || codePoint >> 1 == 0xFFFE >> 1;
    }

    /** What a job says: the value, or where it is kept. */
    public static Map.Entry<String, JsonNode> said(Parameter parameter, JsonNode value) {
        return parameter.value().isSecret()
                ? Map.entry(parameter.name() + "CredentialsId", TextNode.valueOf(parameter.name()))
                : Map.entry(parameter.name(), value);
    }

    /** One that has ended. @param values with what resets as null */
    protected abstract Run<?, ?> build(OperationType operation, ObjectNode values) throws Exception;
}
