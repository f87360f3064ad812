package io.jenkins.plugins.iplb.jenkins.drift;

import static io.jenkins.plugins.iplb.jenkins.testing.ShopJobs.job;
import static io.jenkins.plugins.iplb.jenkins.testing.ShopJobs.refresh;
import static io.jenkins.plugins.iplb.jenkins.testing.ShopJobs.stickiness;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.configuration.UsableLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.health.DriftMonitor;
import io.jenkins.plugins.iplb.jenkins.overview.LoadBalancersLink;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.ShopJobs;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class DriftCheckTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static JenkinsRule jenkins;

    private Shop shop;
    private ServiceSeed service;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void configure() throws Exception {
        shop = new Shop();
        shop.configure();
        service = shop.sandbox().world().service(Shop.SERVICE);
        jenkins.buildAndAssertSuccess(job(jenkins, "deploy", stickiness("cookie"), refresh()));
        shop.sandbox().calls().clear();
    }

    @AfterEach
    void close() throws Exception {
        ShopJobs.deleteAll(jenkins);
        OvhLoadBalancers.get().setLoadBalancers(List.of());
        check(NOW);
        shop.close();
    }

    @Test
    void nobodyLooksUnlessItIsWished() throws Exception {
        check(NOW);

        assertThat(shop.asked()).isEmpty();
        assertThat(found()).isEmpty();
    }

    @Test
    void whatSomebodyElseHasDoneSinceIsFoundAsOftenAsItIsWishedAndShownOnThePage() throws Exception {
        every("24h");
        check(NOW);
        assertThat(found()).hasValueSatisfying(drift -> {
            assertThat(drift.at()).isEqualTo(NOW);
            assertThat(drift.drifted()).isFalse();
            assertThat(drift.lines()).containsExactly(Shop.SERVICE + ": no drift");
        });
        assertThat(monitor().isActivated()).isFalse();
        service.remove("http/farm", service.id("http/farm", "app"));
        shop.sandbox().calls().clear();

        check(NOW.plus(Duration.ofHours(23)));
        assertThat(shop.asked()).isEmpty();
        check(NOW.plus(Duration.ofHours(24)));

        assertThat(shop.asked()).isNotEmpty().allMatch(call -> call.method().equals("GET"));
        assertThat(found()).hasValueSatisfying(drift -> {
            assertThat(drift.drifted()).isTrue();
            assertThat(drift.lines()).contains("- Farm app is missing").endsWith(Shop.SERVICE + ": 1 missing");
        });
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlPage page = client.goTo(LoadBalancersLink.URL);
            assertThat(page.asNormalizedText()).contains("Drift", "- Farm app is missing", "Mar 2, 2026");
            assertThat(client.goTo("manage").asNormalizedText())
                    .contains("OVHcloud Load Balancers: drift", Shop.NAME + " has drifted, as seen on March 2, 2026");
        }
        assertThat(monitor().getWarnings()).singleElement().asString().endsWith(Shop.SERVICE + ": 1 missing");
    }

    @Test
    void whyItCouldNotBeLookedIsSaid() throws Exception {
        every("1h");
        shop.sandbox()
                .faults()
                .on("GET", "/ipLoadbalancing/*/http/farm")
                .times(9)
                .status(403);

        check(NOW);

        assertThat(found()).hasValueSatisfying(drift -> {
            assertThat(drift.drifted()).isTrue();
            assertThat(drift.lines()).singleElement().asString().contains("403");
        });
        assertThat(monitor().getWarnings())
                .singleElement()
                .asString()
                .startsWith(Shop.NAME + " could not be looked at for drift on ");
    }

    @Test
    void whatIsNoDurationIsRefusedAndTheFormKeepsWhatIsOne() throws Exception {
        assertThatThrownBy(() -> every("daily"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("driftCheck: 'daily' was given");
        every("24h");

        jenkins.configRoundtrip();

        assertThat(new OvhLoadBalancers().getLoadBalancers())
                .singleElement()
                .satisfies(named -> assertThat(named.getDriftCheck()).isEqualTo("24h"));
    }

    private static DriftMonitor monitor() {
        return jenkins.jenkins.getExtensionList(DriftMonitor.class).get(0);
    }

    private static void every(String interval) {
        NamedLoadBalancer named = new NamedLoadBalancer(Shop.NAME, Shop.SERVICE, Shop.CREDENTIALS);
        named.setDriftCheck(interval);
        OvhLoadBalancers.get().setLoadBalancers(List.of(named));
    }

    private static Optional<FoundDrift> found() {
        return DriftCheck.get().of(UsableLoadBalancer.by(null, Shop.NAME).orElseThrow());
    }

    private static void check(Instant now) throws Exception {
        DriftCheck.get().check(now).get(60, TimeUnit.SECONDS);
    }
}
