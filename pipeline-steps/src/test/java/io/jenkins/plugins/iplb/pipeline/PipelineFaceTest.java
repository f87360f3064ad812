package io.jenkins.plugins.iplb.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import hudson.model.Run;
import io.jenkins.plugins.iplb.faces.Face;
import io.jenkins.plugins.iplb.faces.FaceTable;
import io.jenkins.plugins.iplb.faces.FacesContract;
import io.jenkins.plugins.iplb.jenkins.testing.JenkinsFace;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.DeploymentOperations;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Values;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.BeforeAll;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The steps against the core. */
@WithJenkins
class PipelineFaceTest extends FacesContract {
    private static WorkflowJob job;

    @BeforeAll
    static void open(JenkinsRule jenkins) throws Exception {
        job = jenkins.createProject(WorkflowJob.class);
    }

    @Override
    protected Face face() {
        return new Steps();
    }

    @Override
    protected boolean waits() {
        return true;
    }

    @Override
    protected boolean canBeSaid(FaceTable.Asked asked) {
        return JenkinsFace.canBeKept(asked);
    }

    private static final class Steps extends JenkinsFace {
        @Override
        public String name() {
            return "pipeline";
        }

        @Override
        public boolean has(OperationType operation) {
            return steps().contains(operation);
        }

        @Override
        protected Run<?, ?> build(OperationType operation, ObjectNode values) throws Exception {
            Map<String, String> arguments = new LinkedHashMap<>();
            if (operation.find("service").isPresent() || operation.isChange()) {
                arguments.put("service", literal(TextNode.valueOf(DemoWorld.SERVICE)));
                arguments.put("credentialsId", literal(TextNode.valueOf(Shop.CREDENTIALS)));
            }
            for (Map.Entry<String, JsonNode> each : values.properties()) {
                Parameter parameter = operation.parameter(each.getKey());
                Map.Entry<String, JsonNode> said = said(parameter, each.getValue());
                arguments.put(said.getKey(), literal(value(parameter, said.getValue())));
            }
            String step = function(operation)
                    + arguments.entrySet().stream()
                            .map(each -> each.getKey() + ": " + each.getValue())
                            .collect(Collectors.joining(", ", "(", ")"));
            job.setDefinition(new CpsFlowDefinition(step, true));
            return job.scheduleBuild2(0).get();
        }

        /** A Pipeline has the text of a file, and null is as good as not given. */
        private static JsonNode value(Parameter parameter, JsonNode value) throws IOException {
            if (value.isNull()) {
                return TextNode.valueOf(Parameter.NONE);
            }
            boolean file = parameter.value() == Values.FILE && Files.exists(Path.of(value.asText()));
            return file ? TextNode.valueOf(Files.readString(Path.of(value.asText()))) : value;
        }
    }

    /** The operations that are steps: a secret is bound to a variable instead. */
    static List<OperationType> steps() {
        return Catalogue.all().stream()
                .filter(operation -> !operation.answersSecret())
                .toList();
    }

    /** The same with those that have a block. */
    static List<OperationType> stepsAndBlocks() {
        return Stream.concat(steps().stream(), DeploymentOperations.all().stream())
                .toList();
    }

    /** Good values for each of their parameters. */
    static Stream<FaceTable.Asked> good() {
        return Stream.concat(FaceTable.good().stream(), FaceTable.deployments().stream())
                .filter(asked -> !asked.operation().answersSecret());
    }

    /** The step of an operation. */
    static String function(OperationType operation) {
        return StepDescriptor.all().stream()
                .filter(each -> each instanceof IplbStepDescriptor ours
                        && ours.operation().equals(operation))
                .findFirst()
                .orElseThrow()
                .getFunctionName();
    }

    /** As a Pipeline has a value. */
    static String literal(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(PipelineFaceTest::literal).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .map(each -> literal(TextNode.valueOf(each.getKey())) + ": " + literal(each.getValue()))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return value.isTextual()
                ? "'"
                        + value.textValue()
                                .replace("\\", "\\\\")
                                .replace("'", "\\'")
                                .replace("\n", "\\n")
                                .replace("\r", "\\r")
                        + "'"
                : value.asText();
    }
}
