package io.jenkins.plugins.iplb.jenkins.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.Visitor;
import io.jenkins.plugins.iplb.sandbox.auth.CredentialState;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class HealthMonitorTest {
    private static JenkinsRule jenkins;

    private final Shop shop = new Shop();
    private ServiceSeed service;
    private HealthMonitor monitor;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void configure() throws Exception {
        shop.configure();
        service = shop.sandbox().world().service(Shop.SERVICE);
        monitor = jenkins.jenkins.getExtensionList(HealthMonitor.class).get(0);
    }

    @AfterEach
    void close() throws Exception {
        jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        forget();
        shop.close();
    }

    @Test
    void saysNothingWhileAllIsWell() throws Exception {
        keyEndsIn(Duration.ofDays(15));
        service.add("tcp/farm", Map.of("zone", "gra"));

        check();

        assertThat(monitor.isActivated()).isFalse();
        assertThat(monitor.getWarnings()).isEmpty();
    }

    @Test
    void warnsOfAKeyThatEndsWithinFourteenDaysUntilThereIsAnother() throws Exception {
        keyEndsIn(Duration.ofDays(13));

        check();

        assertThat(monitor.isActivated()).isTrue();
        assertThat(monitor.getWarnings())
                .singleElement()
                .asString()
                .startsWith("The key of the credentials ‘ovh’ (load balancer shop) ends on ");
        keyEndsIn(Duration.ofDays(90));
        check();
        assertThat(monitor.isActivated()).isFalse();
    }

    @Test
    void warnsOfAKeyThatIsRefused() throws Exception {
        check();
        shop.sandbox().credentials().state(shop.sandbox().credentials().consumerKey(), CredentialState.expired);

        check();

        assertThat(monitor.getWarnings())
                .singleElement()
                .asString()
                .startsWith("The key of the credentials ‘ovh’ (load balancer shop) is refused: ");
    }

    @Test
    void keepsWhatItKnewWhenOvhDoesNotAnswer() throws Exception {
        keyEndsIn(Duration.ofDays(13));
        check();
        shop.sandbox().faults().on("GET", "/auth/currentCredential").status(400);

        check();

        assertThat(monitor.getWarnings()).singleElement().asString().contains(" ends on ");
    }

    @Test
    void aServiceAccountHasNoEnd() throws Exception {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials().clear();
        store.getCredentials().add(shop.serviceAccount(Shop.CREDENTIALS));

        check();

        assertThat(monitor.isActivated()).isFalse();
        assertThat(shop.sandbox().calls().count("GET", "/auth/currentCredential"))
                .isZero();
    }

    @Test
    void warnsOfChangesThatArePendingForLongerThanChosenUntilTheyAreLive() throws Exception {
        OvhLoadBalancers.get().setWarnPendingAfter("1s");
        service.add("tcp/farm", Map.of("zone", "gra"));
        check();
        Instant seen = Instant.now();
        while (Instant.now().isBefore(seen.plusSeconds(2))) {
            Thread.onSpinWait();
        }

        assertThat(monitor.isActivated()).isTrue();
        assertThat(monitor.getWarnings())
                .singleElement()
                .asString()
                .startsWith("shop: 1 change is pending in gra since ");
        OvhLoadBalancers.get().setWarnPendingAfter("24h");
        assertThat(monitor.isActivated()).isFalse();
        OvhLoadBalancers.get().setWarnPendingAfter("1s");
        service.deployed();
        check();
        assertThat(monitor.isActivated()).isFalse();
    }

    @Test
    void twoNamesOfOneLoadBalancerTellTheSameOfItEvenIfOneOfThemCannotLookAnyMore() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(shop.serviceAccount("account"));
        OvhLoadBalancers.get()
                .setLoadBalancers(List.of(
                        new NamedLoadBalancer("shop", Shop.SERVICE, Shop.CREDENTIALS),
                        new NamedLoadBalancer("store", Shop.SERVICE, "account")));
        service.add("tcp/farm", Map.of("zone", "rbx"));
        check();
        service.deployed();
        service.add("tcp/farm", Map.of("zone", "gra"));
        shop.sandbox().credentials().state(shop.sandbox().credentials().consumerKey(), CredentialState.expired);

        check();

        assertThat(monitor.getWarnings()).singleElement().asString().contains("‘ovh’", "is refused");
    }

    @Test
    void saysNothingOfALoadBalancerThatIsNotConfiguredAnyMore() throws Exception {
        keyEndsIn(Duration.ofDays(13));
        check();

        OvhLoadBalancers.get().setLoadBalancers(List.of());
        check();

        assertThat(monitor.isActivated()).isFalse();
    }

    @Test
    void isShownInTheLanguageOfItsReader() throws Exception {
        keyEndsIn(Duration.ofDays(13));
        service.add("tcp/farm", Map.of("zone", "gra"));
        OvhLoadBalancers.get().setWarnPendingAfter("1s");
        check();

        assertThat(HealthCheck.get().warnings().get(0).toString(Locale.FRENCH)).startsWith("La clé des identifiants");
        assertThat(HealthCheck.get().warnings().get(0).toString(Locale.forLanguageTag("nl")))
                .startsWith("De sleutel van de credentials");
    }

    @Test
    void isShownBelowManageJenkinsWithTheWayToThePageAndCanBeDismissed() throws Exception {
        keyEndsIn(Duration.ofDays(13));
        check();
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlPage manage = client.goTo("manage");
            assertThat(manage.asNormalizedText()).contains("load balancer shop) ends on");
            assertThat(manage.<HtmlAnchor>getByXPath("//div[contains(@class,'jenkins-alert-warning')]//a"))
                    .extracting(HtmlAnchor::getHrefAttribute)
                    .anyMatch(link -> link.endsWith("/manage/ovhcloud-load-balancers"));

            HtmlForm dismiss = manage.getForms().stream()
                    .filter(form -> form.getActionAttribute().endsWith(monitor.getUrl() + "/disable"))
                    .findFirst()
                    .orElseThrow();
            jenkins.submit(dismiss);

            assertThat(monitor.isEnabled()).isFalse();
            assertThat(client.goTo("manage").asNormalizedText()).doesNotContain("load balancer shop) ends on");
        }
    }

    @Test
    void isShownToWhoMayReadTheSystemAndDismissedOnlyByAnAdministrator() throws Exception {
        boolean before = Jenkins.SYSTEM_READ.getEnabled();
        Jenkins.SYSTEM_READ.setEnabled(true);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("operator")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader"));
        keyEndsIn(Duration.ofDays(13));
        check();
        try (Visitor operator = new Visitor(jenkins, "operator");
                Visitor reader = new Visitor(jenkins, "reader")) {
            assertThat(operator.get("manage/", Map.of()).getContentAsString())
                    .contains("load balancer shop) ends on")
                    .doesNotContain(monitor.getUrl() + "/disable");
            assertThat(operator.post(monitor.getUrl() + "/disable", Map.of()).getStatusCode())
                    .isEqualTo(403);
            assertThat(reader.post(monitor.getUrl() + "/disable", Map.of()).getStatusCode())
                    .isEqualTo(403);
            assertThat(monitor.isEnabled()).isTrue();
        } finally {
            Jenkins.SYSTEM_READ.setEnabled(before);
        }
    }

    @Test
    void askingForTheWarningsAsksOvhNothing() throws Exception {
        check();
        shop.sandbox().calls().clear();

        monitor.isActivated();
        monitor.getWarnings();

        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    private void keyEndsIn(Duration left) {
        shop.sandbox()
                .credentials()
                .expiration(
                        shop.sandbox().credentials().consumerKey(),
                        shop.sandbox().world().now().plus(left));
    }

    /** Nobody has looked at the shop of the next case, nor chosen anything. */
    private void forget() throws Exception {
        OvhLoadBalancers.get().setWarnPendingAfter("24h");
        OvhLoadBalancers.get().setLoadBalancers(List.of());
        check();
        monitor.disable(false);
    }

    private static void check() throws Exception {
        HealthCheck.get().check(Duration.ZERO).get(60, TimeUnit.SECONDS);
    }
}
