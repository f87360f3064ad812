package io.jenkins.plugins.iplb.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with arguments is said as Ansible's own modules say it, before anything is sent. */
@ExtendWith(SandboxExtension.class)
class ArgumentsTest {
    private Sandbox sandbox;
    private ModuleRunner runner;

    @BeforeEach
    void prepare(Sandbox box, TestClock clock, @TempDir Path directory) {
        sandbox = box;
        runner = new ModuleRunner(sandbox, clock, directory);
    }

    @AfterEach
    void nothingWasSent() {
        assertThat(runner.writes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            servce: x, protocol: tcp                  | Unsupported parameters for (iplb_rule) module: servce. Supported parameters include: access_token, application_key, application_secret, client_id, client_secret, consumer_key, endpoint, field, frontend, match, name, negate, pattern, protocol, record, route, service, state, sub_field, timeout, zone.
            protocol: tcp, field: sni                 | missing required arguments: route, service
            protocol: null, service: x                | missing required arguments: protocol, route
            state: gone                               | value of state must be one of: present, absent, got: gone
            protocol: udp                             | value of protocol must be one of: tcp, http, got: udp
            state: absent, match: null                | parameters are required together: field, match
            match: equals                             | value of match must be one of: is, in, contains, startswith, endswith, matches, exists, got: equals
            negate: perhaps                           | argument 'negate' is of type str and we were unable to convert to bool: "perhaps" cannot be converted to bool
            pattern: [a]                              | argument 'pattern' is of type list and we were unable to convert to str: ["a"] cannot be converted to str; a template that makes such a text ends in the filter 'string'
            pattern: true                             | argument 'pattern' is of type bool and we were unable to convert to str: true cannot be converted to str; put it in quotes
            """)
    void ofARule(String arguments, String message) {
        String whole = arguments.contains("servce") || arguments.contains("sni") || arguments.contains("protocol: null")
                ? "{" + arguments + "}"
                : "{service: $S, route: r, " + (arguments.contains("protocol") ? "" : "protocol: tcp, ")
                        + (arguments.contains("match") ? "" : "match: is, ") + "field: sni, " + arguments + "}";

        assertRefused("iplb_rule", whole, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            farm: a, redirect: b  ; parameters are mutually exclusive: farm|redirect|reject
            farm: a, reject: no  ; parameters are mutually exclusive: farm|redirect|reject
            name: a           ; state is present but any of the following are missing: farm, redirect, reject
            state: absent     ; state is absent but all of the following are missing: name
            weight: heavy, farm: a  ; argument 'weight' is of type str and we were unable to convert to int: "heavy" cannot be converted to int
            weight: 1.5, farm: a  ; argument 'weight' is of type float and we were unable to convert to int: 1.5 cannot be converted to int
            farm: a, rules: [x]  ; Elements value for option 'rules' is of type str and we were unable to convert to dict: "x" cannot be converted to dict
            farm: a, rules: [{field: f}]  ; missing required arguments: match found in rules
            farm: a, rules: [{field: f, match: is, paten: x}]  ; Unsupported parameters for (iplb_route) module: rules.paten. Supported parameters include: field, match, name, negate, pattern, sub_field.
            farm: a, rules: [{field: f, match: like}]  ; value of match must be one of: is, in, contains, startswith, endswith, matches, exists, got: like found in rules
            """, quoteCharacter = '~')
    void ofARoute(String arguments, String message) {
        assertRefused("iplb_route", "{service: $S, protocol: tcp, frontend: https, " + arguments + "}", message);
    }

    @Test
    void whatTheCoreRefusesIsCalledByTheNameOfTheOption() {
        String message = runner.run("iplb_rule", """
                        {service: $S, protocol: http, route: 7, field: header, match: is, pattern: x}""").message();

        assertThat(message).startsWith("sub_field: nothing was given; allowed: ");
    }

    @Test
    void whatComesOutOfATemplateAsTextCounts() {
        assertThat(runner.check("iplb_route", """
                        service: $S
                        protocol: http
                        frontend: '%s'
                        reject: 'yes'
                        status: '403'
                        weight: ' 10 '
                        """.formatted(runner.shop().id("http/frontend", "http")))
                        .changed())
                .isTrue();
    }

    /** What ansible-core before 2.19 hands over for {@code omit} in a list; later ones leave the element out themselves. */
    @Test
    void anElementThatIsOmittedIsLeftOut() {
        String sources = "{service: $S, protocol: http, name: http, allowed_source: [%s]}";

        ModuleRunner.Ran ran =
                runner.check("iplb_frontend", sources.formatted("10.0.0.0/8, __omit_place_holder__2bf958fa9ee886117b"));

        assertThat(ran.diff().path("after").textValue())
                .isEqualTo(runner.check("iplb_frontend", sources.formatted("10.0.0.0/8"))
                        .diff()
                        .path("after")
                        .textValue())
                .contains("10.0.0.0/8");
    }

    @Test
    void whatIsOmittedInsideATextIsRefusedByItsName() {
        assertRefused(
                "iplb_frontend",
                "{service: $S, protocol: http, name: http, allowed_source: [10.__omit_place_holder__2bf958fa9ee886117b]}",
                "argument 'allowed_source' has omit inside a text: it stands for a whole value, or for an element of a list");
    }

    @Test
    void aNumberAloneIsSeconds() {
        assertThat(runner.check("iplb_refresh", "{service: $S, timeout: 600}").changed())
                .isFalse();
        assertThat(runner.check("iplb_refresh", "{service: $S, timeout: 10 minutes}")
                        .message())
                .startsWith("timeout: '10 minutes' was given; allowed: a duration");
    }

    @Test
    void theCallIsShownWithAllOptionsAndWithoutSecrets() {
        ModuleRunner.Ran ran =
                runner.run("iplb_info", """
                {service: $S, consumer_key: '%s'}""".formatted(sandbox.credentials().consumerKey()));

        assertThat(ran.changed()).isFalse();
        assertThat(ran.get("invocation").path("module_args").toString())
                .contains("\"service\":\"" + ModuleRunner.SERVICE, "\"timeout\":\"10m\"", "\"endpoint\":null")
                .contains("\"consumer_key\":\"VALUE_SPECIFIED_IN_NO_LOG_PARAMETER\"");
    }

    @Test
    void aSecretThatIsRepeatedElsewhereIsHiddenThere() {
        String secret = sandbox.credentials().consumerKey();

        String message = runner.run(
                        "iplb_info", "{service: 'loadbalancer-%s', consumer_key: '%s'}".formatted(secret, secret))
                .message();

        assertThat(message).contains("loadbalancer-********");
    }

    @Test
    void aSecretUnderAWrongNameIsNotShown() {
        ModuleRunner.Ran ran =
                runner.run("iplb_info", """
                {service: $S, consumerkey: '%s'}""".formatted(sandbox.credentials().consumerKey()));

        assertThat(ran.message()).contains("consumerkey");
    }

    private void assertRefused(String module, String arguments, String message) {
        ModuleRunner.Ran ran = runner.run(module, arguments);

        assertThat(ran.message()).isEqualTo(message);
        assertThat(ran.kind()).isEqualTo("usage");
        assertThat(sandbox.calls().all()).isEmpty();
    }
}
