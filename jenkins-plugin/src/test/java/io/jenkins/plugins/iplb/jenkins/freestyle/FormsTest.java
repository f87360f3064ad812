package io.jenkins.plugins.iplb.jenkins.freestyle;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.tasks.Builder;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import java.net.URL;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class FormsTest {
    private final Shop shop = new Shop();
    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        shop.configure();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aSingleChangeSurvivesItsForm() throws Exception {
        ChangeBuilder before = new ChangeBuilder(List.of(new StickinessChange("http", "app", "none")));
        before.setLoadBalancer(Shop.NAME);

        jenkins.assertEqualDataBoundBeans(before, saved(before));
    }

    @Test
    void everyKindOfChangeSurvivesItsFormInItsOrder() throws Exception {
        ChangeBuilder before = new ChangeBuilder(changes().toList());
        before.setService("loadbalancer-1");
        before.setCredentialsId(Shop.CREDENTIALS);
        before.setTimeout("45s");
        before.setDryRun(true);

        jenkins.assertEqualDataBoundBeans(before, saved(before));
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
        ChangeBuilder builder = new ChangeBuilder(List.of(new StickinessChange("http", "app", "cookie")));
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
        ChangeBuilder builder = new ChangeBuilder(List.of(new RouteChange("", "")));
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
        String descriptor = job.getUrl() + "descriptorByName/" + StickinessChange.class.getName() + "/";

        try (JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .login("reader")) {
            assertThat(answer(client, HttpMethod.POST, descriptor + "fillProtocolItems"))
                    .contains("\"values\":[]");
            assertThat(answer(client, HttpMethod.POST, descriptor + "fillStickinessItems"))
                    .contains("\"values\":[]");
            assertThat(answer(client, HttpMethod.POST, descriptor + "fillFarmItems?loadBalancer=shop&protocol=http"))
                    .isEqualTo("[]");
            assertThat(answer(client, HttpMethod.POST, descriptor + "checkFarm?value="))
                    .doesNotContain("farm");
            assertThat(answer(client, HttpMethod.GET, descriptor + "fillProtocolItems"))
                    .isEqualTo("404");
        }
        assertThat(shop.sandbox().calls().all()).isEmpty();
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
        refresh.setForeignChanges("warn");
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

    private static Stream<ChangeForm> changes() {
        RouteChange route = new RouteChange("tcp", "https");
        route.setFarm("web-http2");
        route.setWeight("10");
        route.setName("http2");
        RuleForm rule = new RuleForm("protocol", "is");
        rule.setPattern("http/2.0");
        RuleForm other = new RuleForm("source", "in");
        other.setNegate(true);
        other.setPattern("192.0.2.0/24");
        route.setRules(List.of(rule, other));
        RouteChange redirect = new RouteChange("http", "http");
        redirect.setRedirect("https://${host}${path}");
        redirect.setStatus("301");
        RouteChange reject = new RouteChange("http", "http");
        reject.setReject(true);
        RuleForm header = new RuleForm("header", "is");
        header.setSubField("X-Env");
        header.setPattern("preprod");
        RuleChange onRoute = new RuleChange("http", "${IPLB_ROUTE_ID}", header);
        onRoute.setName("preprod");
        FailoverMoveChange move = new FailoverMoveChange("203.0.113.7");
        move.setTo("ns3012345.ip-203-0-113.eu");
        DedicatedFailoverChange dedicated = new DedicatedFailoverChange("udp", "dns");
        dedicated.setIps("198.51.100.24");
        FrontendChange frontend = new FrontendChange("tcp", "6000-6010");
        frontend.setZone("gra");
        frontend.setName("range");
        frontend.setFarm("web-http1");
        frontend.setSsl("false");
        frontend.setIps("198.51.100.24, 198.51.100.25");
        return Stream.of(
                route,
                redirect,
                reject,
                onRoute,
                new StickinessChange("http", "app", "none"),
                move,
                new FailoverMoveChange("203.0.113.7"),
                dedicated,
                frontend,
                new FrontendChange("http", "80"));
    }
}
