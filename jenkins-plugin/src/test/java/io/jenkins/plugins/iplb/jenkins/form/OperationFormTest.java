package io.jenkins.plugins.iplb.jenkins.form;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.jenkins.freestyle.DedicatedFailoverChange;
import io.jenkins.plugins.iplb.jenkins.freestyle.FrontendChange;
import io.jenkins.plugins.iplb.jenkins.freestyle.RefreshBuilder;
import io.jenkins.plugins.iplb.jenkins.freestyle.RouteChange;
import io.jenkins.plugins.iplb.jenkins.freestyle.RuleForm;
import io.jenkins.plugins.iplb.jenkins.freestyle.StickinessChange;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class OperationFormTest {
    private static final FormContext FORM = new FormContext(null, new LoadBalancerChoice(Shop.NAME, null, null));

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
    void aDropDownThatIsAskedBeforeTheProtocolIsFilledIsThatOfItsFirstChoice() {
        assertThat(route().doFillFarmItems(FORM, "")).containsExactly("web-http1", "web-http2");
        assertThat(route().doFillFrontendItems(FORM, null)).containsExactly("https");
        assertThat(stickiness().doFillFarmItems(FORM, "")).containsExactly("app");
        assertThat(stickiness().doFillStickinessItems(null, ""))
                .extracting(option -> option.value)
                .contains("cookie");
        assertThat(stickiness().doFillStickinessItems(null, "tcp"))
                .extracting(option -> option.value)
                .doesNotContain("cookie");
        assertThat(route().doFillFarmItems(FORM, "smtp")).isEmpty();
    }

    @Test
    void theProtocolOfANewFormIsItsFirstChoice() {
        assertThat(route().getDefaultProtocol()).isEqualTo("tcp");
        assertThat(stickiness().getDefaultProtocol()).isEqualTo("http");
        assertThat(route().doFillProtocolItems(null))
                .extracting((ListBoxModel.Option option) -> option.value)
                .containsExactly("tcp", "http");
    }

    @Test
    void aNameThatIsNotThereIsWarnedOfWithWhatThereIsAndTheNearest() {
        FormValidation farm = route().doCheckFarm(FORM, "web-htpp2", "tcp");

        assertThat(farm.kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(farm.getMessage())
                .contains("web-htpp2", "There is: web-http1, web-http2.", "Did you mean")
                .endsWith("web-http2\u2019?");
    }

    @Test
    void whateverIsChosenOnTheLoadBalancerIsWarnedOf() {
        assertThat(route().doCheckFrontend(FORM, "http", "tcp").kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(frontend().doCheckZone(FORM, "bhs", "").kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(dedicated().doCheckIps(FORM, DemoWorld.ATTACHED_IP + " 203.0.113.7").kind)
                .isEqualTo(FormValidation.Kind.WARNING);
        assertThat(refresh().doCheckZones(FORM, "gra, bhs").kind).isEqualTo(FormValidation.Kind.WARNING);
    }

    @Test
    void whatIsThereIsSaidNothingOf() {
        long id = shop.sandbox()
                .world()
                .service(Shop.SERVICE)
                .add("tcp/farm", Map.of("displayName", "new", "zone", "all"));

        assertThat(route().doCheckFarm(FORM, "web-http2", "tcp").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(route().doCheckFarm(FORM, Long.toString(id), "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(frontend().doCheckZone(FORM, "GRA", "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(frontend().doCheckZone(FORM, "all", "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(dedicated().doCheckIps(FORM, "198.51.100.24").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(refresh().doCheckZones(FORM, "gra rbx").kind).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void nothingIsSaidOfVariablesNorWhileTheLoadBalancerCannotBeRead() {
        assertThat(route().doCheckFarm(FORM, "${FARM}", "tcp").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(route().doCheckFarm(FORM, "web-$COLOUR", "tcp").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(shop.sandbox().calls().all()).isEmpty();

        shop.sandbox().faults().on("GET", "/ipLoadbalancing/*/tcp/farm").status(403);
        assertThat(route().doCheckFarm(FORM, "web-htpp2", "tcp").kind).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void whatIsNeededIsSaidOfAnEmptyFieldAndNotAsAFault() {
        FormValidation frontend = route().doCheckFrontend(FORM, "", "tcp");

        assertThat(frontend.kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(frontend.renderHtml()).contains("Needed: an id (a whole number from 1) or a name");
        assertThat(route().doCheckRedirect(null, "", "http", "", false).renderHtml())
                .contains("Needed: exactly one of farm, redirect and reject");
        assertThat(frontend().doCheckPort(null, "", "").renderHtml()).contains("Needed: a port");
        assertThat(frontend().doCheckPort(null, "", "https").renderHtml()).doesNotContain("Needed");
        assertThat(rule().doCheckPattern(null, "", "is").renderHtml()).contains("Needed: ");
        assertThat(rule().doCheckPattern(null, "", "exists").renderHtml()).doesNotContain("Needed");
        assertThat(dedicated().doCheckIps(FORM, "").renderHtml()).doesNotContain("Needed");
    }

    @Test
    void valuesAreRefusedAsTheBuildWouldRefuseThem() {
        assertThat(route().doCheckWeight(null, "256").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(route().doCheckFrontend(FORM, "-1", "tcp").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(route().doCheckRedirect(null, "https://b.example/", "tcp", "", false).kind)
                .isEqualTo(FormValidation.Kind.ERROR);
        assertThat(route().doCheckRedirect(null, "https://b.example/", "http", "app", false).kind)
                .isEqualTo(FormValidation.Kind.ERROR);
        assertThat(dedicated().doCheckIps(FORM, "1.2.3").kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    private RouteChange.DescriptorImpl route() {
        return jenkins.jenkins.getDescriptorByType(RouteChange.DescriptorImpl.class);
    }

    private StickinessChange.DescriptorImpl stickiness() {
        return jenkins.jenkins.getDescriptorByType(StickinessChange.DescriptorImpl.class);
    }

    private FrontendChange.DescriptorImpl frontend() {
        return jenkins.jenkins.getDescriptorByType(FrontendChange.DescriptorImpl.class);
    }

    private DedicatedFailoverChange.DescriptorImpl dedicated() {
        return jenkins.jenkins.getDescriptorByType(DedicatedFailoverChange.DescriptorImpl.class);
    }

    private RuleForm.DescriptorImpl rule() {
        return jenkins.jenkins.getDescriptorByType(RuleForm.DescriptorImpl.class);
    }

    private RefreshBuilder.DescriptorImpl refresh() {
        return jenkins.jenkins.getDescriptorByType(RefreshBuilder.DescriptorImpl.class);
    }
}
