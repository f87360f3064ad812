package io.jenkins.plugins.iplb.jenkins.overview;

import static io.jenkins.plugins.iplb.jenkins.testing.ShopJobs.job;
import static io.jenkins.plugins.iplb.jenkins.testing.ShopJobs.refresh;
import static io.jenkins.plugins.iplb.jenkins.testing.ShopJobs.stickiness;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.tasks.Builder;
import io.jenkins.plugins.iplb.jenkins.configuration.FolderLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.configuration.UsableLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.freestyle.RefreshBuilder;
import io.jenkins.plugins.iplb.jenkins.readings.ConfiguredLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.readings.KnownLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.ShopJobs;
import io.jenkins.plugins.iplb.jenkins.testing.Visitor;
import io.jenkins.plugins.iplb.jenkins.testing.Waits;
import io.jenkins.plugins.iplb.sandbox.auth.CredentialState;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.localizer.LocaleProvider;

@WithJenkins
@Timeout(120)
class LoadBalancersLinkTest {
    private static final String STANDING = LoadBalancersLink.URL + "/standing";

    private static JenkinsRule jenkins;

    private final Shop shop = new Shop();
    private final boolean systemReadBefore = Jenkins.SYSTEM_READ.getEnabled();
    private ServiceSeed service;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void configure() throws Exception {
        shop.configure();
        service = shop.sandbox().world().service(Shop.SERVICE);
        Jenkins.SYSTEM_READ.setEnabled(true);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("operator")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("developer"));
    }

    @AfterEach
    void close() throws Exception {
        for (FreeStyleProject job : jenkins.jenkins.getAllItems(FreeStyleProject.class)) {
            for (FreeStyleBuild build : job.getBuilds()) {
                if (build.isBuilding()) {
                    build.getExecutor().interrupt();
                    jenkins.waitForCompletion(build);
                }
            }
        }
        ShopJobs.deleteAll(jenkins);
        forget();
        Jenkins.SYSTEM_READ.setEnabled(systemReadBefore);
        shop.close();
    }

    @Test
    void thePageShowsWhatEachLoadBalancerIsLike() throws Exception {
        service.add("tcp/farm", Map.of("zone", "gra"));
        look();

        String page = page("operator").asNormalizedText();

        assertThat(page)
                .contains("shop", Shop.SERVICE, shop.key().endpoint(), "gra, rbx")
                .containsPattern("State\\s+ok")
                .containsPattern("Pending changes\\s+1 in gra\\s")
                .containsPattern("Requests of its key in a minute\\s+\\d+ of 60")
                .contains("No refresh is running.", "No build has changed it.");
    }

    @Test
    void aRefreshUnderWayIsShownWithThoseWhoWait() throws Exception {
        shop.sandbox().faults().nextTaskEndsIn(TaskEnding.hang);
        service.add("tcp/farm", Map.of("zone", "gra"));
        FreeStyleBuild first = started("first", refresh());
        jenkins.waitForMessage("of gra, rbx is", first);
        FreeStyleBuild second = started("second", refresh());
        jenkins.waitForMessage("waiting for refresh", second);
        String id = Long.toString(service.refreshes().get(0).id());

        String standing = get("operator", STANDING);

        assertThat(standing).contains("Refresh " + id + " of gra, rbx is running", "<progress ");
        String admins = get("admin", STANDING);
        assertThat(row(admins, "first #1"))
                .contains(first.getUrl() + "\"", "OVHcloud Load Balancer: refresh and wait", "waits for refresh " + id);
        assertThat(row(admins, "second #1")).contains("waits for the refresh that runs to end");
    }

    @Test
    void whatBuildsDidLastIsShownNewestFirstWithTheWayToTheirPage() throws Exception {
        FreeStyleProject job = job(jenkins, "deploy", stickiness("cookie"), refresh());
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        look();
        String standing = get("admin", STANDING);

        assertThat(standing).contains(build.getUrl() + "load-balancer-changes\"");
        assertThat(standing.indexOf(">Load balancer refreshed<"))
                .isPositive()
                .isLessThan(standing.indexOf(">Stickiness of farm app changed<"));
    }

    @Test
    void buildsAreNamedAndLinkedOnlyForThoseWhoMayReadThem() throws Exception {
        jenkins.buildAndAssertSuccess(job(jenkins, "secret-plan", stickiness("cookie")));
        look();

        assertThat(get("admin", STANDING)).contains("secret-plan");
        assertThat(get("operator", STANDING))
                .contains("A build that you may not see", "Stickiness of farm app changed")
                .doesNotContain("secret-plan");
    }

    @Test
    void aLoadBalancerThatOnlyBuildsKnowIsShownAsTheyKnowIt() throws Exception {
        OvhLoadBalancers.get().setLoadBalancers(List.of());
        shop.sandbox().faults().nextTaskEndsIn(TaskEnding.hang);
        service.add("tcp/farm", Map.of("zone", "gra"));
        RefreshBuilder refresh = new RefreshBuilder();
        refresh.setService(Shop.SERVICE);
        refresh.setCredentialsId(Shop.CREDENTIALS);
        jenkins.waitForMessage("of gra, rbx is", started("first", refresh));

        String standing = get("operator", STANDING);

        assertThat(standing)
                .contains(Shop.SERVICE, "Not configured, as far as you may see", "of gra, rbx is running", " of 60");
    }

    @Test
    void whatKeepsOvhFromBeingAskedIsShown() throws Exception {
        look();
        shop.sandbox().credentials().state(shop.sandbox().credentials().consumerKey(), CredentialState.expired);
        known(Duration.ZERO);

        assertThat(get("operator", STANDING)).contains("This credential").containsPattern("(?s)State.*ok");
    }

    @Test
    void whatIsOldIsMarkedAsThatWithItsDateAndClaimsNoProgress() throws Exception {
        shop.sandbox().faults().nextTaskEndsIn(TaskEnding.hang);
        service.add("tcp/farm", Map.of("zone", "gra"));
        jenkins.waitForMessage("of gra, rbx is", started("first", refresh()));
        KnownLoadBalancer known = known(Duration.ZERO).get(0);
        Instant asOf = known.state().orElseThrow().asOf();
        String id = Long.toString(service.refreshes().get(0).id());

        ShownLoadBalancer now = ShownLoadBalancer.of(known, List.of(), asOf);
        ShownLoadBalancer later = ShownLoadBalancer.of(known, List.of(), asOf.plus(Duration.ofDays(1)));

        assertThat(now.isOld()).isFalse();
        assertThat(now.getRefreshes()).singleElement().satisfies(refresh -> {
            assertThat(refresh.getTitle()).isEqualTo("Refresh " + id + " of gra, rbx is running");
            assertThat(refresh.getPercent()).isNotNull();
        });
        assertThat(later.isOld()).isTrue();
        assertThat(later.getAsOf()).isEqualTo(asOf.truncatedTo(ChronoUnit.MILLIS));
        assertThat(later.getRefreshes()).singleElement().satisfies(refresh -> {
            assertThat(refresh.getTitle()).isEqualTo("Refresh " + id + " of gra, rbx was running then");
            assertThat(refresh.getPercent()).isNull();
        });
    }

    /** Nor does a page that is open go on to say that what it shows is so. */
    @Test
    void whatCannotBeReadAgainIsMarkedOldBeforeLong() throws Exception {
        look();
        assertThat(get("operator", STANDING)).contains("No refresh is running.").doesNotContain(">old<");
        shop.sandbox().credentials().state(shop.sandbox().credentials().consumerKey(), CredentialState.expired);

        try (Visitor operator = new Visitor(jenkins, "operator")) {
            Waits.until(
                    () -> operator.get(STANDING, Map.of()).getContentAsString().contains(">old<"));
        }

        assertThat(get("operator", STANDING))
                .containsPattern("[A-Z][a-z]{2} \\d+, \\d{4},? \\d+:\\d\\d:\\d\\d")
                .contains("No refresh was running then.")
                .doesNotContain("<progress");
    }

    @Test
    void theLoadBalancersOfFoldersAreShownWithTheirFolderToWhoeverMaySeeItsConfiguration() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        team.addProperty(
                new FolderLoadBalancers(List.of(new NamedLoadBalancer("checkout", Shop.SERVICE, Shop.CREDENTIALS))));
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("operator", "lead", "reader")
                .grant(Item.READ)
                .onItems(team)
                .to("reader")
                .grant(Item.READ, Item.CONFIGURE)
                .onItems(team)
                .to("lead"));
        look();

        for (String each : List.of("admin", "lead")) {
            assertThat(get(each, STANDING))
                    .contains("team » checkout", jenkins.contextPath + "/job/team/\"")
                    .containsPattern("(?s)checkout.*>ok<");
        }
        for (String each : List.of("operator", "reader")) {
            assertThat(get(each, STANDING)).contains(">shop<").doesNotContain("checkout", "team");
        }
    }

    @Test
    void ofOneThatNobodyHasSeenYetNothingIsSaid() throws Exception {
        shop.sandbox().credentials().state(shop.sandbox().credentials().consumerKey(), CredentialState.expired);
        look();

        assertThat(get("operator", STANDING))
                .contains("This credential")
                .doesNotContain("No refresh is running.", "No build has changed it.");
    }

    @Test
    void howManyLookAtThePageMakesNoDifferenceToOvh() throws Exception {
        long begun = System.nanoTime();
        look();
        for (int i = 0; i < 5; i++) {
            get("operator", STANDING);
            get("admin", LoadBalancersLink.URL);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        long looks = 1 + took.dividedBy(LoadBalancersLink.FRESH);
        assertThat(shop.sandbox().calls().count("GET", "/ipLoadbalancing/*/task"))
                .isBetween(1L, looks);
        assertThat(shop.sandbox().calls().count("GET", "/ipLoadbalancing/*/pendingChanges"))
                .isBetween(1L, looks);
        assertThat(shop.sandbox().calls().count("GET", "/ipLoadbalancing/*")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/standing", "/loadBalancers"})
    void whoMayNotReadTheSystemGetsNothing(String below) throws Exception {
        try (Visitor developer = new Visitor(jenkins, "developer")) {
            assertThat(developer.get(LoadBalancersLink.URL + below, Map.of()).getStatusCode())
                    .isEqualTo(403);
            assertThat(developer
                            .get(LoadBalancersLink.URL.replace("manage/", "") + below, Map.of())
                            .getStatusCode())
                    .isEqualTo(403);
        }
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @Test
    void thePageIsBelowManageJenkinsForThoseWhoMaySeeIt() throws Exception {
        assertThat(get("operator", "manage/")).contains("ovhcloud-load-balancers", "OVHcloud Load Balancers");
    }

    @Test
    void thePageKeepsItselfUpToDateWithoutBeingLoadedAgain() throws Exception {
        look();
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login("operator")) {
            HtmlPage page = client.goTo(LoadBalancersLink.URL);
            assertThat(page.asNormalizedText()).contains("No build has changed it.");

            jenkins.buildAndAssertSuccess(job(jenkins, "deploy", stickiness("cookie")));

            until(page, text -> text.contains("Stickiness of farm app changed"));
            assertThat(page.asNormalizedText()).doesNotContain("No build has changed it.");
            assertThat(page.getElementById("iplb-stale").getAttribute("class")).contains("jenkins-hidden");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fr, Modifications en attente, Aucun refresh en cours.",
        "nl, Klaarstaande wijzigingen, Er loopt geen refresh.",
        "de, Pending changes, No refresh is running.",
    })
    void thePageSpeaksTheLanguageOfItsReader(String language, String title, String sentence) throws Exception {
        look();
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return Locale.forLanguageTag(language);
            }
        });
        try {
            assertThat(get("operator", STANDING)).contains(title, sentence);
        } finally {
            LocaleProvider.setProvider(LocaleProvider.DEFAULT);
        }
    }

    /** Nobody has seen the shop of the next case. */
    private static void forget() {
        OvhLoadBalancers.get().setLoadBalancers(List.of());
        ConfiguredLoadBalancers.get().now(List.of(), Duration.ZERO);
    }

    private static void look() throws Exception {
        known(Duration.ofMinutes(1));
    }

    private static List<KnownLoadBalancer> known(Duration maxAge) throws Exception {
        return ConfiguredLoadBalancers.get()
                .noOlderThan(UsableLoadBalancer.visible(), maxAge)
                .get(30, TimeUnit.SECONDS);
    }

    private HtmlPage page(String user) throws Exception {
        return jenkins.createWebClient().login(user).goTo(LoadBalancersLink.URL);
    }

    private String get(String user, String path) throws Exception {
        try (Visitor visitor = new Visitor(jenkins, user)) {
            return visitor.get(path, Map.of()).getContentAsString();
        }
    }

    private static String row(String html, String build) {
        return List.of(html.split("<tr>")).stream()
                .filter(row -> row.contains(build))
                .findFirst()
                .orElseThrow();
    }

    private static void until(HtmlPage page, Predicate<String> shown) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!shown.test(page.asNormalizedText()) && System.nanoTime() < end) {
            page.getWebClient().waitForBackgroundJavaScript(100);
        }
        assertThat(page.asNormalizedText()).matches(shown);
    }

    private FreeStyleBuild started(String name, Builder... steps) throws Exception {
        return job(jenkins, name, steps).scheduleBuild2(0).waitForStart();
    }
}
