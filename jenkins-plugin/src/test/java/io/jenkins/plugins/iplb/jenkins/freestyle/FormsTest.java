package io.jenkins.plugins.iplb.jenkins.freestyle;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import hudson.tasks.Builder;
import io.jenkins.plugins.iplb.faces.FaceTable;
import io.jenkins.plugins.iplb.jenkins.testing.ChangeForms;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.ShopJobs;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.parameter.Parameter;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class FormsTest {
    private static JenkinsRule jenkins;

    private final Shop shop = new Shop();

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void configure() throws Exception {
        shop.configure();
    }

    @AfterEach
    void close() throws Exception {
        jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        ShopJobs.deleteAll(jenkins);
        shop.close();
    }

    @Test
    void aSingleChangeSurvivesItsForm() throws Exception {
        ChangeBuilder before = new ChangeBuilder(List.of(new SetStickinessChange("http", "app", "none")));
        before.setLoadBalancer(Shop.NAME);

        jenkins.assertEqualDataBoundBeans(before, saved(before));
    }

    /** With the values of the table that all faces are held against, each of which is there once for each change. */
    @Test
    void everyChangeSurvivesItsFormInItsOrder() throws Exception {
        List<ChangeForm> changes = new ArrayList<>();
        for (FaceTable.Asked asked : FaceTable.good()) {
            if (asked.operation().isChange()) {
                changes.add(ChangeForms.of(
                        asked.operation(), asked.on(shop.sandbox()).values()));
            }
        }
        EnsureFrontendChange resets = new EnsureFrontendChange("http");
        resets.setName("http");
        resets.setAllowedSource("none");
        resets.setDeniedSource("192.0.2.0/24");
        changes.add(resets);
        changes.add(new MoveFailoverChange("203.0.113.7"));
        for (List<ChangeForm> some : ChangeForms.pages(changes)) {
            ChangeBuilder before = new ChangeBuilder(some);
            before.setService("loadbalancer-1");
            before.setCredentialsId(Shop.CREDENTIALS);
            before.setTimeout("45s");
            before.setDryRun(true);

            jenkins.assertEqualDataBoundBeans(before, saved(before));
        }
    }

    /** So what is declared anew is there at once. */
    @Test
    void everyParameterOfTheCatalogueIsAPropertyAndAFieldWithHelp() throws Exception {
        for (ChangeForm.ChangeFormDescriptor descriptor :
                jenkins.jenkins.getExtensionList(ChangeForm.ChangeFormDescriptor.class)) {
            DescribableModel<?> model = DescribableModel.of(descriptor.clazz);
            for (Parameter parameter : descriptor.operation().parameters()) {
                if (!parameter.name().equals("service")) {
                    String field = parameter.name() + (parameter.value().isSecret() ? "CredentialsId" : "");
                    assertThat(model.getParameter(field)).as(parameter.name()).isNotNull();
                    assertThat(model.getParameter(field).getHelp())
                            .as(parameter.name())
                            .isNotNull();
                }
            }
        }
        assertThat(jenkins.jenkins.getExtensionList(ChangeForm.ChangeFormDescriptor.class))
                .extracting(descriptor -> descriptor.operation())
                .containsExactlyInAnyOrderElementsOf(
                        Catalogue.all().stream().filter(OperationType::isChange).toList());
    }

    @Test
    void theRefreshSurvivesItsFormWithAndWithoutItsDefaults() throws Exception {
        RefreshBuilder plain = new RefreshBuilder();
        plain.setLoadBalancer(Shop.NAME);
        jenkins.assertEqualDataBoundBeans(plain, saved(plain));

        RefreshBuilder full = new RefreshBuilder();
        full.setLoadBalancer(Shop.NAME);
        full.setZones("gra, rbx");
        full.setForce(true);
        full.setOnFailure("unstable");
        full.setExclusive(true);
        full.setForeignChanges("refuse");
        full.setTimeout("1h30m");
        full.setDryRun(true);
        jenkins.assertEqualDataBoundBeans(full, saved(full));
    }

    @Test
    void dropDownsOfAChangeAreFilledFromTheLoadBalancerOfItsBuildStep() throws Exception {
        ChangeBuilder builder = new ChangeBuilder(List.of(new SetStickinessChange("http", "app", "cookie")));
        builder.setLoadBalancer(Shop.NAME);
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(builder);

        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getPage(job, "configure");
            client.waitForBackgroundJavaScript(10_000);
        }

        assertThat(shop.sandbox().calls().count("GET", "/ipLoadbalancing/*/http/farm"))
                .isPositive();
    }

    @Test
    void dropDownsOfAChangeThatWasJustAddedAreThoseOfItsFirstProtocol() throws Exception {
        ChangeBuilder builder = new ChangeBuilder(List.of(new AddRouteChange("")));
        builder.setLoadBalancer(Shop.NAME);
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(builder);

        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getPage(job, "configure");
            client.waitForBackgroundJavaScript(10_000);
        }

        assertThat(shop.sandbox().calls().count("GET", "/ipLoadbalancing/*/tcp/frontend"))
                .isPositive();
        assertThat(shop.sandbox().calls().count("GET", "/ipLoadbalancing/*/tcp/farm"))
                .isPositive();
    }

    @Test
    void whoMayNotConfigureTheJobIsToldNothingByItsForms() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("deploy");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        String descriptor = job.getUrl() + "descriptorByName/" + SetStickinessChange.class.getName() + "/";

        try (JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .login("reader")) {
            assertThat(answer(client, HttpMethod.POST, descriptor + "fillField/protocol"))
                    .isEqualTo("[]");
            assertThat(answer(client, HttpMethod.POST, descriptor + "fillField/stickiness"))
                    .isEqualTo("[]");
            assertThat(answer(client, HttpMethod.POST, descriptor + "fillField/farm?loadBalancer=shop&protocol=http"))
                    .isEqualTo("[]");
            assertThat(answer(client, HttpMethod.POST, descriptor + "checkField/farm?value="))
                    .doesNotContain("farm");
            assertThat(answer(client, HttpMethod.GET, descriptor + "fillField/protocol"))
                    .isEqualTo("404");
        }
        assertThat(shop.asked()).isEmpty();
    }

    private String answer(JenkinsRule.WebClient client, HttpMethod method, String path) throws Exception {
        WebRequest request = new WebRequest(new URL(client.getContextPath() + path), method);
        if (method == HttpMethod.POST) {
            client.addCrumb(request);
        }
        WebResponse response = client.getPage(request).getWebResponse();
        return response.getStatusCode() == 200
                ? response.getContentAsString()
                : Integer.toString(response.getStatusCode());
    }

    @Test
    void whatIsAtItsDefaultIsNotSaid() {
        RefreshBuilder refresh = new RefreshBuilder();
        refresh.setLoadBalancer(Shop.NAME);
        refresh.setOnFailure("fail");
        refresh.setExclusive(false);
        refresh.setForeignChanges("");
        refresh.setTimeout(LoadBalancerBuilder.DEFAULT_TIMEOUT);

        assertThat(new DescribableModel<>(RefreshBuilder.class)
                        .uninstantiate2(refresh)
                        .toMap())
                .containsOnly(Map.entry("loadBalancer", Shop.NAME));
    }

    @Test
    void buildStepsAndChangesHaveTheirSymbols() {
        SymbolLookup symbols = SymbolLookup.get();
        assertThat(symbols.findDescriptor(Builder.class, "ovhLoadBalancerChange").clazz)
                .isEqualTo(ChangeBuilder.class);
        assertThat(symbols.findDescriptor(Builder.class, "ovhLoadBalancerRefresh").clazz)
                .isEqualTo(RefreshBuilder.class);
        assertThat(Stream.of(
                                "iplbRoute",
                                "iplbRule",
                                "iplbStickiness",
                                "iplbFailoverMove",
                                "iplbDedicatedFailover",
                                "iplbFrontend")
                        .map(symbol -> symbols.findDescriptor(ChangeForm.class, symbol)))
                .doesNotContainNull();
    }

    private <B extends Builder> B saved(B before) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(before);
        jenkins.configRoundtrip(job);
        @SuppressWarnings("unchecked")
        B after = (B) job.getBuildersList().get(0);
        assertThat(after).isNotSameAs(before);
        return after;
    }
}
