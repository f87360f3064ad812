package io.jenkins.plugins.iplb.jenkins.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import hudson.XmlFile;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.jenkins.form.NamedLoadBalancerForm;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.sandbox.auth.CredentialState;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.localizer.LocaleProvider;

@WithJenkins
class ConfigurationFormTest {
    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void nothingIsConfigured() {
        OvhLoadBalancers configuration = OvhLoadBalancers.get();
        configuration.setLoadBalancers(List.of());
        configuration.setCustomEndpoints(List.of());
        configuration.setRequestsPerMinute(60);
        configuration.setWarnPendingAfter("24h");
    }

    @Test
    void thePageSavesWhatItShowsAtOnce() throws Exception {
        OvhLoadBalancers before = OvhLoadBalancers.get();
        NamedLoadBalancer shop = new NamedLoadBalancer("shop", Shop.SERVICE, "ovh");
        shop.setDefaultZones(List.of("gra", "sbg"));
        before.setLoadBalancers(List.of(shop, new NamedLoadBalancer("store", "loadbalancer-1", "ovh")));
        before.setCustomEndpoints(List.of("https://one.example/1.0", "https://two.example/1.0"));
        before.setRequestsPerMinute(30);
        before.setWarnPendingAfter("90m");
        Saves.COUNT.set(0);

        jenkins.configRoundtrip();

        assertThat(Saves.COUNT).hasValue(1);
        OvhLoadBalancers after = new OvhLoadBalancers();
        assertThat(after.getLoadBalancers())
                .extracting(
                        NamedLoadBalancer::getName,
                        NamedLoadBalancer::getService,
                        NamedLoadBalancer::getCredentialsId,
                        NamedLoadBalancer::getDefaultZones)
                .containsExactly(
                        tuple("shop", Shop.SERVICE, "ovh", List.of("gra", "sbg")),
                        tuple("store", "loadbalancer-1", "ovh", List.of()));
        assertThat(after.getCustomEndpoints()).containsExactly("https://one.example/1.0", "https://two.example/1.0");
        assertThat(after.getRequestsPerMinute()).isEqualTo(30);
        assertThat(after.getWarnPendingAfter()).isEqualTo("90m");
    }

    @Test
    void whatIsTakenAwayInTheFormIsGone() throws Exception {
        OvhLoadBalancers.get().setCustomEndpoints(List.of("https://one.example/1.0"));
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlForm form = client.goTo("configure").getFormByName("config");
            form.getTextAreaByName("_.customEndpoints").setText("");
            jenkins.submit(form);
        }

        assertThat(new OvhLoadBalancers().getCustomEndpoints()).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsRefusedAndChangesNothing() throws Exception {
        OvhLoadBalancers.get().setCustomEndpoints(List.of("https://one.example/1.0"));
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            HtmlForm form = client.goTo("configure").getFormByName("config");
            form.getTextAreaByName("_.customEndpoints").setText("ftp://one.example");
            HtmlPage answer = jenkins.submit(form);

            assertThat(answer.asNormalizedText()).contains("'ftp://one.example' was given");

            form = client.goTo("configure").getFormByName("config");
            form.getTextAreaByName("_.customEndpoints").setText("https://two.example/1.0");
            form.getInputByName("_.requestsPerMinute").setValue("30");
            form.getInputByName("_.warnPendingAfter").setValue("soon");

            assertThat(jenkins.submit(form).asNormalizedText()).contains("'soon' was given");
        }
        assertThat(OvhLoadBalancers.get().getCustomEndpoints()).containsExactly("https://one.example/1.0");
        assertThat(OvhLoadBalancers.get().getRequestsPerMinute()).isEqualTo(60);
        assertThat(OvhLoadBalancers.get().getWarnPendingAfter()).isEqualTo("24h");
    }

    @ParameterizedTest
    @CsvSource({"fr, Points d’accès personnalisés", "nl, Eigen endpoints", "de, Custom endpoints"})
    void thePageSpeaksTheLanguageOfItsReader(String language, String title) throws Exception {
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return Locale.forLanguageTag(language);
            }
        });
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.goTo("configure").getWebResponse().getContentAsString())
                    .contains(title);
        } finally {
            LocaleProvider.setProvider(LocaleProvider.DEFAULT);
        }
    }

    @Test
    void namesAreUniqueAndNotBlank() {
        OvhLoadBalancers configuration = OvhLoadBalancers.get();
        NamedLoadBalancer shop = new NamedLoadBalancer("shop", Shop.SERVICE, "ovh");

        assertThatThrownBy(() -> configuration.setLoadBalancers(
                        List.of(shop, new NamedLoadBalancer(" shop ", "loadbalancer-1", "ovh"))))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("name: 'shop' was given; allowed: a name that no other load balancer has");
        assertThatThrownBy(() -> configuration.setLoadBalancers(List.of(new NamedLoadBalancer(" ", "lb", "ovh"))))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> configuration.setRequestsPerMinute(0)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> configuration.setRequestsPerMinute(601)).isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://one.example/1.0, OK",
        "http://127.0.0.1:8080/1.0, OK",
        "http://one.example/1.0, WARNING",
        "ftp://one.example, ERROR",
        "one.example, ERROR",
        "https://user:secret@one.example, ERROR",
    })
    void customEndpointsAreChecked(String line, FormValidation.Kind kind) {
        assertThat(OvhLoadBalancers.get().doCheckCustomEndpoints("\n" + line + "\n").kind)
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"24h, OK", "1h30m, OK", "'', ERROR", "soon, ERROR", "0s, ERROR"})
    void howLongChangesMayBePendingIsChecked(String text, FormValidation.Kind kind) {
        assertThat(OvhLoadBalancers.get().doCheckWarnPendingAfter(text).kind).isEqualTo(kind);
    }

    @Test
    void aServiceIsLookedFor() throws Exception {
        try (Shop shop = new Shop()) {
            shop.configure();
            NamedLoadBalancerForm form = jenkins.jenkins.getDescriptorByType(NamedLoadBalancerForm.class);

            assertThat(form.doCheckService(null, Shop.SERVICE, Shop.CREDENTIALS))
                    .satisfies(found -> assertThat(found.kind).isEqualTo(FormValidation.Kind.OK))
                    .hasToString("OK: Found: shop; zones gra, rbx; state ok.");
            assertThat(form.doCheckService(null, "loadbalancer-0", Shop.CREDENTIALS))
                    .satisfies(found -> assertThat(found.kind).isEqualTo(FormValidation.Kind.ERROR))
                    .asString()
                    .contains("does not exist or is not visible");
            assertThat(form.doCheckService(null, "", Shop.CREDENTIALS).kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(form.doCheckDefaultZones(null, "gra", Shop.SERVICE, Shop.CREDENTIALS).kind)
                    .isEqualTo(FormValidation.Kind.OK);
            assertThat(form.doCheckDefaultZones(null, "gra, bhs", Shop.SERVICE, Shop.CREDENTIALS))
                    .asString()
                    .contains("no zone bhs; it has: gra, rbx");
            shop.sandbox().credentials().state(shop.sandbox().credentials().consumerKey(), CredentialState.expired);
            assertThat(form.doCheckService(null, Shop.SERVICE, Shop.CREDENTIALS).kind)
                    .isEqualTo(FormValidation.Kind.ERROR);
        }
    }

    @TestExtension
    public static final class Saves extends SaveableListener {
        private static final AtomicInteger COUNT = new AtomicInteger();

        @Override
        public void onChange(Saveable saved, XmlFile file) {
            if (saved instanceof OvhLoadBalancers) {
                COUNT.incrementAndGet();
            }
        }
    }
}
