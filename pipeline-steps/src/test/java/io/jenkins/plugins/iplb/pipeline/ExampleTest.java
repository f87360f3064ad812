package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.iplb.jenkins.record.ChangesAction;
import io.jenkins.plugins.iplb.jenkins.testing.ConsoleLinks;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
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

    @Test
    void aChangeFileIsAskedAboutAndUndoneWhenTheCheckBehindItFails() throws Exception {
        run(Result.SUCCESS);
        String file = """
                loadBalancer: shop
                http: {farms: {app: {stickiness: cookie}}}
                tcp: {farms: {new: {zone: all, port: 80}}, frontends: {https: {disabled: true}}}
                """;

        WorkflowRun build = start(file).waitForStart();
        jenkins.waitForMessage("Apply or Abort", build);
        InputStepExecution input =
                build.getAction(InputAction.class).getExecutions().get(0);
        assertThat(input.getInput().getMessage()).contains("Farm new would be added");
        input.proceed(null);

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("iplbCheckTraffic failed", build);
        jenkins.assertLogContains("what was live has been undone, and that is live", build);
        assertThat(shop.sandbox().world().service(Shop.SERVICE).staged("tcp/farm"))
                .noneMatch(farm -> farm.text("displayName").equals("new"));
        assertThat(shop.sandbox().world().service(Shop.SERVICE).pending()).isEmpty();
    }

    private WorkflowRun run(Result result) throws Exception {
        return jenkins.assertBuildStatus(result, start(""));
    }

    private QueueTaskFuture<WorkflowRun> start(String changes) throws Exception {
        WorkflowJob job = Jobs.create(jenkins, Files.readString(EXAMPLE));
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("CONNECT_TO"),
                new StringParameterDefinition("CA"),
                new StringParameterDefinition("CHANGES")));
        String address = "127.0.0.1:" + shop.sandbox().tlsAddress().getPort();
        return job.scheduleBuild2(
                0,
                new ParametersAction(
                        new StringParameterValue("CONNECT_TO", address),
                        new StringParameterValue("CHANGES", changes),
                        new StringParameterValue(
                                "CA", Files.readString(shop.sandbox().caFile()))));
    }
}
