package io.jenkins.plugins.iplb.jenkins.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.form.CredentialsChoices;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who finds the root's credentials, a folder's, and another folder's: with a build, and before there is one. */
@WithJenkins
class FolderCredentialsTest {
    private static final LoadBalancerChoice OURS = new LoadBalancerChoice(null, Shop.SERVICE, "ours");
    private static final LoadBalancerChoice ROOT = new LoadBalancerChoice(null, Shop.SERVICE, Shop.CREDENTIALS);

    private Shop shop;
    private FreeStyleBuild atRoot;
    private FreeStyleBuild inFolder;
    private FreeStyleBuild elsewhere;

    @BeforeEach
    void open(JenkinsRule jenkins) throws Exception {
        shop = new Shop();
        shop.configure();
        Folder ours = jenkins.createProject(Folder.class, "ours");
        storeOf(ours).addCredentials(Domain.global(), shop.credentials("ours"));
        atRoot = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        inFolder = jenkins.buildAndAssertSuccess(ours.createProject(FreeStyleProject.class, "job"));
        elsewhere = jenkins.buildAndAssertSuccess(
                jenkins.createProject(Folder.class, "theirs").createProject(FreeStyleProject.class, "job"));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void theRootsAreFoundEverywhere() {
        for (FreeStyleBuild build : new FreeStyleBuild[] {atRoot, inFolder, elsewhere}) {
            assertThat(ROOT.resolve(build).client())
                    .isSameAs(ROOT.resolve((Item) build.getParent()).client());
        }
    }

    @Test
    void aFoldersAreFoundInTheFolder() {
        assertThat(OURS.resolve(inFolder).service()).isEqualTo(Shop.SERVICE);
        assertThat(OURS.resolve((Item) inFolder.getParent()).service()).isEqualTo(Shop.SERVICE);
        assertThat(CredentialsChoices.choices(inFolder.getParent(), "")).anyMatch(each -> each.value.equals("ours"));
    }

    @Test
    void aFoldersAreNotFoundAnywhereElse() {
        for (FreeStyleBuild build : new FreeStyleBuild[] {atRoot, elsewhere}) {
            assertThatThrownBy(() -> OURS.resolve(build))
                    .isInstanceOf(IplbException.class)
                    .hasMessage("credentialsId: no OVHcloud API credentials 'ours' that this build may use");
            assertThatThrownBy(() -> OURS.resolve((Item) build.getParent())).isInstanceOf(IplbException.class);
            assertThat(CredentialsChoices.choices(build.getParent(), "")).noneMatch(each -> each.value.equals("ours"));
        }
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @Test
    void theUseOfAFoldersIsTracked() throws Exception {
        OURS.resolve(inFolder);

        OvhApiCredentials used = CredentialsProvider.findCredentialById("ours", OvhApiCredentials.class, inFolder);
        assertThat(CredentialsProvider.getFingerprintOf(used).getUsages())
                .containsOnlyKeys(inFolder.getParent().getFullName());
    }

    private static CredentialsStore storeOf(Folder folder) {
        for (CredentialsStore store : CredentialsProvider.lookupStores(folder)) {
            if (store.getProvider() instanceof FolderCredentialsProvider && store.getContext() == folder) {
                return store;
            }
        }
        throw new AssertionError("the folder has no store");
    }
}
