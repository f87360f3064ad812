package io.jenkins.plugins.iplb.jenkins.freestyle;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.iplb.jenkins.record.BuildRecord;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.CaptureEnvironmentBuilder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RefreshBuilderTest {
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
        shop.sandbox().world().service(Shop.SERVICE).add("tcp/farm", Map.of("displayName", "new", "zone", "gra"));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void whatIsStagedIsLiveWhenTheStepIsOver() throws Exception {
        CaptureEnvironmentBuilder after = new CaptureEnvironmentBuilder();
        job.getBuildersList().add(refresh());
        job.getBuildersList().add(after);

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        assertThat(shop.sandbox().world().service(Shop.SERVICE).pending()).isEmpty();
        String task = Long.toString(
                shop.sandbox().world().service(Shop.SERVICE).refreshes().get(0).id());
        assertThat(after.getEnvVars()).containsEntry("IPLB_TASK_ID", task);
        jenkins.assertLogContains("shop: warning: a refresh re-balances the connections", build);
        jenkins.assertLogContains("shop: refresh " + task + " of gra", build);
        jenkins.assertLogContains("shop: Load balancer refreshed (recorded)", build);
    }

    @Test
    void nothingIsRefreshedWhereNothingIsPendingUnlessForced() throws Exception {
        RefreshBuilder rbx = refresh();
        rbx.setZones("rbx");
        job.getBuildersList().add(rbx);
        jenkins.assertLogContains(
                "shop: Nothing to refresh: no change is pending; nothing was done, force refreshes all the same",
                jenkins.buildAndAssertSuccess(job));
        assertThat(shop.sandbox().world().service(Shop.SERVICE).refreshes()).isEmpty();

        rbx.setForce(true);
        jenkins.buildAndAssertSuccess(job);
        assertThat(shop.sandbox().world().service(Shop.SERVICE).refreshes()).hasSize(1);
    }

    @Test
    void aDryRunSaysWhatIsPendingAndRefreshesNothing() throws Exception {
        RefreshBuilder refresh = refresh();
        refresh.setDryRun(true);
        job.getBuildersList().add(refresh);

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("~ pending changes in gra: 1 -> 0", build);
        assertThat(shop.sandbox().world().service(Shop.SERVICE).refreshes()).isEmpty();
    }

    @Test
    void aRefreshThatFailsFailsTheBuild() throws Exception {
        shop.sandbox().faults().nextTaskEndsIn(TaskEnding.error);
        job.getBuildersList().add(refresh());

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("what is staged is not live", build);
        jenkins.assertLogNotContains("\tat ", build);
    }

    @Test
    void aRefreshThatFailsMakesTheBuildUnstableWhenAskedTo() throws Exception {
        shop.sandbox().faults().nextTaskEndsIn(TaskEnding.error);
        RefreshBuilder refresh = refresh();
        refresh.setOnFailure("unstable");
        job.getBuildersList().add(refresh);

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.UNSTABLE, job);

        jenkins.assertLogContains("what is staged is not live", build);
    }

    @Test
    void aSlipFailsTheBuildEvenWhenItMayBeUnstable() throws Exception {
        RefreshBuilder refresh = refresh();
        refresh.setOnFailure("unstable");
        refresh.setZones("gra, xyz");
        job.getBuildersList().add(refresh);

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("zones: 'xyz' was given", build);
    }

    @Test
    void pendingChangesThatNoRecordExplainsAreWarnedOf() throws Exception {
        job.getBuildersList().add(refresh());

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("no known record explains pending changes: 1 in gra", build);
    }

    @Test
    void pendingChangesThatNoRecordExplainsAreNotSpokenOfWhenAllowed() throws Exception {
        job.getBuildersList().add(refresh("allow"));

        jenkins.assertLogNotContains("no known record", jenkins.buildAndAssertSuccess(job));
    }

    @Test
    void whatTheBuildItselfHasStagedIsRefreshedWhenForeignChangesAreRefused() throws Exception {
        shop.sandbox().world().service(Shop.SERVICE).deployed();
        ChangeBuilder change = new ChangeBuilder(List.of(new SetStickinessChange("http", "app", "cookie")));
        change.setLoadBalancer(Shop.NAME);
        job.getBuildersList().add(change);
        job.getBuildersList().add(refresh("refuse"));

        jenkins.buildAndAssertSuccess(job);

        assertThat(shop.sandbox().world().service(Shop.SERVICE).pending()).isEmpty();
    }

    @Test
    void foreignChangesThatAreRefusedFailTheBuildAndAreNotMadeLive() throws Exception {
        job.getBuildersList().add(refresh("refuse"));

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("no known record explains pending changes: 1 in gra; look at them", build);
        jenkins.assertLogNotContains("\tat ", build);
        assertThat(shop.sandbox().world().service(Shop.SERVICE).refreshes()).isEmpty();
    }

    @Test
    void foreignChangesThatAreRefusedMakeTheBuildUnstableWhenAskedTo() throws Exception {
        RefreshBuilder refresh = refresh("refuse");
        refresh.setOnFailure("unstable");
        job.getBuildersList().add(refresh);

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.UNSTABLE, job);

        jenkins.assertLogContains("no known record explains pending changes", build);
        assertThat(shop.sandbox().world().service(Shop.SERVICE).refreshes()).isEmpty();
    }

    @Test
    void aWordForForeignChangesThatDoesNotExistFailsBeforeAnyCall() throws Exception {
        RefreshBuilder refresh = refresh("ignore");
        refresh.setOnFailure("unstable");
        job.getBuildersList().add(refresh);

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains(
                "ERROR: foreignChanges: 'ignore' was given; allowed: one of refuse, warn, allow", build);
        jenkins.assertLogNotContains("\tat ", build);
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @Test
    void theTimeoutIsKeptAndTheLogSaysThatTheRefreshGoesOn() throws Exception {
        shop.sandbox().faults().nextTaskEndsIn(TaskEnding.hang);
        RefreshBuilder refresh = refresh();
        refresh.setTimeout("2s");
        job.getBuildersList().add(refresh);

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("goes on at OVH", build);
        assertThat(entries(build)).extracting(RecordedEntry::outcome).containsExactly(Outcome.TIMED_OUT);
    }

    @Test
    void anAbortEndsTheStepAtOnceAndTheLogSaysThatTheRefreshGoesOn() throws Exception {
        shop.sandbox().faults().nextTaskEndsIn(TaskEnding.hang);
        job.getBuildersList().add(refresh());
        QueueTaskFuture<FreeStyleBuild> running = job.scheduleBuild2(0);
        FreeStyleBuild build = running.waitForStart();
        jenkins.waitForMessage("of gra", build);

        long before = System.nanoTime();
        build.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, running.get());

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        long task =
                shop.sandbox().world().service(Shop.SERVICE).refreshes().get(0).id();
        jenkins.assertLogContains("shop: stopped; refresh " + task + " goes on at OVH", build);
    }

    private static RefreshBuilder refresh() {
        RefreshBuilder builder = new RefreshBuilder();
        builder.setLoadBalancer(Shop.NAME);
        return builder;
    }

    private static RefreshBuilder refresh(String foreignChanges) {
        RefreshBuilder builder = refresh();
        builder.setForeignChanges(foreignChanges);
        return builder;
    }

    private static List<RecordedEntry> entries(FreeStyleBuild build) {
        return new BuildRecord(build).entries();
    }
}
