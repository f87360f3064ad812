package io.jenkins.plugins.iplb.jenkins.freestyle;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.iplb.jenkins.form.RuleForm;
import io.jenkins.plugins.iplb.jenkins.record.BuildRecord;
import io.jenkins.plugins.iplb.jenkins.record.ChangesAction;
import io.jenkins.plugins.iplb.jenkins.testing.Archived;
import io.jenkins.plugins.iplb.jenkins.testing.OwnProcess;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.Waits;
import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A controller whose process is killed in a build step. A freestyle build ends with its controller; what it has done is
 * told by its record, and known to the next build.
 */
class KilledBuildTest {
    @RegisterExtension
    private final RealJenkinsExtension controller = OwnProcess.controller();

    private final Shop shop = new Shop();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aRefreshThatNobodyWaitsForAnyMoreIsOnRecordAndServesTheNextBuild() throws Throwable {
        shop.sandbox().world().refreshTakes(Duration.ofHours(1));
        start();
        controller.runRemotely(KilledBuildTest::awaitRefresh);

        controller.stopJenkinsForcibly();
        controller.startJenkins();

        controller.runRemotely(KilledBuildTest::assertTheRefreshWasCutOff);
        controller.runRemotely(KilledBuildTest::waitAgain);
        shop.sandbox().world().endTasks();
        controller.runRemotely(KilledBuildTest::assertServed);
        assertThat(writes()).extracting(Exchange::method).containsExactly("POST", "POST", "PUT", "POST");
        assertThat(shop.sandbox().calls().count("POST", "/ipLoadbalancing/*/refresh"))
                .isOne();
    }

    @Test
    void aCallWhoseAnswerIsLostIsOnRecordAndTheNextBuildGoesOnFromItsEffect() throws Throwable {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch killed = new CountDownLatch(1);
        shop.sandbox().calls().onExchange(call -> {
            if (!call.method().equals("GET") && held.getCount() > 0) {
                held.countDown();
                Waits.until(killed);
            }
        });
        start();
        Waits.until(held);

        controller.stopJenkinsForcibly();
        killed.countDown();
        controller.startJenkins();

        controller.runRemotely(KilledBuildTest::assertTheRouteWasCutOff);
        controller.runRemotely(KilledBuildTest::buildAgain);
        assertThat(shop.sandbox().calls().count("POST", "/ipLoadbalancing/*/tcp/route"))
                .isOne();
        assertThat(writes()).doesNotHaveDuplicates().hasSize(4);
    }

    private void start() throws Throwable {
        Shop.Key key = shop.key();
        controller.startJenkins();
        controller.runRemotely(jenkins -> {
            key.configure();
            FreeStyleProject job = jenkins.createFreeStyleProject("deploy");
            ChangeBuilder change = new ChangeBuilder(List.of(http2Route()));
            change.setLoadBalancer(Shop.NAME);
            job.getBuildersList().add(change);
            RefreshBuilder refresh = new RefreshBuilder();
            refresh.setLoadBalancer(Shop.NAME);
            job.getBuildersList().add(refresh);
            job.scheduleBuild2(0).waitForStart();
        });
    }

    private static AddRouteChange http2Route() {
        AddRouteChange route = new AddRouteChange("tcp");
        route.setFrontend("https");
        route.setFarm("web-http2");
        route.setName("http2");
        RuleForm rule = new RuleForm("protocol", "is");
        rule.setPattern("http/2.0");
        route.setRules(List.of(rule));
        return route;
    }

    private static void awaitRefresh(JenkinsRule jenkins) throws Exception {
        Waits.until(() -> {
            List<RecordedEntry> entries = new BuildRecord(build(jenkins, 1)).entries();
            return entries.size() == 2 && !entries.get(1).tasks().isEmpty();
        });
    }

    private static void assertTheRefreshWasCutOff(JenkinsRule jenkins) throws Exception {
        List<RecordedEntry> entries = assertCutOff(jenkins);
        assertThat(entries).extracting(RecordedEntry::outcome).containsExactly(Outcome.CHANGED, Outcome.ABORTED);
        assertThat(entries.get(1).tasks()).hasSize(1).allMatch(task -> task.endedAt() == null);
    }

    private static void assertTheRouteWasCutOff(JenkinsRule jenkins) throws Exception {
        List<RecordedEntry> entries = assertCutOff(jenkins);
        assertThat(entries).extracting(RecordedEntry::outcome).containsExactly(Outcome.ABORTED);
        assertThat(entries.get(0).calls()).extracting(RecordedCall::fate).containsExactly(Fate.UNKNOWN);
    }

    /** @return the record, all of which is among the artifacts, although nobody has looked for it there */
    private static List<RecordedEntry> assertCutOff(JenkinsRule jenkins) throws Exception {
        Path archived =
                jenkins.jenkins.getRootDir().toPath().resolve("jobs/deploy/builds/1/archive/" + BuildRecord.FILE);
        Waits.until(() -> Archived.isClosed(archived));
        FreeStyleBuild build = build(jenkins, 1);
        assertThat(build.isBuilding()).isFalse();
        assertThat(build.getResult()).isIn(Result.ABORTED, Result.FAILURE);
        List<RecordedEntry> entries = new BuildRecord(build).entries();
        Waits.until(() -> Archived.are(build, entries));
        assertThat(entries.get(entries.size() - 1).wasCutOff()).isTrue();
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.getPage(build, ChangesAction.URL_NAME).asNormalizedText())
                    .contains("cut off");
        }
        return entries;
    }

    private static void waitAgain(JenkinsRule jenkins) throws Exception {
        build(jenkins, 1).getProject().scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("waiting for refresh", build(jenkins, 2));
    }

    private static void assertServed(JenkinsRule jenkins) throws Exception {
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build(jenkins, 2)));
    }

    private static void buildAgain(JenkinsRule jenkins) throws Exception {
        jenkins.buildAndAssertSuccess(build(jenkins, 1).getProject());
    }

    private static FreeStyleBuild build(JenkinsRule jenkins, int number) {
        return jenkins.jenkins
                .getItemByFullName("deploy", FreeStyleProject.class)
                .getBuildByNumber(number);
    }

    private List<Exchange> writes() {
        return shop.sandbox().calls().all().stream()
                .filter(call -> !call.method().equals("GET"))
                .toList();
    }
}
