package io.jenkins.plugins.iplb.jenkins.freestyle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.FreeStyleProject;
import hudson.model.Run;
import io.jenkins.plugins.iplb.faces.Face;
import io.jenkins.plugins.iplb.faces.FaceTable;
import io.jenkins.plugins.iplb.faces.FacesContract;
import io.jenkins.plugins.iplb.jenkins.testing.ChangeForms;
import io.jenkins.plugins.iplb.jenkins.testing.JenkinsFace;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.parameter.Flag;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.RuleValue;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.junit.jupiter.api.BeforeAll;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The build steps of freestyle jobs against the core. */
@WithJenkins
class FreestyleFaceTest extends FacesContract {
    private static FreeStyleProject job;

    @BeforeAll
    static void open(JenkinsRule jenkins) throws Exception {
        job = jenkins.createFreeStyleProject();
    }

    @Override
    protected Face face() {
        return new BuildSteps();
    }

    @Override
    protected boolean waits() {
        return true;
    }

    /** A form has the fields of a rule. */
    @Override
    protected boolean canBeSaid(FaceTable.Asked asked) {
        return JenkinsFace.canBeKept(asked)
                && asked.operation().parameters().stream()
                        .filter(each -> each.value() instanceof RuleValue || RuleValue.areRules(each.value()))
                        .noneMatch(rules -> asked.values().has(rules.name()));
    }

    private static final class BuildSteps extends JenkinsFace {
        @Override
        public String name() {
            return "freestyle";
        }

        /** Those that only ask have no build step. */
        @Override
        public boolean has(OperationType operation) {
            return operation.isChange() || operation.name().equals("refresh");
        }

        /** A form has no text where it has a checkbox or the fields of a rule. */
        @Override
        public Optional<String> called(OperationType operation, Parameter parameter, JsonNode value) {
            boolean typed =
                    !(parameter.value() instanceof Flag && parameter.preset().isPresent())
                            && !RuleValue.areRules(parameter.value());
            return super.called(operation, parameter, value).filter(name -> typed && has(operation));
        }

        @Override
        protected Run<?, ?> build(OperationType operation, ObjectNode values) throws Exception {
            LoadBalancerBuilder builder = operation.isChange()
                    ? new ChangeBuilder(List.of(ChangeForms.of(operation, values)))
                    : refresh(ChangeForms.arguments(operation, values));
            builder.setService(values.path("service").asText(DemoWorld.SERVICE));
            builder.setCredentialsId(Shop.CREDENTIALS);
            job.getBuildersList().replaceBy(List.of(builder));
            return job.scheduleBuild2(0).get();
        }

        private static RefreshBuilder refresh(Map<String, Object> arguments) throws Exception {
            return DescribableModel.of(RefreshBuilder.class).instantiate(arguments, null);
        }
    }
}
