package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.iplb.jenkins.record.ChangesAction;
import io.jenkins.plugins.iplb.jenkins.testing.ConsoleLinks;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** {@code Jenkinsfile.example} as it is; the sandbox only takes a place to connect to and an authority to trust. */
@WithJenkins
class ExampleTest {
    private static final Path EXAMPLE = Path.of("..", "Jenkinsfile.example");

    private static JenkinsRule jenkins;

    private Shop shop;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void open() throws Exception {
        shop = new Shop();
        shop.configure();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void itBringsHttp2AndTheFailoverIp() throws Exception {
        WorkflowRun build = run(Result.SUCCESS);

        jenkins.assertLogContains("answers over h2", build);
        assertThat(shop.sandbox().world().service(Shop.SERVICE).pending()).isEmpty();
        assertThat(build.getArtifacts())
                .extracting(WorkflowRun.Artifact::getFileName)
                .containsExactly("iplb-changes.json");
    }

    @Test
    void runAgainItFindsEverythingAsItShouldBe() throws Exception {
        run(Result.SUCCESS);
        shop.sandbox().calls().clear();

        WorkflowRun second = run(Result.SUCCESS);

        assertThat(shop.sandbox().calls().all()).allMatch(call -> call.method().equals("GET"));
        jenkins.assertLogNotContains(ChangesAction.URL_NAME, second);
        assertThat(ConsoleLinks.followed(jenkins, second)).isEmpty();
    }

    @Test
    void aRefreshThatFailsEndsItWithWhatIsThere() throws Exception {
        shop.sandbox().faults().nextTaskEndsIn(TaskEnding.error);

        WorkflowRun build = run(Result.FAILURE);

        jenkins.assertLogContains("Staged and not live: []", build);
    }

    private WorkflowRun run(Result result) throws Exception {
        WorkflowJob job = Jobs.create(jenkins, Files.readString(EXAMPLE));
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("CONNECT_TO"), new StringParameterDefinition("CA")));
        String address = "127.0.0.1:" + shop.sandbox().tlsAddress().getPort();
        return jenkins.assertBuildStatus(
                result,
                job.scheduleBuild2(
                        0,
                        new ParametersAction(
                                new StringParameterValue("CONNECT_TO", address),
                                new StringParameterValue(
                                        "CA", Files.readString(shop.sandbox().caFile())))));
    }
}
