package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller that is restarted while somebody thinks about a plan. */
class AgreedPlanTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final Shop shop = new Shop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void itIsAskedAboutAndThenCarriedOutAsItWas() throws Throwable {
        sessions.then(jenkins -> {
            shop.configure();
            WorkflowRun build = Jobs.start(jenkins, """
                    def plan = iplbPlan loadBalancer: 'shop',
                        content: '{loadBalancer: shop, http: {farms: {blue: {zone: all, port: 8000}}}}'
                    input message: plan.text, id: 'Agree'
                    def done = iplbApply loadBalancer: 'shop', plan: plan.plan
                    echo "same: ${done.hash == plan.hash}, changes: ${done.changes}"
                    """);
            jenkins.waitForMessage("Proceed or Abort", build);
            assertThat(build.getAction(InputAction.class)
                            .getExecution("Agree")
                            .getInput()
                            .getMessage())
                    .startsWith("+ Farm blue would be added")
                    .endsWith(Shop.SERVICE + ": 1 to be added");
            jenkins.assertLogContains("shop: " + Shop.SERVICE + ": 1 to be added", build);
        });
        sessions.then(jenkins -> {
            WorkflowRun build = build(jenkins);
            build.getAction(InputAction.class).getExecution("Agree").proceed(null);

            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("same: true, changes: 1", build);
            assertThat(shop.sandbox().calls().count("POST", "/ipLoadbalancing/*/http/farm"))
                    .isOne();
            assertThat(shop.sandbox().calls().count("POST", "/ipLoadbalancing/*/refresh"))
                    .isOne();
        });
    }

    private static WorkflowRun build(JenkinsRule jenkins) {
        return jenkins.jenkins.getAllItems(WorkflowJob.class).get(0).getLastBuild();
    }
}
