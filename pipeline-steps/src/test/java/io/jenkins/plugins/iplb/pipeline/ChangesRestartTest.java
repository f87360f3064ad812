package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.Waits;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * A controller that is restarted while a build has the turn of a load balancer and another one waits for it, and while one
 * undoes what it has made live. {@link RestartTest} has the other phases.
 */
class ChangesRestartTest {
    private static final String STICKY =
            "iplbSetStickiness loadBalancer: 'shop', protocol: 'http', farm: 'app', stickiness: 'cookie'\n";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final Shop shop = new Shop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void whoHasTheTurnHasItAgainAndWhoWaitsForItWaitsStill() throws Throwable {
        shop.sandbox().world().service(Shop.SERVICE).deployed();
        sessions.then(jenkins -> {
            shop.configure();
            WorkflowRun first = start(
                    jenkins,
                    "first",
                    "iplbChanges(loadBalancer: 'shop') {\n" + STICKY + "input id: 'Go', message: 'go on?'\n"
                            + STICKY.replace("cookie", "sourceIp") + "error 'slip' }");
            jenkins.waitForMessage("Proceed or Abort", first);
            WorkflowRun second = start(jenkins, "second", "iplbChanges(loadBalancer: 'shop') {\n" + STICKY + "}");
            jenkins.waitForMessage("waiting for its turn", second);
        });
        sessions.then(jenkins -> {
            WorkflowRun first = build(jenkins, "first");
            WorkflowRun second = build(jenkins, "second");
            jenkins.waitForMessage("Ready to run", second);
            assertThat(puts()).isOne();

            Waits.until(() -> first.getAction(InputAction.class) != null
                    && first.getAction(InputAction.class).getExecution("Go") != null);
            first.getAction(InputAction.class).getExecution("Go").proceed(null);

            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(first));
            jenkins.assertLogContains("what was staged has been put back", first);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(second));
            assertThat(puts()).isEqualTo(4);
            assertThat(refreshes()).isOne();
        });
    }

    @Test
    void whatIsBeingUndoneIsUndone() throws Throwable {
        shop.sandbox().world().service(Shop.SERVICE).deployed();
        sessions.then(jenkins -> {
            shop.configure();
            WorkflowRun build = start(
                    jenkins,
                    "first",
                    "iplbChanges(loadBalancer: 'shop') {\n" + STICKY + "iplbRefresh loadBalancer: 'shop'\n"
                            + "echo 'live'\n input 'go on?' }");
            jenkins.waitForMessage("Proceed or Abort", build);
            shop.sandbox().world().refreshTakes(Duration.ofHours(1));
            build.getExecutor().interrupt();
            Waits.until(() -> refreshes() == 2);
        });
        sessions.then(jenkins -> {
            shop.sandbox().world().endTasks();
            WorkflowRun build = build(jenkins, "first");

            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("what was live has been undone, and that is live", build);
            assertThat(puts()).isEqualTo(2);
            assertThat(refreshes()).isEqualTo(2);
            assertThat(shop.sandbox().world().service(Shop.SERVICE).pending()).isEmpty();
        });
    }

    private long puts() {
        return shop.sandbox().calls().count("PUT", "/ipLoadbalancing/*/http/farm/*");
    }

    private long refreshes() {
        return shop.sandbox().calls().count("POST", "/ipLoadbalancing/*/refresh");
    }

    private static WorkflowRun start(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private static WorkflowRun build(JenkinsRule jenkins, String name) {
        return jenkins.jenkins.getItemByFullName(name, WorkflowJob.class).getLastBuild();
    }
}
