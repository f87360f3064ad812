package io.jenkins.plugins.iplb.jenkins.plan;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.iplb.jenkins.freestyle.ConfigurationBuilder;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.ShopJobs;
import java.util.Locale;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.localizer.LocaleProvider;

@WithJenkins
class PlansActionTest {
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final String FILE = """
            loadBalancer: shop
            settings: {name: %s}
            http:
              farms:
                blue: {zone: all, port: 8000}
                app: {stickiness: cookie}
            """.formatted(SCRIPT);

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
        job = jenkins.createFreeStyleProject("plan");
    }

    @AfterEach
    void close() throws Exception {
        jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        ShopJobs.deleteAll(jenkins);
        shop.close();
    }

    @Test
    void thePageSaysWhatWouldChangeAndNothingOfItIsMarkup() throws Exception {
        FreeStyleBuild build = planned(FILE, FILE);

        HtmlPage page = jenkins.createWebClient().getPage(build, PlansAction.URL_NAME);

        assertThat(page.asNormalizedText())
                .contains("Load balancer plan", "shop (" + Shop.SERVICE + ")")
                .contains("To be added: 1, changed: 2, removed: 0, moved: 0.")
                .contains("Farm blue would be added", "Farm app would be changed", "shop would be changed")
                .containsPattern("stickiness\\s+cookie")
                .contains(SCRIPT)
                .containsOnlyOnce("Farm blue would be added");
    }

    @Test
    void theLogAndTheFrontPageOfTheBuildLeadToIt() throws Exception {
        FreeStyleBuild build = planned(FILE);

        HtmlPage front = jenkins.createWebClient().getPage(build);

        assertThat(front.asNormalizedText()).contains("Load balancer plan", "To be added: 1, changed: 2");
        assertThat(front.getAnchorByHref(PlansAction.URL_NAME + "#" + Shop.SERVICE)
                        .click()
                        .getUrl()
                        .getPath())
                .contains(PlansAction.URL_NAME);
        assertThat(jenkins.createWebClient().getPage(build, "console").asXml())
                .contains(build.getUrl() + PlansAction.URL_NAME + "#" + Shop.SERVICE);
    }

    @Test
    void itSpeaksTheLanguageOfItsReader() throws Exception {
        FreeStyleBuild build = planned(FILE);
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return Locale.FRENCH;
            }
        });
        try {
            assertThat(jenkins.createWebClient()
                            .getPage(build, PlansAction.URL_NAME)
                            .asNormalizedText())
                    .contains("Plan du Load Balancer", "Serait ajouté : ferme blue", "Serait modifié : shop")
                    .contains("À ajouter : 1");
        } finally {
            LocaleProvider.setProvider(LocaleProvider.DEFAULT);
        }
    }

    @Test
    void aBuildThatHasAppliedOneHasNoSuchPage() throws Exception {
        ConfigurationBuilder apply = builder(FILE);
        apply.setDryRun(false);
        job.getBuildersList().add(apply);

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        assertThat(build.getAction(PlansAction.class)).isNull();
    }

    @Test
    void itIsThereAfterARestartOfTheController() throws Exception {
        planned(FILE);
        job._getRuns().purgeCache();

        assertThat(jenkins.createWebClient()
                        .getPage(job.getBuildByNumber(1), PlansAction.URL_NAME)
                        .asNormalizedText())
                .contains("Farm blue would be added");
    }

    @Test
    void whoMayNotSeeTheArtifactsDoesNotSeeIt() throws Exception {
        System.setProperty("hudson.security.ArtifactsPermission", "true");
        try {
            FreeStyleBuild build = planned(FILE);
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

            assertThat(client.goTo(build.getUrl() + PlansAction.URL_NAME + "/").asNormalizedText())
                    .doesNotContain("blue");
            assertThat(client.getPage(build).asNormalizedText()).doesNotContain("Load balancer plan");
        } finally {
            System.clearProperty("hudson.security.ArtifactsPermission");
        }
    }

    private FreeStyleBuild planned(String... files) throws Exception {
        for (String file : files) {
            job.getBuildersList().add(builder(file));
        }
        return jenkins.buildAndAssertSuccess(job);
    }

    private static ConfigurationBuilder builder(String file) {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        builder.setLoadBalancer(Shop.NAME);
        builder.setContent(file);
        builder.setDryRun(true);
        return builder;
    }
}
