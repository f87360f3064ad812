package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.jenkins.testing.ConsoleLinks;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import org.htmlunit.html.DomElement;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The ways from a Pipeline build to its page of changes. */
@WithJenkins
class ConsoleLinksTest {
    private static final String STEPS = """
            iplbSetStickiness loadBalancer: 'shop', protocol: 'http', farm: 'app', stickiness: 'cookie'
            iplbRefresh loadBalancer: 'shop'
            """;

    @Test
    void whatIsRecordedIsLinkedAndARunInWhichNothingChangedLinksToNothing(JenkinsRule jenkins) throws Exception {
        try (Shop shop = new Shop()) {
            shop.configure();
            WorkflowJob job = Jobs.create(jenkins, STEPS);
            WorkflowRun first = jenkins.buildAndAssertSuccess(job);
            WorkflowRun second = jenkins.buildAndAssertSuccess(job);

            assertThat(ConsoleLinks.followed(jenkins, first)).hasSize(2);
            jenkins.assertLogContains("Nothing to refresh", second);
            assertThat(ConsoleLinks.followed(jenkins, second)).isEmpty();
            assertThat(sidePanel(jenkins, first)).contains("Load balancer changes");
            assertThat(sidePanel(jenkins, second)).doesNotContain("Load balancer changes");
        }
    }

    private static String sidePanel(JenkinsRule jenkins, WorkflowRun build) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            DomElement panel = client.getPage(build).getElementById("side-panel");
            return panel.asNormalizedText();
        }
    }
}
