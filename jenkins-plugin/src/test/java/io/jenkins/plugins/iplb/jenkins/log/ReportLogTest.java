package io.jenkins.plugins.iplb.jenkins.log;

import static io.jenkins.plugins.iplb.jenkins.testing.ShopJobs.job;
import static io.jenkins.plugins.iplb.jenkins.testing.ShopJobs.refresh;
import static io.jenkins.plugins.iplb.jenkins.testing.ShopJobs.stickiness;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.iplb.jenkins.record.ChangesAction;
import io.jenkins.plugins.iplb.jenkins.testing.ConsoleLinks;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ReportLogTest {
    private final Shop shop = new Shop();
    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        shop.configure();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void eachLineThatSaysThatSomethingIsRecordedLinksToIt() throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job(jenkins, "deploy", stickiness("cookie"), refresh()));

        assertThat(ConsoleLinks.followed(jenkins, build)).hasSize(2);
    }

    @Test
    void aRunInWhichNothingChangedLinksToNoPageSinceThereIsNone() throws Exception {
        FreeStyleProject job = job(jenkins, "deploy", stickiness("cookie"), refresh());
        jenkins.buildAndAssertSuccess(job);

        FreeStyleBuild second = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("Nothing to change", second);
        jenkins.assertLogContains("Nothing to refresh", second);
        assertThat(ConsoleLinks.followed(jenkins, second)).isEmpty();
        assertThat(second.getAction(ChangesAction.class)).isNull();
    }
}
