package io.jenkins.plugins.iplb.jenkins.form;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class OperationFormTest {
    private static final FormContext FORM = new FormContext(null, new LoadBalancerChoice(Shop.NAME, null, null));

    private final Shop shop = new Shop();

    /** Whoever asks for a controller gets one: it is there for all cases. */
    @BeforeAll
    static void start(JenkinsRule jenkins) {}

    @BeforeEach
    void configure() throws Exception {
        shop.configure();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aDropDownThatIsAskedBeforeTheProtocolIsFilledIsThatOfItsFirstChoice() {
        assertThat(names("add-route", "farm", "protocol", "")).containsExactly("web-http1", "web-http2");
        assertThat(names("add-route", "frontend")).containsExactly("https");
        assertThat(names("set-stickiness", "farm", "protocol", "")).containsExactly("app");
        assertThat(words("set-stickiness", "stickiness")).contains("cookie");
        assertThat(words("set-stickiness", "stickiness", "protocol", "tcp"))
                .isNotEmpty()
                .doesNotContain("cookie");
        assertThat(names("add-route", "farm", "protocol", "smtp")).isEmpty();
        assertThat(names("move-failover", "to")).containsExactly(Shop.NAME);
    }

    @Test
    void theProtocolOfANewFormIsItsFirstChoiceAndWhatNeedNotBeChosenBeginsWithNothing() {
        assertThat(words("add-route", "protocol")).containsExactly("tcp", "http");
        assertThat(new FormField(
                                Catalogue.named("add-route"),
                                Catalogue.named("add-route").parameter("protocol"))
                        .getPreset())
                .isEqualTo("tcp");
        assertThat(words("ensure-frontend", "ssl")).containsExactly("", "true", "false");
        assertThat(words("rule", "field")).contains("protocol", "cookie");
    }

    @Test
    void aNameThatIsNotThereIsWarnedOfWithWhatThereIsAndTheNearest() {
        FormValidation farm = check("add-route", "farm", "web-htpp2", "protocol", "tcp");

        assertThat(farm.kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(farm.getMessage())
                .contains("web-htpp2", "There is: web-http1, web-http2.", "Did you mean")
                .endsWith("web-http2\u2019?");
    }

    @Test
    void whateverIsChosenOnTheLoadBalancerIsWarnedOf() {
        assertThat(List.of(
                        check("add-route", "frontend", "http", "protocol", "tcp"),
                        check("ensure-frontend", "zone", "bhs", "port", "80"),
                        check("dedicate-failover", "ips", DemoWorld.ATTACHED_IP + " 203.0.113.7"),
                        check("refresh", "zones", "gra, bhs")))
                .extracting(checked -> checked.kind)
                .containsOnly(FormValidation.Kind.WARNING);
    }

    @Test
    void whatIsThereOrIsToBeMadeIsSaidNothingOf() {
        long id = shop.sandbox()
                .world()
                .service(Shop.SERVICE)
                .add("tcp/farm", Map.of("displayName", "new", "zone", "all"));

        assertThat(List.of(
                        check("add-route", "farm", "web-http2", "protocol", "tcp"),
                        check("add-route", "farm", Long.toString(id), "protocol", ""),
                        check("ensure-frontend", "zone", "GRA", "port", "80"),
                        check("ensure-frontend", "zone", "all", "port", "80"),
                        check("ensure-frontend", "name", "tomorrow", "port", "80"),
                        check("ensure-farm", "farm", "tomorrow"),
                        check("move-failover", "ip", "192.0.2.200"),
                        check("dedicate-failover", "ips", "198.51.100.24"),
                        check("refresh", "zones", "gra rbx")))
                .extracting(checked -> checked.kind)
                .containsOnly(FormValidation.Kind.OK);
    }

    @Test
    void nothingIsSaidOfVariablesNorWhileTheLoadBalancerCannotBeRead() {
        assertThat(check("add-route", "farm", "${FARM}", "protocol", "tcp").kind)
                .isEqualTo(FormValidation.Kind.OK);
        assertThat(check("add-route", "farm", "web-$COLOUR", "protocol", "tcp").kind)
                .isEqualTo(FormValidation.Kind.OK);
        assertThat(shop.sandbox().calls().all()).isEmpty();

        shop.sandbox().faults().on("GET", "/ipLoadbalancing/*/tcp/farm").status(403);
        assertThat(check("add-route", "farm", "web-htpp2", "protocol", "tcp").kind)
                .isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void whatIsNeededIsSaidOfAnEmptyFieldAndNotAsAFault() {
        FormValidation frontend = check("dedicate-failover", "frontend", "", "protocol", "tcp");

        assertThat(frontend.kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(frontend.renderHtml()).contains("Needed: an id (a whole number from 1) or a name");
        assertThat(check("add-route", "farm", "").renderHtml()).contains("Needed: ");
        assertThat(check("ensure-frontend", "port", "").renderHtml())
                .contains("Needed: at least one of frontend, name and port");
        assertThat(check("ensure-frontend", "port", "", "name", "https").renderHtml())
                .doesNotContain("Needed");
        assertThat(check("rule", "pattern", "", "field", "protocol", "match", "is")
                        .renderHtml())
                .contains("Needed: ");
        assertThat(check("rule", "pattern", "", "field", "cookie", "match", "exists", "subField", "id")
                        .renderHtml())
                .doesNotContain("Needed");
        assertThat(check("rule", "subField", "", "field", "header", "match", "is", "pattern", "a")
                        .renderHtml())
                .contains("Needed: the name of the header");
        assertThat(check("dedicate-failover", "ips", "").renderHtml()).doesNotContain("Needed");
    }

    @Test
    void valuesAreRefusedAsTheBuildWouldRefuseThem() {
        assertThat(List.of(
                        check("add-route", "weight", "256"),
                        check("add-route", "frontend", "-1", "protocol", "tcp"),
                        check("add-route", "redirect", "https://b.example/", "protocol", "tcp"),
                        check("dedicate-failover", "ips", "1.2.3"),
                        check(
                                "add-rule",
                                "pattern",
                                "http/3",
                                "protocol",
                                "tcp",
                                "route",
                                "1",
                                "field",
                                "protocol",
                                "match",
                                "is"),
                        check("check-http2", "connectTo", "here", "url", "https://a.example/"),
                        check("check-http2", "ca", "/etc/passwd", "url", "https://a.example/")))
                .extracting(checked -> checked.kind)
                .containsOnly(FormValidation.Kind.ERROR);
    }

    /** @param beside names and values of other fields */
    private static DeclaredField field(String operation, String parameter, String... beside) {
        OperationType type = operation.equals("rule") ? Rules.TYPE : Catalogue.named(operation);
        Map<String, String> others = new HashMap<>();
        for (int i = 0; i < beside.length; i += 2) {
            others.put(beside[i], beside[i + 1]);
        }
        return new DeclaredField(type, type.parameter(parameter), others::get);
    }

    private static FormValidation check(String operation, String parameter, String value, String... beside) {
        return field(operation, parameter, beside).check(FORM, value);
    }

    private static List<String> names(String operation, String parameter, String... beside) {
        return (ComboBoxModel) field(operation, parameter, beside).fill(FORM);
    }

    private static List<String> words(String operation, String parameter, String... beside) {
        return ((ListBoxModel) field(operation, parameter, beside).fill(FORM))
                .stream().map(option -> option.value).toList();
    }
}
