package io.jenkins.plugins.iplb.jenkins.log;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.record.ChangesAction;
import io.jenkins.plugins.iplb.jenkins.testing.ConsoleLinks;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.ShopJobs;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestBuilder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What builds say on their console, and where it leads. */
@WithJenkins
class ReportLogTest {
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
    void whatWasDoneLinksToThePageOfChangesAndIsGreen() throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(
                ShopJobs.job(jenkins, "done", ShopJobs.stickiness("cookie"), ShopJobs.refresh()));

        HtmlPage console = console(build);
        assertThat(texts(console, ".jenkins-\\!-success-color"))
                .containsExactly("shop: Stickiness of farm app changed", "shop: Load balancer refreshed");
        assertThat(texts(console, ".jenkins-\\!-warning-color"))
                .singleElement()
                .asString()
                .startsWith("shop: warning: a refresh re-balances the connections");
        assertThat(links(console))
                .filteredOn(link -> link.contains(ChangesAction.URL_NAME + "#"))
                .hasSize(2)
                .allMatch(link -> link.startsWith(jenkins.contextPath + "/" + build.getUrl()));
        assertThat(plain(build)).contains("shop: Stickiness of farm app changed (recorded)\n");
    }

    @Test
    void aRunInWhichNothingChangedLinksToNoPageSinceThereIsNone() throws Exception {
        FreeStyleProject job = ShopJobs.job(jenkins, "again", ShopJobs.stickiness("cookie"), ShopJobs.refresh());
        jenkins.buildAndAssertSuccess(job);

        FreeStyleBuild second = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("Nothing to change", second);
        jenkins.assertLogContains("Nothing to refresh", second);
        assertThat(ConsoleLinks.followed(jenkins, second)).isEmpty();
        assertThat(second.getAction(ChangesAction.class)).isNull();
    }

    @Test
    void whatHasFailedSaysWhereItIsKept() throws Exception {
        shop.sandbox().faults().nextTaskEndsIn(TaskEnding.error);

        FreeStyleBuild build = jenkins.buildAndAssertStatus(
                Result.FAILURE, ShopJobs.job(jenkins, "failed", ShopJobs.stickiness("cookie"), ShopJobs.refresh()));

        assertThat(plain(build))
                .containsPattern("shop: what was sent until then is kept \\(recorded\\)\nERROR: refresh \\d+ of gra");
        assertThat(links(console(build)))
                .filteredOn(link -> link.contains(ChangesAction.URL_NAME + "#"))
                .hasSize(2);
    }

    @Test
    void whereOvhMustBeLookedAtThereIsALinkToItsControlPanel() throws Exception {
        String panel = "https://manager.eu.ovhcloud.com/dedicated/#/iplb/loadbalancer-1";

        FreeStyleBuild build = say("panel", (log, any) -> {
            log.isAbout(Endpoint.of("ovh-eu"), "loadbalancer-1");
            log.failed(new IplbException(FailureKind.TASK_FAILED, "refresh 1 is error"), Optional.empty());
            log.failed(new IplbException(FailureKind.USAGE, "nothing was sent"), Optional.empty());
        });

        assertThat(plain(build)).containsOnlyOnce("shop: look at it in the Control Panel: " + panel + "\n");
        assertThat(links(console(build))).containsOnlyOnce(panel);
    }

    /** Whatever OVH answers and things are called. */
    @Test
    void textsOfOthersMarkNothingAndBeginNoLine() throws Exception {
        String evil = "<b id='evil'>x</b>\r\n\u001b[8mha:AAAA\u001b[0mERROR: forged \u202e";

        FreeStyleBuild build = say("neutral", (log, any) -> {
            log.accept(WaitStatus.of(evil));
            log.accept(WaitStatus.warning(evil));
            log.isAbout(Endpoint.of("ovh-eu"), "'><i id='evil'>");
            log.failed(new IplbException(FailureKind.TIMEOUT, evil), Optional.empty());
        });

        HtmlPage console = console(build);
        assertThat(console.querySelectorAll("#evil")).isEmpty();
        assertThat(plain(build).lines())
                .anyMatch(line -> line.startsWith("shop: <b id='evil'>x</b> [8mha:AAAA [0mERROR: forged"))
                .noneMatch(line -> line.startsWith("ERROR"));
        assertThat(BuildFailure.of(new IplbException(FailureKind.TIMEOUT, evil)).getMessage())
                .doesNotContain("\n", "\r", "\u001b", "\u202e");
    }

    private static FreeStyleBuild say(String name, BiConsumer<ReportLog, AbstractBuild<?, ?>> what) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        job.getBuildersList().add(new TestBuilder() {
            @Override
            public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener) {
                what.accept(new ReportLog("shop", build, listener), build);
                return true;
            }
        });
        return jenkins.buildAndAssertSuccess(job);
    }

    private static HtmlPage console(FreeStyleBuild build) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            return client.getPage(build, "console");
        }
    }

    private static List<String> texts(HtmlPage console, String selector) {
        return console.querySelectorAll(selector).stream()
                .map(DomNode::getTextContent)
                .toList();
    }

    private static List<String> links(HtmlPage console) {
        return console.querySelectorAll(".console-output a").stream()
                .map(link -> ((HtmlAnchor) link).getHrefAttribute())
                .toList();
    }

    private static String plain(FreeStyleBuild build) throws Exception {
        return JenkinsRule.getLog(build);
    }
}
