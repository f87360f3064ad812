package io.jenkins.plugins.iplb.jenkins.gate;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.ShopJobs;
import io.jenkins.plugins.iplb.jenkins.testing.Waits;
import io.jenkins.plugins.iplb.sandbox.world.RefreshTask;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class SettledGateTest {
    private static JenkinsRule jenkins;

    private final Shop shop = new Shop();
    private ServiceSeed service;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void configure() throws Exception {
        shop.configure();
        service = shop.sandbox().world().service(Shop.SERVICE);
    }

    @AfterEach
    void close() throws Exception {
        System.clearProperty(GateWatch.PATIENCE);
        ShopJobs.deleteAll(jenkins);
        shop.close();
    }

    @Test
    void aFreestyleBuildWaitsInTheQueueWhileARefreshRunsAndStartsAfterIt() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.addProperty(property(false));
        RefreshTask refresh = refreshFor(Duration.ofHours(1));

        QueueTaskFuture<FreeStyleBuild> build = job.scheduleBuild2(0);

        assertThat(reasonOtherThanLooking(job)).matches("shop: refresh " + refresh.id() + " running, \\d+ %");
        shop.sandbox().world().endTasks();
        jenkins.assertBuildStatusSuccess(build);
    }

    @Test
    void aPipelineBuildWaitsInTheQueueWhileARefreshRunsAndStartsAfterIt() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("echo 'started'", true));
        job.addProperty(property(false));
        RefreshTask refresh = refreshFor(Duration.ofHours(1));

        QueueTaskFuture<WorkflowRun> build = job.scheduleBuild2(0);

        assertThat(reasonOtherThanLooking(job)).startsWith("shop: refresh " + refresh.id());
        shop.sandbox().world().endTasks();
        jenkins.assertBuildStatusSuccess(build);
    }

    @Test
    void pendingChangesHoldBuildsOnlyWhenChosen() throws Exception {
        service.add("tcp/farm", Map.of("displayName", "one", "zone", "gra"));
        service.add("tcp/farm", Map.of("displayName", "two", "zone", "gra"));
        FreeStyleProject indifferent = jenkins.createFreeStyleProject();
        indifferent.addProperty(property(false));
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.addProperty(property(true));

        QueueTaskFuture<FreeStyleBuild> build = job.scheduleBuild2(0);
        jenkins.buildAndAssertSuccess(indifferent);

        assertThat(reasonOtherThanLooking(job)).isEqualTo("shop: 2 changes pending in gra");
        service.deployed();
        jenkins.assertBuildStatusSuccess(build);
    }

    @Test
    void aLoadBalancerThatIsNotThereIsNamedAtOnce() throws Exception {
        GateWatch watch = new GateWatch(
                new GateQuestion(jenkins.createFreeStyleProject(), new LoadBalancerChoice("gone", null, null), false));

        assertThat(watch.ask(Instant.now()).holdsBack())
                .hasValueSatisfying(reason -> assertThat(reason.toString())
                        .startsWith("gone: ")
                        .contains("loadBalancer: 'gone' was given; allowed: shop"));
    }

    @Test
    void aLoadBalancerThatTheJobMayNotUseIsRefusedAndNothingIsSent() throws Exception {
        NamedLoadBalancer named = new NamedLoadBalancer(Shop.NAME, Shop.SERVICE, Shop.CREDENTIALS);
        named.setAllowedItems(List.of("team"));
        OvhLoadBalancers.get().setLoadBalancers(List.of(named));
        FreeStyleProject job = jenkins.createFreeStyleProject("other");
        GateWatch watch = new GateWatch(new GateQuestion(job, new LoadBalancerChoice(Shop.NAME, null, null), false));

        assertThat(watch.ask(Instant.now()).holdsBack())
                .hasValueSatisfying(reason -> assertThat(reason.toString())
                        .contains("allowed: a named load balancer, and there is none for other"));
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @Test
    void aSettledLoadBalancerIsLookedAtBeforeTheBuildStarts() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.addProperty(property(true));

        jenkins.buildAndAssertSuccess(job);

        assertThat(shop.sandbox().calls().count("GET", "/ipLoadbalancing/*/task"))
                .isPositive();
        assertThat(shop.sandbox().calls().count("GET", "/ipLoadbalancing/*/pendingChanges"))
                .isPositive();
    }

    @Test
    void theQueueSaysWhyItCannotLookAndTheBuildStartsOnceItCan() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        SettledProperty property = property(false);
        property.setLoadBalancer("store");
        job.addProperty(property);

        QueueTaskFuture<FreeStyleBuild> build = job.scheduleBuild2(0);

        assertThat(reasonOtherThanLooking(job))
                .isEqualTo("store: cannot look whether it is settled:"
                        + " loadBalancer: 'store' was given; allowed: shop");
        property.setLoadBalancer(Shop.NAME);
        jenkins.assertBuildStatusSuccess(build);
    }

    @Test
    void aBuildIsNotHeldForEverByWhatCannotBeLookedAt() throws Exception {
        System.setProperty(GateWatch.PATIENCE, "1");
        FreeStyleProject job = jenkins.createFreeStyleProject();
        SettledProperty property = property(false);
        property.setLoadBalancer("store");
        job.addProperty(property);

        jenkins.buildAndAssertSuccess(job);
    }

    @Test
    void jobsThatWaitTogetherShareTheLooks() throws Exception {
        refreshFor(Duration.ofSeconds(5));
        FreeStyleProject first = jenkins.createFreeStyleProject();
        first.addProperty(property(false));
        FreeStyleProject second = jenkins.createFreeStyleProject();
        second.addProperty(property(false));

        QueueTaskFuture<FreeStyleBuild> one = first.scheduleBuild2(0);
        QueueTaskFuture<FreeStyleBuild> other = second.scheduleBuild2(0);
        jenkins.assertBuildStatusSuccess(one);
        jenkins.assertBuildStatusSuccess(other);

        assertThat(shop.sandbox().calls().count("GET", "/ipLoadbalancing/*/task"))
                .isLessThan(12);
    }

    @Test
    void thePropertySurvivesItsFormAndHasASymbol() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.addProperty(property(true));
        jenkins.configRoundtrip(job);
        jenkins.assertEqualDataBoundBeans(property(true), job.getProperty(SettledProperty.class));

        SettledProperty unnamed = new SettledProperty();
        unnamed.setService(Shop.SERVICE);
        unnamed.setCredentialsId(Shop.CREDENTIALS);
        job.removeProperty(SettledProperty.class);
        job.addProperty(unnamed);
        jenkins.configRoundtrip(job);
        jenkins.assertEqualDataBoundBeans(unnamed, job.getProperty(SettledProperty.class));

        assertThat(SymbolLookup.getSymbolValue(SettledProperty.class)).containsExactly("ovhLoadBalancerSettled");
    }

    @Test
    void aFormThatNobodyHasComeToBeginsWithTheOnlyLoadBalancerAndFindsNoFault() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlPage page = client.getPage(job, "configure");
            client.waitForBackgroundJavaScript(10_000);

            HtmlForm form = page.getFormByName("config");
            assertThat(form.<HtmlInput>getInputByName("_.loadBalancer").getValue())
                    .isEqualTo(Shop.NAME);
            assertThat(form.<DomElement>getByXPath(".//div[@class='error']"))
                    .extracting(DomElement::asNormalizedText)
                    .noneMatch(fault -> fault.contains("loadBalancer"));
        }
    }

    @Test
    void aServiceThatIsNotConfiguredIsNotTakenForOneThatNobodyHasChosen() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        SettledProperty unnamed = new SettledProperty();
        unnamed.setService(Shop.SERVICE);
        unnamed.setCredentialsId(Shop.CREDENTIALS);
        job.addProperty(unnamed);
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlPage page = client.getPage(job, "configure");

            assertThat(page.getFormByName("config")
                            .<HtmlInput>getInputByName("_.loadBalancer")
                            .getValue())
                    .isEmpty();
        }
    }

    private RefreshTask refreshFor(Duration length) {
        shop.sandbox().world().refreshTakes(length);
        return service.refresh();
    }

    private static SettledProperty property(boolean pendingChanges) {
        SettledProperty property = new SettledProperty();
        property.setLoadBalancer(Shop.NAME);
        property.setPendingChanges(pendingChanges);
        return property;
    }

    /** What the queue says once the load balancer has been looked at. */
    private String reasonOtherThanLooking(Job<?, ?> job) throws Exception {
        return Waits.untilThere(
                () -> Optional.ofNullable(jenkins.jenkins.getQueue().getItem((Queue.Task) job))
                        .map(Queue.Item::getCauseOfBlockage)
                        .map(CauseOfBlockage::getShortDescription)
                        .filter(reason -> reason.contains(":") && !reason.contains("looking whether")));
    }
}
