package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import java.util.Map;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What OVH refuses or does not bring to its end. */
@WithJenkins
class FailureTest {
    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void aRefreshThatFailsAtOvhFailsTheBuildWithOneLine() throws Exception {
        try (Shop shop = staged()) {
            shop.sandbox().faults().nextTaskEndsIn(TaskEnding.error);

            WorkflowRun build = Jobs.run(jenkins, Result.FAILURE, "iplbRefresh loadBalancer: 'shop'");

            jenkins.assertLogContains("ERROR: iplbRefresh failed (task-failed): refresh ", build);
            jenkins.assertLogNotContains("\tat ", build);
        }
    }

    @Test
    void aGateMakesTheBuildUnstableWhenAskedAndReturnsWhatWentWrong() throws Exception {
        try (Shop shop = staged()) {
            shop.sandbox().faults().nextTaskEndsIn(TaskEnding.error);

            WorkflowRun build = Jobs.run(jenkins, Result.UNSTABLE, """
                    def gate = iplbRefresh loadBalancer: 'shop', onFailure: 'unstable'
                    echo "failed: ${gate.failed}, changed: ${gate.changed}, kind: ${gate.error.kind}"
                    """);

            jenkins.assertLogContains("failed: true, changed: false, kind: task-failed", build);
            FlowNode node = new DepthFirstScanner()
                    .findFirstMatch(
                            build.getExecution(),
                            each -> each.getDisplayFunctionName().equals("iplbRefresh"));
            WarningAction warning = node.getAction(WarningAction.class);
            assertThat(warning.getResult()).isEqualTo(Result.UNSTABLE);
            assertThat(warning.getMessage()).contains("task-failed");
        }
    }

    @Test
    void whatOvhSaidIsInTheLogWithItsQueryId() throws Exception {
        try (Shop shop = staged()) {
            shop.sandbox().faults().on("PUT", "/ipLoadbalancing/**").status(409);

            WorkflowRun build = Jobs.run(
                    jenkins,
                    Result.FAILURE,
                    "iplbSetStickiness loadBalancer: 'shop', protocol: 'http', farm: 'app', stickiness: 'cookie'");

            jenkins.assertLogContains("ERROR: iplbSetStickiness failed (conflict): ", build);
            jenkins.assertLogContains("Fault asked for", build);
        }
    }

    @Test
    void aFailureCanBeCaughtAndKept() throws Exception {
        try (Shop shop = staged()) {
            shop.sandbox().faults().on("PUT", "/ipLoadbalancing/**").status(409);

            WorkflowRun build = Jobs.succeed(jenkins, """
                    def caught
                    try {
                        iplbSetStickiness loadBalancer: 'shop', protocol: 'http', farm: 'app', stickiness: 'cookie'
                    } catch (e) {
                        caught = e
                    }
                    sleep time: 1, unit: 'MILLISECONDS'
                    echo "caught ${caught.message}"
                    """);

            jenkins.assertLogContains("caught iplbSetStickiness failed (conflict)", build);
        }
    }

    @Test
    void aDeadlineThatPassesSaysWhatGoesOn() throws Exception {
        try (Shop shop = staged()) {
            shop.sandbox().faults().nextTaskEndsIn(TaskEnding.hang);

            WorkflowRun build = Jobs.run(jenkins, Result.FAILURE, "iplbRefresh loadBalancer: 'shop', timeout: '3s'");

            jenkins.assertLogContains("ERROR: iplbRefresh failed (timeout): ", build);
            jenkins.assertLogContains("goes on at OVH", build);
        }
    }

    private static Shop staged() throws Exception {
        Shop shop = new Shop();
        shop.configure();
        shop.sandbox().world().service(Shop.SERVICE).add("udp/farm", Map.of("zone", "all", "port", 53));
        return shop;
    }
}
