package io.jenkins.plugins.iplb.jenkins.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.configuration.FolderLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.form.LoadBalancerNames;
import io.jenkins.plugins.iplb.jenkins.form.NamedLoadBalancerForm;
import io.jenkins.plugins.iplb.jenkins.freestyle.RefreshBuilder;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.ShopJobs;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who may use a named load balancer, and with whose key. */
@WithJenkins
class AllowedItemsTest {
    private static final LoadBalancerChoice SHOP = new LoadBalancerChoice(Shop.NAME, null, null);

    private static JenkinsRule jenkins;

    private Shop shop;
    private Folder team;
    private FreeStyleProject inside;
    private FreeStyleProject outside;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void open() throws Exception {
        shop = new Shop();
        shop.configure();
        team = jenkins.createProject(Folder.class, "team");
        inside = team.createProject(FreeStyleProject.class, "deploy");
        outside = jenkins.createFreeStyleProject("other");
    }

    @AfterEach
    void close() throws Exception {
        ShopJobs.deleteAll(jenkins);
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        shop.close();
    }

    @Test
    void withoutAListEveryJobMayUseIt() {
        assertThat(SHOP.resolve((Item) inside).service()).isEqualTo(Shop.SERVICE);
        assertThat(SHOP.resolve((Item) outside).service()).isEqualTo(Shop.SERVICE);
    }

    @Test
    void aFolderStandsForAllThatIsInIt() throws Exception {
        allow("team");
        FreeStyleProject deeper =
                team.createProject(Folder.class, "deeper").createProject(FreeStyleProject.class, "job");

        assertThat(SHOP.resolve((Item) deeper).service()).isEqualTo(Shop.SERVICE);
        assertThatThrownBy(() -> SHOP.resolve((Item) outside)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void aPatternMeansNamesWithinOneFolderOrAnywhere() throws Exception {
        allow("team/dep*");
        assertThat(SHOP.resolve((Item) inside).service()).isEqualTo(Shop.SERVICE);
        allow("**/deploy");
        assertThat(SHOP.resolve((Item) inside).service()).isEqualTo(Shop.SERVICE);
        allow("dep*");
        assertThatThrownBy(() -> SHOP.resolve((Item) inside)).isInstanceOf(InvalidInput.class);
    }

    /** Nor may it be told from one that is not there. */
    @Test
    void theBuildOfAnyOtherJobIsRefusedAndNothingIsSent() throws Exception {
        allow("team");
        outside.getBuildersList().add(refresh());

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, outside);

        jenkins.assertLogContains(
                "loadBalancer: 'shop' was given; allowed: a named load balancer, and there is none for other", build);
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @Test
    void aBuildThatWasQueuedBeforeTheListChangedIsRefusedToo() throws Exception {
        outside.getBuildersList().add(refresh());
        jenkins.jenkins.setNumExecutors(0);
        var queued = outside.scheduleBuild2(0);
        allow("team");
        jenkins.jenkins.setNumExecutors(1);

        jenkins.assertBuildStatus(Result.FAILURE, queued.get());
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @Test
    void formsOfOtherJobsDoNotOfferIt() throws Exception {
        allow("team");

        assertThat(LoadBalancerNames.choices(inside)).containsExactly(Shop.NAME);
        assertThat(LoadBalancerNames.choices(outside)).isEmpty();
        assertThat(LoadBalancerNames.check(outside, SHOP).kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    @Test
    void aKeyOfTheSystemsOwnIsFoundForItAndForNothingElse() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(shop.credentials(CredentialsScope.SYSTEM, "system"));
        configure(new NamedLoadBalancer(Shop.NAME, Shop.SERVICE, "system"));
        LoadBalancerChoice direct = new LoadBalancerChoice(null, Shop.SERVICE, "system");

        assertThat(SHOP.resolve((Item) inside).service()).isEqualTo(Shop.SERVICE);
        assertThatThrownBy(() -> direct.resolve((Item) inside))
                .isInstanceOf(IplbException.class)
                .hasMessage("credentialsId: no OVHcloud API credentials 'system' that this build may use");
    }

    @Test
    void aBuildUsesAKeyOfTheSystemsOwn() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(shop.credentials(CredentialsScope.SYSTEM, "system"));
        configure(new NamedLoadBalancer(Shop.NAME, Shop.SERVICE, "system"));
        inside.getBuildersList().add(refresh());

        jenkins.buildAndAssertSuccess(inside);
    }

    @Test
    void whatAFolderNamesIsKnownInIt() throws Exception {
        configure();
        team.addProperty(
                new FolderLoadBalancers(List.of(new NamedLoadBalancer("ours", Shop.SERVICE, Shop.CREDENTIALS))));
        LoadBalancerChoice ours = new LoadBalancerChoice("ours", null, null);

        assertThat(ours.resolve((Item) inside).service()).isEqualTo(Shop.SERVICE);
        assertThatThrownBy(() -> ours.resolve((Item) outside)).isInstanceOf(InvalidInput.class);
        assertThat(LoadBalancerNames.choices(inside)).containsExactly("ours");
    }

    /** Who may configure a folder has no right to the controller's own keys. */
    @Test
    void whatAFolderNamesDoesNotGetAKeyOfTheSystemsOwn() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(shop.credentials(CredentialsScope.SYSTEM, "system"));
        team.addProperty(new FolderLoadBalancers(List.of(new NamedLoadBalancer("ours", Shop.SERVICE, "system"))));

        assertThatThrownBy(() -> new LoadBalancerChoice("ours", null, null).resolve((Item) inside))
                .hasMessage("credentialsId: no OVHcloud API credentials 'system' that this build may use");
    }

    @Test
    void theNearerOfTwoOfOneNameIsMeant() throws Exception {
        team.addProperty(new FolderLoadBalancers(
                List.of(new NamedLoadBalancer(Shop.NAME, "loadbalancer-0123456789abcdef", Shop.CREDENTIALS))));

        assertThat(SHOP.resolve((Item) inside).service()).isEqualTo("loadbalancer-0123456789abcdef");
        assertThat(SHOP.resolve((Item) outside).service()).isEqualTo(Shop.SERVICE);
    }

    @Test
    void aFoldersFormKeepsWhatItNames() throws Exception {
        NamedLoadBalancer ours = new NamedLoadBalancer("ours", Shop.SERVICE, Shop.CREDENTIALS);
        ours.setAllowedItems(List.of("team/deploy", "team/**/test-*"));
        team.addProperty(new FolderLoadBalancers(List.of(ours)));

        jenkins.configRoundtrip(team);

        assertThat(team.getProperties().get(FolderLoadBalancers.class).getLoadBalancers())
                .singleElement()
                .usingRecursiveComparison()
                .isEqualTo(ours);
    }

    @Test
    void theFormSaysWhoMayUseItAndWhichPatternMeansNothing() {
        NamedLoadBalancerForm form = Jenkins.get().getDescriptorByType(NamedLoadBalancerForm.class);

        assertThat(form.doCheckAllowedItems(null, "").renderHtml()).contains("Every job may use it.");
        assertThat(form.doCheckAllowedItems(null, "team/*").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckAllowedItems(null, "team\nnobody").renderHtml())
                .contains("No job or folder is called ‘nobody’ now.");
    }

    private static RefreshBuilder refresh() {
        RefreshBuilder refresh = new RefreshBuilder();
        refresh.setLoadBalancer(Shop.NAME);
        return refresh;
    }

    private static void allow(String... patterns) {
        NamedLoadBalancer named = new NamedLoadBalancer(Shop.NAME, Shop.SERVICE, Shop.CREDENTIALS);
        named.setAllowedItems(List.of(patterns));
        configure(named);
    }

    private static void configure(NamedLoadBalancer... named) {
        OvhLoadBalancers.get().setLoadBalancers(List.of(named));
    }
}
