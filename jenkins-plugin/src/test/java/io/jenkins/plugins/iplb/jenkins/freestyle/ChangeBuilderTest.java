package io.jenkins.plugins.iplb.jenkins.freestyle;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.iplb.jenkins.form.RuleForm;
import io.jenkins.plugins.iplb.jenkins.record.BuildRecord;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.Waits;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.CaptureEnvironmentBuilder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ChangeBuilderTest {
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
        job = jenkins.createFreeStyleProject();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aRouteIsMadeWithItsRulesAndItsIdsAreVariablesOfLaterSteps() throws Exception {
        CaptureEnvironmentBuilder after = new CaptureEnvironmentBuilder();
        job.getBuildersList().add(change(http2Route()));
        job.getBuildersList().add(after);

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        long route = shop.sandbox().world().service(Shop.SERVICE).id("tcp/route", "http2");
        assertThat(after.getEnvVars())
                .containsEntry("IPLB_ROUTE_ID", Long.toString(route))
                .containsKey("IPLB_RULE_ID");
        jenkins.assertLogContains("shop: Route http2 added to frontend https (recorded)", build);
        jenkins.assertLogContains("+ rule: protocol is http/2.0", build);
        assertThat(entries(build)).extracting(RecordedEntry::outcome).containsExactly(Outcome.CHANGED);
    }

    @Test
    void aSecondBuildFindsWhatTheFirstHasMade() throws Exception {
        job.getBuildersList().add(change(http2Route()));
        jenkins.buildAndAssertSuccess(job);

        FreeStyleBuild second = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("shop: Nothing to change: route http2 of frontend https", second);
        assertThat(entries(second)).isEmpty();
        assertThat(shop.sandbox().calls().count("POST", "/ipLoadbalancing/*/tcp/route"))
                .isEqualTo(1);
    }

    @Test
    void aRuleIsPutOnTheRouteThatAnEarlierStepHasMade() throws Exception {
        AddRouteChange route = new AddRouteChange("tcp");
        route.setFrontend("https");
        route.setFarm("web-http2");
        job.getBuildersList().add(change(route));
        AddRuleChange rule = new AddRuleChange("tcp", "${IPLB_ROUTE_ID}", "protocol", "is");
        rule.setPattern("http/2.0");
        job.getBuildersList().add(change(rule));

        jenkins.buildAndAssertSuccess(job);

        assertThat(shop.sandbox().world().service(Shop.SERVICE).staged("tcp/rule"))
                .hasSize(1);
    }

    @Test
    void everyOtherKindOfChangeIsMadeInItsOrder() throws Exception {
        EnsureFrontendChange frontend = new EnsureFrontendChange("http");
        frontend.setPort("8080");
        frontend.setZone("all");
        frontend.setName("preview");
        frontend.setFarm("app");
        DedicateFailoverChange dedicated = new DedicateFailoverChange("http", "http");
        dedicated.setIps(DemoWorld.ATTACHED_IP);
        job.getBuildersList()
                .add(change(
                        new SetStickinessChange("http", "app", "cookie"),
                        frontend,
                        dedicated,
                        new MoveFailoverChange("203.0.113.7")));

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        assertThat(entries(build))
                .extracting(RecordedEntry::operation)
                .containsExactly("set-stickiness", "ensure-frontend", "dedicate-failover", "move-failover");
        assertThat(shop.sandbox().world().routedTo(DemoWorld.MOVABLE_IP)).contains(Shop.SERVICE);
    }

    @Test
    void aFailoverIpIsMovedToALoadBalancerByTheNameThatJobsKnowItBy() throws Exception {
        MoveFailoverChange move = new MoveFailoverChange(DemoWorld.MOVABLE_IP);
        move.setTo(Shop.NAME);
        job.getBuildersList().add(change(move));

        jenkins.buildAndAssertSuccess(job);

        assertThat(shop.sandbox().world().routedTo(DemoWorld.MOVABLE_IP)).contains(Shop.SERVICE);
    }

    @Test
    void aDryRunSaysTheDifferenceAndSendsNothing() throws Exception {
        ChangeBuilder change = change(http2Route());
        change.setDryRun(true);
        job.getBuildersList().add(change);

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains(
                "shop: Route http2 would be added to frontend https (dry run, nothing was changed)", build);
        jenkins.assertLogContains("+ name: http2", build);
        assertThat(shop.sandbox().calls().all()).allMatch(call -> call.method().equals("GET"));
    }

    @Test
    void aSlipInTheLastChangeFailsBeforeTheFirstIsSentAndWithoutAStackTrace() throws Exception {
        AddRouteChange slip = http2Route();
        slip.setWeight("300");
        job.getBuildersList().add(change(http2Route(), slip));

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("ERROR: weight: '300' was given; allowed: 0 to 255", build);
        jenkins.assertLogNotContains("\tat ", build);
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @Test
    void aLoadBalancerThatIsNotConfiguredFailsInOneLine() throws Exception {
        ChangeBuilder change = change(http2Route());
        change.setLoadBalancer("store");
        job.getBuildersList().add(change);

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("ERROR: loadBalancer: 'store' was given; allowed: shop", build);
        jenkins.assertLogNotContains("\tat ", build);
    }

    @Test
    void whatOvhRefusesFailsTheBuildWithItsWords() throws Exception {
        shop.sandbox().faults().on("POST", "/ipLoadbalancing/*/tcp/route").status(400);
        job.getBuildersList().add(change(http2Route()));

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("Fault asked for", build);
        jenkins.assertLogNotContains("\tat ", build);
        assertThat(entries(build)).extracting(RecordedEntry::outcome).containsExactly(Outcome.FAILED);
    }

    @Test
    void theServiceAndItsCredentialsMayBeGivenInsteadOfAName() throws Exception {
        ChangeBuilder change = new ChangeBuilder(List.of(http2Route()));
        change.setService(Shop.SERVICE);
        change.setCredentialsId(Shop.CREDENTIALS);
        job.getBuildersList().add(change);

        jenkins.buildAndAssertSuccess(job);
    }

    @Test
    void anAbortWhileACallIsOnItsWayEndsTheBuildAtOnceAndSaysWhatIsNotKnown() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        shop.sandbox()
                .faults()
                .on("POST", "/ipLoadbalancing/*/tcp/route")
                .delayed(Duration.ofSeconds(20))
                .cutAfterEffect();
        shop.sandbox().calls().onExchange(call -> {
            if (call.rawPath().endsWith("/tcp/route") || call.rawPath().contains("/tcp/route?")) {
                sent.countDown();
            }
        });
        job.getBuildersList().add(change(http2Route()));
        QueueTaskFuture<FreeStyleBuild> running = job.scheduleBuild2(0);
        FreeStyleBuild build = running.waitForStart();
        Waits.until(sent);
        Waits.until(() ->
                !entries(build).isEmpty() && !entries(build).get(0).calls().isEmpty());

        long before = System.nanoTime();
        build.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, running.get());

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        jenkins.assertLogContains("whether it took effect is not known", build);
    }

    private static ChangeBuilder change(ChangeForm... changes) {
        ChangeBuilder builder = new ChangeBuilder(List.of(changes));
        builder.setLoadBalancer(Shop.NAME);
        return builder;
    }

    private static AddRouteChange http2Route() {
        AddRouteChange route = new AddRouteChange("tcp");
        route.setFrontend("https");
        route.setFarm("web-http2");
        route.setName("http2");
        route.setRules(List.of(protocolIsHttp2()));
        return route;
    }

    private static RuleForm protocolIsHttp2() {
        RuleForm rule = new RuleForm("protocol", "is");
        rule.setPattern("http/2.0");
        return rule;
    }

    private static List<RecordedEntry> entries(FreeStyleBuild build) {
        return new BuildRecord(build).entries();
    }
}
