package io.jenkins.plugins.iplb.jenkins.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import hudson.EnvVars;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.iplb.jenkins.freestyle.ChangeBuilder;
import io.jenkins.plugins.iplb.jenkins.freestyle.ChangeForm;
import io.jenkins.plugins.iplb.jenkins.freestyle.RefreshBuilder;
import io.jenkins.plugins.iplb.jenkins.freestyle.SetStickinessChange;
import io.jenkins.plugins.iplb.jenkins.testing.Archived;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.Waits;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.ArtifactManager;
import jenkins.model.ArtifactManagerConfiguration;
import jenkins.model.ArtifactManagerFactory;
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
class BuildRecordTest {
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
        ArtifactManagerConfiguration.get().getArtifactManagerFactories().clear();
        shop.close();
    }

    @Test
    void aBuildThatSucceedsHasItsWholeRecordAmongItsArtifacts() throws Exception {
        job.getBuildersList().add(change(new SetStickinessChange("http", "app", "cookie")));
        job.getBuildersList().add(refresh());

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        assertThat(Archived.entries(build)).isEqualTo(new BuildRecord(build).entries());
        assertThat(Archived.entries(build))
                .extracting(RecordedEntry::outcome)
                .containsExactly(Outcome.CHANGED, Outcome.CHANGED);
    }

    @Test
    void aBuildThatFailsHasItToo() throws Exception {
        shop.sandbox().faults().on("PUT", "/ipLoadbalancing/*/http/farm/*").status(400);
        job.getBuildersList().add(change(new SetStickinessChange("http", "app", "cookie")));

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        assertThat(Archived.entries(build)).extracting(RecordedEntry::outcome).containsExactly(Outcome.FAILED);
    }

    @Test
    void aBuildThatIsAbortedHasItToo() throws Exception {
        shop.sandbox().faults().nextTaskEndsIn(TaskEnding.hang);
        job.getBuildersList().add(change(new SetStickinessChange("http", "app", "cookie")));
        job.getBuildersList().add(refresh());
        QueueTaskFuture<FreeStyleBuild> running = job.scheduleBuild2(0);
        FreeStyleBuild build = running.waitForStart();
        jenkins.waitForMessage("shop: refresh ", build);
        Waits.until(() -> new BuildRecord(build).entries().size() == 2
                && !new BuildRecord(build).entries().get(1).tasks().isEmpty());

        build.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, running.get());

        // What ends the entry is not waited for by the build that is aborted.
        Waits.until(() -> !Archived.entries(build).get(1).open());
        assertThat(Archived.entries(build))
                .extracting(RecordedEntry::outcome)
                .containsExactly(Outcome.CHANGED, Outcome.ABORTED);
    }

    @Test
    void aPipelineBuildHasItWithoutAWorkspace() throws Exception {
        WorkflowJob pipeline = jenkins.createProject(WorkflowJob.class);
        pipeline.setDefinition(new CpsFlowDefinition("""
                ovhLoadBalancerChange(loadBalancer: 'shop', changes: [
                    iplbStickiness(protocol: 'http', farm: 'app', stickiness: 'cookie')
                ])
                """, true));

        WorkflowRun build = jenkins.buildAndAssertSuccess(pipeline);

        assertThat(build.getRootDir().toPath().resolve("build.xml")).content().contains("<archived>true</archived>");
        assertThat(Archived.entries(build)).extracting(RecordedEntry::outcome).containsExactly(Outcome.CHANGED);
    }

    @Test
    void theRecordIsAmongTheArtifactsWhileItIsStillBeingWritten() throws Exception {
        shop.sandbox().faults().nextTaskEndsIn(TaskEnding.hang);
        job.getBuildersList().add(change(new SetStickinessChange("http", "app", "cookie")));
        job.getBuildersList().add(refresh());
        QueueTaskFuture<FreeStyleBuild> running = job.scheduleBuild2(0);
        FreeStyleBuild build = running.waitForStart();

        Waits.until(() -> Archived.entries(build).size() == 2);
        assertThat(Archived.entries(build).get(1).open()).isTrue();

        build.getExecutor().interrupt();
        running.get();
    }

    @Test
    void anArtifactManagerThatThrowsStopsNoChangeAndTheLogSaysSo() throws Exception {
        ArtifactManager broken = mock(ArtifactManager.class);
        doThrow(new IOException("the bucket is gone")).when(broken).archive(any(), any(), any(), any());
        ArtifactManagerConfiguration.get().getArtifactManagerFactories().add(new Factory(broken));
        job.getBuildersList().add(change(new SetStickinessChange("http", "app", "cookie")));

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("was not archived (java.io.IOException: the bucket is gone)", build);
        assertThat(new BuildRecord(build).entries())
                .extracting(RecordedEntry::outcome)
                .containsExactly(Outcome.CHANGED);
    }

    @Test
    void aListenerThatIsGoneStopsNoChangeAndNoRefreshAndLeavesTheRecordWhole() throws Exception {
        TaskListener gone = mock(TaskListener.class);
        when(gone.getLogger()).thenThrow(new IllegalStateException("the channel is closed"));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        change(new SetStickinessChange("http", "app", "cookie")).perform(build, new EnvVars(), gone);
        refresh().perform(build, new EnvVars(), gone);

        verify(gone, atLeastOnce()).getLogger();
        assertThat(shop.sandbox().world().service(Shop.SERVICE).pending()).isEmpty();
        assertThat(new BuildRecord(build).entries())
                .extracting(RecordedEntry::outcome)
                .containsExactly(Outcome.CHANGED, Outcome.CHANGED);
        assertThat(Archived.entries(build)).isEqualTo(new BuildRecord(build).entries());
    }

    @Test
    void anArtifactManagerThatThrowsWhileTheListenerIsGoneKeepsNoLaterCopyFromBeingMade() throws Exception {
        ArtifactManager broken = mock(ArtifactManager.class);
        doThrow(new IOException("the bucket is gone")).when(broken).archive(any(), any(), any(), any());
        ArtifactManagerConfiguration.get().getArtifactManagerFactories().add(new Factory(broken));
        TaskListener gone = mock(TaskListener.class);
        when(gone.getLogger()).thenThrow(new IllegalStateException("the channel is closed"));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        change(new SetStickinessChange("http", "app", "cookie")).perform(build, new EnvVars(), gone);
        change(new SetStickinessChange("http", "app", "none")).perform(build, new EnvVars(), gone);

        // One when each of them begins and one when it ends; the first may fail before it gets there.
        verify(broken, atLeast(3)).archive(any(), any(), any(), any());
        assertThat(new BuildRecord(build).entries())
                .extracting(RecordedEntry::outcome)
                .containsExactly(Outcome.CHANGED, Outcome.CHANGED);
    }

    @Test
    void twoBuildsHaveEachTheirOwnRecord() throws Exception {
        job.getBuildersList().add(change(new SetStickinessChange("http", "app", "cookie")));
        FreeStyleBuild first = jenkins.buildAndAssertSuccess(job);
        job.getBuildersList().replace(change(new SetStickinessChange("http", "app", "none")));
        FreeStyleBuild second = jenkins.buildAndAssertSuccess(job);

        assertThat(Archived.entries(first)).hasSize(1);
        assertThat(Archived.entries(second)).hasSize(1).doesNotContainAnyElementsOf(Archived.entries(first));
        assertThat(Archived.entries(second).get(0).by()).containsEntry("build", second.getExternalizableId());
    }

    @Test
    void nothingOfTheRecordIsInBuildXml() throws Exception {
        job.getBuildersList().add(change(new SetStickinessChange("http", "app", "cookie")));

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        Path xml = build.getRootDir().toPath().resolve("build.xml");
        assertThat(Files.readString(xml))
                .contains("ChangesAction")
                .doesNotContain("set-stickiness")
                .doesNotContain(Shop.SERVICE)
                .doesNotContain(Archived.entries(build).get(0).id());
    }

    @Test
    void theRecordThatADeadControllerHasLeftIsArchivedWhenTheBuildIsLoaded() throws Exception {
        job.getBuildersList().add(change(new SetStickinessChange("http", "app", "cookie")));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        Path xml = build.getRootDir().toPath().resolve("build.xml");
        Files.writeString(
                xml, Files.readString(xml).replace("<archived>true</archived>", "<archived>false</archived>"));
        build.deleteArtifacts();
        assertThat(build.getArtifacts()).isEmpty();

        job.doReload();
        FreeStyleBuild loaded = job.getBuildByNumber(1);

        Waits.until(() -> !Files.readString(xml).contains("<archived>false</archived>"));
        assertThat(Archived.entries(loaded)).isEqualTo(new BuildRecord(loaded).entries());
    }

    private static ChangeBuilder change(ChangeForm change) {
        ChangeBuilder builder = new ChangeBuilder(List.of(change));
        builder.setLoadBalancer(Shop.NAME);
        return builder;
    }

    private static RefreshBuilder refresh() {
        RefreshBuilder builder = new RefreshBuilder();
        builder.setLoadBalancer(Shop.NAME);
        return builder;
    }

    private static final class Factory extends ArtifactManagerFactory {
        private final transient ArtifactManager manager;

        private Factory(ArtifactManager manager) {
            this.manager = manager;
        }

        @Override
        public ArtifactManager managerFor(Run<?, ?> build) {
            return manager;
        }
    }
}
