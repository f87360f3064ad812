package io.jenkins.plugins.iplb.jenkins.record;

import static io.jenkins.plugins.iplb.jenkins.testing.ShopJobs.job;
import static io.jenkins.plugins.iplb.jenkins.testing.ShopJobs.refresh;
import static io.jenkins.plugins.iplb.jenkins.testing.ShopJobs.stickiness;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.XmlFile;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.iplb.jenkins.controller.KeptMap;
import io.jenkins.plugins.iplb.jenkins.freestyle.RefreshBuilder;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import java.io.File;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class KnownBuildsTest {
    private final Shop shop = new Shop();

    @RegisterExtension
    private final JenkinsSessionExtension controller = new JenkinsSessionExtension();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void whatAnotherBuildStagedIsNotForeignBeforeAndAfterARestart() throws Throwable {
        controller.then(jenkins -> {
            shop.configure();
            jenkins.buildAndAssertSuccess(job(jenkins, "first", stickiness("cookie")));
            jenkins.buildAndAssertSuccess(
                    job(jenkins, "second", stickiness("sourceIp"), refreshWithoutForeignChanges()));
            jenkins.buildAndAssertSuccess(job(jenkins, "third", stickiness("cookie")));
        });
        controller.then(
                jenkins -> jenkins.buildAndAssertSuccess(job(jenkins, "fourth", refreshWithoutForeignChanges())));

        assertThat(shop.sandbox().world().service(Shop.SERVICE).pending()).isEmpty();
    }

    @Test
    void whatSomebodyDidInTheControlPanelIsRefusedAndNamed() throws Throwable {
        controller.then(jenkins -> {
            shop.configure();
            jenkins.buildAndAssertSuccess(job(jenkins, "first", stickiness("cookie")));
            shop.sandbox().world().service(Shop.SERVICE).add("tcp/farm", Map.of("zone", "gra"));

            FreeStyleBuild refresh = jenkins.buildAndAssertStatus(
                    Result.FAILURE, job(jenkins, "second", refreshWithoutForeignChanges()));

            jenkins.assertLogContains("no known record explains pending changes: 1 in gra;", refresh);
            assertThat(shop.sandbox().world().service(Shop.SERVICE).refreshes()).isEmpty();
        });
    }

    @Test
    void aJobThatGetsAnotherNameOrFolderStaysKnown() throws Throwable {
        controller.then(jenkins -> {
            shop.configure();
            Folder folder = jenkins.createProject(Folder.class, "here");
            FreeStyleProject job = folder.createProject(FreeStyleProject.class, "first");
            job.getBuildersList().add(stickiness("cookie"));
            jenkins.buildAndAssertSuccess(job);
            job.renameTo("one");
            folder.renameTo("there");
        });
        controller.then(jenkins -> {
            assertThat(KnownBuilds.get().lastAbout(shop.key().endpoint(), Shop.SERVICE, 5))
                    .extracting(KnownEntry::build)
                    .containsExactly("there/one#1");
            jenkins.buildAndAssertSuccess(job(jenkins, "second", refreshWithoutForeignChanges()));
        });
    }

    @Test
    void aDeletedBuildIsForgotten() throws Throwable {
        controller.then(jenkins -> {
            shop.configure();
            FreeStyleProject first = job(jenkins, "first", stickiness("cookie"));
            jenkins.buildAndAssertSuccess(first).delete();
            jenkins.buildAndAssertStatus(Result.FAILURE, job(jenkins, "second", refreshWithoutForeignChanges()));
            first.delete();

            assertThat(KnownBuilds.get().lastAbout(shop.key().endpoint(), Shop.SERVICE, 5))
                    .isEmpty();
        });
    }

    @Test
    void entriesAreFoundByLoadBalancerAndEndpointNewestFirst() throws Throwable {
        controller.then(jenkins -> {
            shop.configure();
            FreeStyleProject first = job(jenkins, "first", stickiness("cookie"), stickiness("sourceIp"));
            FreeStyleProject second = job(jenkins, "second", stickiness("cookie"));
            jenkins.buildAndAssertSuccess(first);
            jenkins.buildAndAssertSuccess(second);
            jenkins.buildAndAssertSuccess(first);

            assertThat(KnownBuilds.get().lastAbout(shop.key().endpoint(), Shop.SERVICE, 4))
                    .extracting(KnownEntry::build)
                    .containsExactly("first#2", "second#1", "first#1", "first#1");
            assertThat(KnownBuilds.get().lastAbout("https://other.example/1.0", Shop.SERVICE, 4))
                    .isEmpty();
            assertThat(KnownBuilds.get().lastAbout(shop.key().endpoint(), "loadbalancer-1", 4))
                    .isEmpty();
        });
    }

    @Test
    void noMoreThanTheLastFiftyBuildsOfALoadBalancerAreKept(@TempDir File directory) throws Throwable {
        controller.then(jenkins -> {
            XmlFile file = new XmlFile(new File(directory, "known.xml"));
            KnownBuilds known = new KnownBuilds(new KeptMap<>(file));
            for (int i = 1; i <= KnownBuilds.MOST + 1; i++) {
                known.begins("one", build("job#" + i));
            }
            known.begins("one", build("job#2"));
            known.begins("other", build("job#1"));

            assertThat(file.asString()).containsOnlyOnce("job#1<").containsOnlyOnce("job#2<");
            assertThat(file.asString().split("job#")).hasSize(KnownBuilds.MOST + 2);
            assertThat(file.asString().indexOf("job#2<"))
                    .isGreaterThan(file.asString().indexOf("job#51<"));
        });
    }

    @Test
    void aDamagedFileIsBegunAnew(@TempDir File directory) throws Throwable {
        controller.then(jenkins -> {
            XmlFile file = new XmlFile(new File(directory, "known.xml"));
            Files.writeString(file.getFile().toPath(), "<tree-map><entry>");

            new KnownBuilds(new KeptMap<>(file)).begins("one", build("job#1"));

            assertThat(file.asString()).contains("job#1");
        });
    }

    private static Run<?, ?> build(String id) {
        Run<?, ?> run = mock(Run.class);
        when(run.getExternalizableId()).thenReturn(id);
        return run;
    }

    private static RefreshBuilder refreshWithoutForeignChanges() {
        RefreshBuilder builder = refresh();
        builder.setForeignChanges("refuse");
        return builder;
    }
}
