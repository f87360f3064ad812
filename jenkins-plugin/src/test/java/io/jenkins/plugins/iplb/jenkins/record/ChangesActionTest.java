package io.jenkins.plugins.iplb.jenkins.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.freestyle.ChangeBuilder;
import io.jenkins.plugins.iplb.jenkins.freestyle.EnsureFrontendChange;
import io.jenkins.plugins.iplb.jenkins.freestyle.RefreshBuilder;
import io.jenkins.plugins.iplb.jenkins.freestyle.SetStickinessChange;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.ShopJobs;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.EntryHeader;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.record.Subject;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ChangesActionTest {
    private static final String SCRIPT = "<script>alert('frontend')</script>";

    private static JenkinsRule jenkins;

    private final Shop shop = new Shop();
    private FreeStyleProject job;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void configure() throws Exception {
        shop.configure();
        job = jenkins.createFreeStyleProject("deploy");
    }

    @AfterEach
    void close() throws Exception {
        jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        ShopJobs.deleteAll(jenkins);
        shop.close();
    }

    @Test
    void thePageTellsWhatChangedByWhomAndWhenItWentLive() throws Exception {
        job.getBuildersList().add(stickiness("app"));
        job.getBuildersList().add(refresh());
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        String page = page(build).asNormalizedText();

        String query = RecordReader.read(new BuildRecord(build).file())
                .get(0)
                .calls()
                .get(0)
                .queryId();
        assertThat(page)
                .contains("Stickiness of farm app changed")
                .doesNotContain("set-stickiness")
                .contains("shop (" + Shop.SERVICE + ") · build: deploy#1 · step: OVHcloud Load Balancer: change")
                .containsPattern("stickiness\\s+cookie")
                .containsPattern("gra\\s+\\S.*\\d")
                .contains("PUT /ipLoadbalancing/" + Shop.SERVICE + "/http/farm/")
                .contains(query)
                .contains("Live since");
    }

    @Test
    void theFrontPageOfTheBuildSumsItUpAndLinksToThePage() throws Exception {
        job.getBuildersList().add(stickiness("app"));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        HtmlPage front = jenkins.createWebClient().getPage(build);

        assertThat(front.asNormalizedText()).contains("Stickiness of farm app changed");
        HtmlPage page = front.getAnchorByHref("load-balancer-changes").click();
        assertThat(page.getTitleText()).contains("Load balancer changes");
    }

    @Test
    void theSidePanelOfTheBuildLinksToThePageToo() throws Exception {
        job.getBuildersList().add(stickiness("app"));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        DomElement panel = jenkins.createWebClient().getPage(build).getElementById("side-panel");
        HtmlAnchor link = panel.getFirstByXPath(".//a[contains(., 'Load balancer changes')]");

        assertThat(((HtmlPage) link.click()).getTitleText()).contains("Load balancer changes");
    }

    @Test
    void aLoadBalancerThatHasNoNameAnyMoreIsCalledByOvhs() throws Exception {
        job.getBuildersList().add(stickiness("app"));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        OvhLoadBalancers.get().setLoadBalancers(List.of());

        assertThat(page(build).asNormalizedText()).contains(Shop.SERVICE + " · build: deploy#1");
    }

    @Test
    void whatOvhAndPeopleHaveWrittenIsNeverMarkup() throws Exception {
        EnsureFrontendChange frontend = new EnsureFrontendChange("http");
        frontend.setPort("8080");
        frontend.setZone("all");
        frontend.setName(SCRIPT);
        frontend.setFarm("app");
        ChangeBuilder change = new ChangeBuilder(List.of(frontend));
        change.setLoadBalancer(Shop.NAME);
        job.getBuildersList().add(change);
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        // Client and server both would fail on a script: the page's policy forbids it, and the client reports it.
        HtmlPage page = page(build);

        assertThat(page.asNormalizedText()).contains(SCRIPT);
        assertThat(page.getWebResponse().getContentAsString())
                .doesNotContain("<script>alert")
                .doesNotContain("<style>");
        assertThat(page.getWebResponse().getResponseHeaderValue("Content-Security-Policy"))
                .isNotNull();
    }

    @Test
    void aFailureIsShownWithItsMessage() throws Exception {
        shop.sandbox().faults().nextTaskEndsIn(TaskEnding.error);
        job.getBuildersList().add(stickiness("app"));
        job.getBuildersList().add(refresh());
        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        assertThat(page(build).asNormalizedText())
                .contains("Refreshing load balancer: failed")
                .contains("what is staged is not live");
    }

    @Test
    void whatTheControllerDidNotLiveToEndIsShownAsCutOffAndItsCallAsUnknown() throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        EntryHeader header = new EntryHeader(
                "6b4bb3a3-96ad-4d0a-9d63-96b8b2a5d6a1",
                "add-route",
                Shop.SERVICE,
                URI.create("https://eu.api.ovh.com/1.0"),
                JsonNodeFactory.instance.objectNode(),
                Map.of());
        new BuildRecord(build)
                .journal(TaskListener.NULL)
                .write(RecordedEntry.begun(header, Instant.now())
                        .withCall(RecordedCall.sent("POST", "/ipLoadbalancing/x/tcp/route", null, Instant.now())));

        assertThat(page(build).asNormalizedText())
                .contains("add-route: cut off")
                .contains("The controller stopped before this was over.")
                .containsPattern("POST /ipLoadbalancing/x/tcp/route\\s.*unknown");
    }

    @Test
    void sentencesNameALoadBalancerAsTheJobDoes() throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        EntryHeader header = new EntryHeader(
                "6b4bb3a3-96ad-4d0a-9d63-96b8b2a5d6a1",
                "move-failover",
                Shop.SERVICE,
                URI.create("https://eu.api.ovh.com/1.0"),
                JsonNodeFactory.instance.objectNode(),
                Map.of());
        About about = new About(
                Effect.MOVED, Subject.of(Kind.FAILOVER_IP, "203.0.113.7").in(Subject.of(Kind.SERVICE, Shop.SERVICE)));
        new BuildRecord(build)
                .journal(TaskListener.NULL)
                .write(RecordedEntry.begun(header, Instant.now()).withAbout(about));

        assertThat(page(build).asNormalizedText()).contains("Moving 203.0.113.7 to shop: cut off");
    }

    @Test
    void whatWasNotEndedIsNotSaidToBeDone() throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        EntryHeader header = new EntryHeader(
                "6b4bb3a3-96ad-4d0a-9d63-96b8b2a5d6a1",
                "add-route",
                Shop.SERVICE,
                URI.create("https://eu.api.ovh.com/1.0"),
                JsonNodeFactory.instance.objectNode(),
                Map.of());
        About about = new About(
                Effect.ADDED, Subject.of(Kind.ROUTE, "http2").in(Subject.of(Kind.FRONTEND, "https", 10_003L)));
        new BuildRecord(build)
                .journal(TaskListener.NULL)
                .write(RecordedEntry.begun(header, Instant.now()).withAbout(about));

        assertThat(page(build).asNormalizedText())
                .contains("Adding route http2 to frontend https: cut off")
                .doesNotContain("Route http2 added");
    }

    @Test
    void theRecordItselfIsThereToBeFetched() throws Exception {
        job.getBuildersList().add(stickiness("app"));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        String json = jenkins.createWebClient()
                .goTo(build.getUrl() + "load-balancer-changes/json", "application/json")
                .getWebResponse()
                .getContentAsString();

        assertThat(json).isEqualTo(Files.readString(new BuildRecord(build).file()));
    }

    @Test
    void aBuildThatTouchedNothingHasNoPage() throws Exception {
        ChangeBuilder dryRun = stickiness("app");
        dryRun.setDryRun(true);
        job.getBuildersList().add(dryRun);
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        assertThat(build.getAction(ChangesAction.class)).isNull();
        assertThat(build.getArtifacts()).isEmpty();
    }

    @Test
    void whoMayNotReadTheJobDoesNotReadThePage() throws Exception {
        job.getBuildersList().add(stickiness("app"));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().to("stranger"));

        JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .login("stranger");

        assertThat(client.goTo(build.getUrl() + "load-balancer-changes/")
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(404);
    }

    @Test
    void artifactsThatMayNotBeSeenAreNotSeenHereEither() throws Exception {
        System.setProperty("hudson.security.ArtifactsPermission", "true");
        try {
            job.getBuildersList().add(stickiness("app"));
            FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.READ, Item.READ)
                    .everywhere()
                    .to("reader")
                    .grant(Run.ARTIFACTS)
                    .everywhere()
                    .to("nobody"));

            JenkinsRule.WebClient client = jenkins.createWebClient()
                    .withThrowExceptionOnFailingStatusCode(false)
                    .login("reader");

            assertThat(client.goTo(build.getUrl() + "load-balancer-changes/").asNormalizedText())
                    .doesNotContain("tickiness");
            assertThat(client.getPage(build).asNormalizedText())
                    .doesNotContain("tickiness")
                    .doesNotContain("Load balancer changes");
        } finally {
            System.clearProperty("hudson.security.ArtifactsPermission");
        }
    }

    private HtmlPage page(Run<?, ?> build) throws Exception {
        return jenkins.createWebClient().getPage(build, "load-balancer-changes");
    }

    private static ChangeBuilder stickiness(String farm) {
        ChangeBuilder builder = new ChangeBuilder(List.of(new SetStickinessChange("http", farm, "cookie")));
        builder.setLoadBalancer(Shop.NAME);
        return builder;
    }

    private static RefreshBuilder refresh() {
        RefreshBuilder builder = new RefreshBuilder();
        builder.setLoadBalancer(Shop.NAME);
        return builder;
    }
}
