package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong arguments and settings: exit code 2, the parameter by its name, and not one call. */
@ExtendWith(SandboxExtension.class)
class UsageTest {
    private Sandbox sandbox;
    private Shell shell;

    @BeforeEach
    void prepare(Sandbox box, TestClock clock, @TempDir Path directory) {
        sandbox = box;
        shell = new Shell(sandbox, clock, directory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "iplb      | frobnicate                                                        | 'frobnicate'",
                "iplb      | add-rout                                                          | did you mean add-route",
                "show      | show                                                              | --service",
                "show      | show --service $S --colour                                        | '--colour'",
                "show      | show --service $S --timeout soon                                  | timeout: 'soon'",
                "show      | show --service $S --endpoint ovh-mars                             | endpoint: 'ovh-mars'",
                "show      | show --service $S/../x                                            | service: ",
                "add-route | add-route --service $S --protocol tcp --frontend https            | --farm=ID|NAME",
                "add-route | add-route --service $S --protocol tcp --frontend https --farm 1 --redirect x | mutually exclusive",
                "add-route | add-route --service $S --protocol tcp --frontend https --farm 1 --weight heavy | --weight: 'heavy'",
                "add-route | add-route --service $S --protocol tcp --frontend https --farm 1 --weight 300   | --weight: '300'",
                "add-route | add-route --service $S --protocol tcp --frontend https --farm 1 --status 403   | --status: '403'",
                "add-route | add-route --service $S --protocol tcp --frontend https --farm 1 --name ''      | name: ''",
                "add-route | add-route --service $S --protocol tcp --frontend https --farm -3  | farm: '-3'",
                "add-route | add-route --service $S --protocol tcp --frontend 0 --farm 1       | frontend: '0'",
                "add-route | add-route --service $S --protocol udp --frontend 1 --farm 1       | protocol: 'udp'",
                "add-route | add-route --service $S --protocol tcp --frontend 1 --farm 1 --rule 'host'      | rule: 'host'",
                "add-route | add-route --service $S --protocol tcp --frontend 1 --farm 1 --rule 'host exists x' | match: 'exists'",
                "add-route | add-route --service $S --protocol http --frontend 1 --farm 1 --rule 'cookie:a exists x' | pattern: 'x'",
                "add-route | add-route --service $S --protocol tcp --frontend 1 --farm 1 --rule 'source is 2001:db8::1' | pattern: '2001:db8::1'",
                "add-route | add-route --service $S --protocol tcp --frontend 1 --farm 1 --rule 'host is a' --rule 'host is b' --rule 'host is c' --rule 'host is d' --rule 'host is e' --rule 'host is f' | 6 rules",
                "add-rule  | add-rule --service $S --protocol tcp --route -1 --field host --match is --pattern a   | route: '-1'",
                "add-rule  | add-rule --service $S --protocol tcp --route '' --field host --match is --pattern a   | route: ''",
                "add-rule  | add-rule --service $S --protocol tcp --route 1 --field colour --match is --pattern a  | field: 'colour'",
                "set-stickiness    | set-stickiness --service $S --protocol tcp --farm 1 --mode cookie     | --mode: 'cookie'",
                "move-failover     | move-failover --ip 203.0.113.300 --to $S                              | ip: '203.0.113.300'",
                "park-failover     | park-failover --service $S --ip 203.0.113.300                         | ip: '203.0.113.300'",
                "park-failover     | park-failover --ip 203.0.113.7                                        | --service",
                "add-route | add-route --service $S --protocol tcp --farm 1 --rule 'host is a' --rule-name a --rule-name b | --rule-name: '2 names'",
                "add-route | add-route --service $S --protocol tcp --farm 1 --rule 'host is a' --rule-name 7 | --rule-name: '7'",
                "set-stickiness    | set-stickiness --service $S --protocol tcp --farm a --mode none --zone '' | --zone: ''",
                "dedicate-failover | dedicate-failover --service $S --protocol tcp --frontend 1            | --none",
                "dedicate-failover | dedicate-failover --service $S --protocol tcp --frontend 1 --ip 300.1.1.1 | ip: '300.1.1.1'",
                "dedicate-failover | dedicate-failover --service $S --protocol tcp --frontend 1 --ip 192.0.2.1 --none | mutually exclusive",
                "ensure-frontend   | ensure-frontend --service $S --protocol udp --port 53 --zone all --ssl | --ssl: true",
                "ensure-frontend   | ensure-frontend --service $S --protocol tcp --port 0-5 --zone all      | port: '0-5'",
                "ensure-frontend   | ensure-frontend --service $S --protocol tcp --port 80 --zone ''        | zone: ''",
                "ensure-frontend   | ensure-frontend --service $S --protocol http --port 80 --zone all --http-header X | --http-header: 'X'",
                "ensure-farm       | ensure-farm --service $S --protocol tcp --farm web --port http         | port: 'http'",
                "ensure-farm       | ensure-farm --service $S --protocol tcp --farm web --stickiness cookie | stickiness: 'cookie'",
                "ensure-farm       | ensure-farm --service $S --protocol tcp --farm web --probe {type:http} | probe: '{type:http}'",
                "ensure-farm       | ensure-farm --service $S --protocol tcp --farm web --name other        | name: 'other'",
                "ensure-server     | ensure-server --service $S --protocol tcp --farm web                   | address: nothing",
                "ensure-server     | ensure-server --service $S --protocol tcp --farm web --address 2001:db8::1 | address: '2001:db8::1'",
                "ensure-server     | ensure-server --service $S --protocol udp --farm web --address 192.0.2.1 --ssl | ssl: true",
                "remove-route      | remove-route --service $S --protocol udp --route 1                     | protocol: 'udp'",
                "remove-rule       | remove-rule --service $S --protocol tcp --route 1                      | --says",
                "remove-rule       | remove-rule --service $S --protocol tcp --route 1 --rule 2 --says 'host is a' | mutually exclusive",
                "remove-farm       | remove-farm --service $S --protocol tcp --farm 0                       | farm: '0'",
                "remove-server     | remove-server --service $S --protocol tcp --farm web                   | address: nothing",
                "remove-server     | remove-server --service $S --protocol tcp --farm web --server 1 --port 80 | --port: 80",
                "remove-frontend   | remove-frontend --service $S --protocol ftp --frontend 1               | protocol: 'ftp'",
                "refresh           | refresh --service $S --zone gra --zone rbx --no-wait                   | --zone: 'gra, rbx'",
                "enable-http2      | enable-http2 --service $S --protocol udp --frontend 1 --url https://a.example/ | protocol: 'udp'",
                "enable-http2      | enable-http2 --service $S --protocol http --frontend 1 --url https://a.example/ --farm 1 | --farm",
                "enable-http2      | enable-http2 --service $S --protocol http --frontend 1 --url http://a.example/ | url: ",
                "check-http2       | check-http2 http://www.shop.example/                                   | URL: ",
                "check-http2       | check-http2 https://www.shop.example/ --connect-to nowhere             | --connect-to: 'nowhere'",
                "check-http2       | check-http2 https://www.shop.example/ --ca missing.pem                 | missing.pem",
                "check-traffic     | check-traffic ftp://www.shop.example/                                  | URL: ",
                "check-traffic     | check-traffic https://www.shop.example/ --expect 'state is 200'        | --expect: 'state'",
                "check-traffic     | check-traffic https://www.shop.example/ --times 0                      | --times: '0'",
                "check-metrics     | check-metrics --service $S                                             | --at-least: nothing",
                "check-metrics     | check-metrics --service $S --at-most few                               | --at-most: 'few'",
            })
    void aSlipIsNamedAndNothingIsSent(String operation, String command, String named) {
        Shell.Ran ran = shell.json(command);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.kind()).isEqualTo("usage");
        assertThat(ran.json().path("operation").textValue()).isEqualTo(operation);
        assertThat(ran.message()).contains(named).doesNotStartWith("Error");
        assertThat(sandbox.calls().all()).isEmpty();
        assertThat(shell.files()).isEmpty();
    }

    @Test
    void inWordsASlipIsToldOnStandardErrorWithWhereToLookItUp() {
        Shell.Ran ran = shell.run("show --colour");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("--service").endsWith("See: iplb show --help\n");
    }

    @Test
    void aFormatThatIsNotThereIsToldInWords() {
        Shell.Ran ran = shell.run("show --service $S --output xml");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("'--output'", "text, json", "'xml'");
    }

    @Test
    void aZoneThatTheLoadBalancerDoesNotHaveIsRefusedBeforeAnythingIsWritten() {
        Shell.Ran ran = shell.json("ensure-frontend --service $S --protocol tcp --port 80 --zone sbg");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.message()).contains("zone: 'sbg'", "gra, rbx");
        assertThat(shell.writes()).isEmpty();
    }

    @Test
    void noCommandAtAllGetsTheUsage() {
        Shell.Ran ran = shell.run("");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("Usage: iplb ").contains("add-route", "Exit codes: 0 done");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "sandbox",
                "add-route",
                "add-rule",
                "set-stickiness",
                "move-failover",
                "park-failover",
                "dedicate-failover",
                "ensure-frontend",
                "ensure-farm",
                "ensure-server",
                "remove-route",
                "remove-rule",
                "remove-frontend",
                "remove-farm",
                "remove-server",
                "refresh",
                "enable-http2",
                "check-http2",
                "check-traffic",
                "check-metrics",
                "show",
                "metrics-token"
            })
    void everyCommandHasAHelp(String command) {
        Shell.Ran ran = shell.run(command + " --help");

        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).startsWith("Usage: iplb " + command + " ");
        assertThat(shell.run("--help").out()).contains("\n  " + command + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"add-route", "refresh", "check-http2", "show"})
    void everyCommandThatTalksToOvhHasTheCommonOptions(String command) {
        assertThat(shell.run(command + " --help").out())
                .contains("--output=", "--check", "--diff", "--record=", "--timeout=", "--endpoint=", "--verbose");
    }

    @Test
    void noCredentialsAtAllSaysWhichOnesThereAre() {
        assertWrongSettings(
                shell.without("OVH_APPLICATION_KEY", "OVH_APPLICATION_SECRET", "OVH_CONSUMER_KEY"),
                "OVH_APPLICATION_KEY",
                "OVH_CLIENT_ID",
                "OVH_ACCESS_TOKEN");
    }

    @Test
    void halfOfTheCredentialsNamesTheOtherHalf() {
        assertWrongSettings(shell.without("OVH_CONSUMER_KEY"), "OVH_CONSUMER_KEY");
    }

    @Test
    void twoWaysToAuthenticateAreOneTooMany() {
        assertWrongSettings(
                shell.with("OVH_ACCESS_TOKEN", sandbox.credentials().accessToken()), "application key", "access token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not a record",
                "{\"format\":\"iplb-changes\",\"version\":1,\"entries\":[",
                "{\"format\":\"iplb-changes\",\"version\":2,\"entries\":[]}"
            })
    void aRecordThatCannotBeAddedToIsLeftAsItIs(String content) throws IOException {
        Path record = shell.write("iplb-changes.json", content);

        Shell.Ran ran = shell.json(Writing.SET_STICKINESS.in(shell));

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.kind()).isEqualTo("usage");
        assertThat(ran.message()).contains("iplb-changes.json");
        assertThat(Files.readString(record)).isEqualTo(content);
        assertThat(sandbox.calls().all()).isEmpty();
    }

    @Test
    void aRecordInADirectoryThatIsNotThereIsRefused() {
        Shell.Ran ran = shell.json(Writing.SET_STICKINESS.in(shell), "--record", "no/such/record.json");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(sandbox.calls().all()).isEmpty();
    }

    @Test
    void theEndpointOfTheOptionComesBeforeThatOfTheEnvironment() {
        shell.with("OVH_ENDPOINT", "ovh-ca");

        assertThat(shell.run("show --service $S --endpoint " + sandbox.httpEndpoint())
                        .code())
                .isZero();
    }

    @Test
    void credentialsMayComeFromOvhConf() {
        shell.withOnly(Map.of());
        shell.write("ovh.conf", """
                [default]
                endpoint=%1$s

                [%1$s]
                client_id=%2$s
                client_secret=%3$s
                """.formatted(
                        sandbox.httpEndpoint(),
                        sandbox.credentials().clientId(),
                        sandbox.credentials().clientSecret()));

        assertThat(shell.run("show --service $S").code()).isZero();
    }

    private void assertWrongSettings(Shell shell, String... words) {
        Shell.Ran ran = shell.json(Writing.SET_STICKINESS.in(shell));

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.kind()).isEqualTo("usage");
        assertThat(ran.message()).contains(words);
        assertThat(sandbox.calls().all()).isEmpty();
    }
}
