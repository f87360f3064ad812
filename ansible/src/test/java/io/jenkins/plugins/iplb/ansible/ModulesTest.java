package io.jenkins.plugins.iplb.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.ForwardProxy;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is particular to one module. */
@ExtendWith(SandboxExtension.class)
class ModulesTest {
    private Sandbox sandbox;
    private ModuleRunner runner;
    private TestClock clock;
    private Path directory;

    @BeforeEach
    void prepare(Sandbox box, TestClock time, @TempDir Path folder) {
        sandbox = box;
        clock = time;
        directory = folder;
        runner = new ModuleRunner(sandbox, clock, folder);
    }

    @Test
    void infoSaysWhatThereIsUnderAnsiblesKindOfNames() {
        ObjectNode there = runner.run("iplb_info", "service: $S").answer();

        assertThat(there.path("service_name").textValue()).isEqualTo(ModuleRunner.SERVICE);
        assertThat(there.path("zones")).extracting(JsonNode::textValue).containsExactly("gra", "rbx");
        assertThat(there.path("farms").path("http").path(0).path("display_name").textValue())
                .isEqualTo("app");
        assertThat(there.path("frontends")
                        .path("tcp")
                        .path(0)
                        .path("default_farm_id")
                        .isIntegralNumber())
                .isTrue();
        assertThat(there.path("changed").booleanValue()).isFalse();
        assertThat(there.properties())
                .extracting(Map.Entry::getKey)
                .containsAll(Documentation.of("iplb_info").returned().stream()
                        .filter(name -> !name.equals("error"))
                        .toList());
    }

    /** The sandbox goes by a name that only the proxy knows. */
    @Test
    void aModuleGoesByWayOfTheProxyOfItsEnvironment() {
        try (ForwardProxy proxy = new ForwardProxy("jo:word")) {
            runner.with("OVH_ENDPOINT", sandbox.httpEndpoint().toString().replace("127.0.0.1", "api.sandbox.test"))
                    .with("http_proxy", "http://jo:word@127.0.0.1:" + proxy.port());

            assertThat(runner.run("iplb_info", "service: $S").changed()).isFalse();

            assertThat(proxy.requestLines()).isNotEmpty();
        }
    }

    @Test
    void infoComesWithTheServersOfTheFarmsWhenTheyAreWanted() {
        JsonNode farm = runner.run("iplb_info", "{service: $S, servers: true}")
                .get("farms")
                .at("/http/0");

        assertThat(farm.path("servers"))
                .isNotEmpty()
                .allSatisfy(server ->
                        assertThat(server.path("server_id").isIntegralNumber()).isTrue());
        assertThat(runner.run("iplb_info", "service: $S")
                        .get("farms")
                        .at("/http/0")
                        .has("servers"))
                .isFalse();
    }

    @Test
    void http2IsSpokenAfterARefreshWithNothingPendingAndThenLeftAlone() {
        String enable =
                "{service: $S, protocol: tcp, frontend: https, url: 'https://www.shop.example/', connect_to: '127.0.0.1:%d', ca: %s}"
                        .formatted(sandbox.tlsAddress().getPort(), sandbox.caFile());

        ModuleRunner.Ran ran = runner.run("iplb_enable_http2", enable);

        assertThat(ran.changed()).isTrue();
        assertThat(ran.get("msg").textValue()).isEqualTo("HTTP/2 added to frontend https");
        assertThat(ran.get("way").textValue()).isEqualTo("native");
        assertThat(ran.get("answers").textValue()).isEqualTo("h2");
        assertThat(runner.shop().refreshes()).hasSize(1);
        assertThat(runner.run("iplb_enable_http2", enable).changed()).isFalse();
        assertThat(runner.shop().refreshes()).hasSize(1);
    }

    @Test
    void aRefreshWithNothingPendingSaysThatNothingWasDoneAndHowItIsHadAllTheSame() {
        ModuleRunner.Ran idle = runner.run("iplb_refresh", "service: $S");

        assertThat(idle.changed()).isFalse();
        assertThat(idle.get("msg").textValue())
                .isEqualTo(
                        "Nothing to refresh: no change is pending; nothing was done, force: true refreshes all the same");
        assertThat(runner.run("iplb_refresh", "{service: $S, force: true}").changed())
                .isTrue();
        assertThat(runner.shop().refreshes()).hasSize(1);
    }

    @Test
    void withAFarmHttp2GetsARoute() {
        sandbox.world().nativeHttp2Since(Instant.MAX);

        ModuleRunner.Ran ran = runner.run(
                "iplb_enable_http2",
                "{service: $S, protocol: tcp, frontend: https, farm: web-http2, url: 'https://www.shop.example/', connect_to: '127.0.0.1:%d', ca: %s}"
                        .formatted(sandbox.tlsAddress().getPort(), sandbox.caFile()));

        assertThat(ran.get("way").textValue()).isEqualTo("route");
        assertThat(ran.get("answers").textValue()).isEqualTo("h2");
    }

    @Test
    void theCheckOfHttp2FailsUntilTheRouteIsLive() {
        String check = "{url: 'https://www.shop.example/', connect_to: '127.0.0.1:%d', ca: %s}"
                .formatted(sandbox.tlsAddress().getPort(), sandbox.caFile());
        assertThat(runner.run("iplb_check_http2", check).message()).contains("answered over http/1.1, h2 expected");

        runner.run(Writing.ROUTE.module(), Writing.ROUTE.in(runner));
        runner.run("iplb_refresh", "service: $S");

        ModuleRunner.Ran ran = runner.run("iplb_check_http2", check);
        assertThat(ran.changed()).isFalse();
        assertThat(ran.get("protocol").textValue()).isEqualTo("h2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            iplb_farm     | name: full                                | stickiness: none, balance: none, port: 0, probe: {}
            iplb_frontend | name: full                                | farm: none, ips: [], redirect_location: none
            iplb_server   | farm: full, address: 192.0.2.99           | port: 0, proxy_protocol_version: none, cookie: none
            """)
    void whatIsToBeNothingIsReset(String module, String which, String reset) {
        long farm = runner.shop()
                .add(
                        "http/farm",
                        Map.of(
                                "displayName", "full",
                                "zone", "all",
                                "port", 8080,
                                "balance", "leastconn",
                                "stickiness", "cookie",
                                "probe", Map.of("type", "http", "url", "/health")));
        runner.shop()
                .add(
                        "http/server",
                        farm,
                        Map.of(
                                "address", "192.0.2.99",
                                "status", "active",
                                "port", 81,
                                "proxyProtocolVersion", "v1",
                                "cookie", "one"));
        runner.shop()
                .add(
                        "http/frontend",
                        Map.of(
                                "displayName", "full",
                                "zone", "all",
                                "port", "8088",
                                "defaultFarmId", farm,
                                "dedicatedIpfo", List.of("198.51.100.24/32"),
                                "redirectLocation", "https://www.example.com/"));
        String arguments = "{service: $S, protocol: http, " + which + ", " + reset + "}";

        ModuleRunner.Ran ran = runner.run(module, arguments);

        assertThat(ran.changed()).isTrue();
        assertThat(ran.diff().path("after").textValue()).isEmpty();
        assertThat(runner.run(module, arguments).changed()).isFalse();
    }

    @Test
    void aTokenForMetricsIsReturnedAndNotRecorded() {
        ObjectNode answer = runner.run("iplb_metrics_token", "service: $S").answer();

        assertThat(answer.path("changed").booleanValue()).isFalse();
        assertThat(answer.path("endpoint").textValue()).endsWith(ModuleRunner.SERVICE);
        assertThat(answer.path("token").textValue()).startsWith("sandboxsecret");
        assertThat(answer.has("record")).isFalse();
    }

    @Test
    void aCheckOfTrafficTellsWhatEachPlaceHasAnswered() {
        String check =
                "{url: 'https://www.shop.example/', connect_to: ['127.0.0.1:%d'], ca: %s, times: 2, expect: 'status is %s', max_errors: 1}";
        int port = sandbox.tlsAddress().getPort();

        ModuleRunner.Ran ran = runner.run("iplb_check_traffic", check.formatted(port, sandbox.caFile(), 200));

        assertThat(ran.changed()).isFalse();
        assertThat(ran.answer().at("/places/0/good").asInt()).isEqualTo(2);
        assertThat(ran.answer().at("/places/0/certificate/sha256").asText()).hasSize(64);
        assertThat(runner.check("iplb_check_traffic", check.formatted(port, sandbox.caFile(), 200))
                        .answer()
                        .has("places"))
                .isFalse();
        assertThat(runner.run("iplb_check_traffic", check.formatted(port, sandbox.caFile(), 201))
                        .message())
                .contains("a bad answer before it had answered well 2 times", "expected: status is 201");
        assertThat(sandbox.calls().all()).isEmpty();
    }

    @Test
    void aCheckOfMetricsTellsHowMuchThereIs() {
        runner.shop().traffic("gra", 0, 0);

        ObjectNode answer = runner.run("iplb_check_metrics", "{service: $S, zones: [gra], at_most: 0.5}")
                .answer();

        assertThat(answer.path("changed").booleanValue()).isFalse();
        assertThat(answer.at("/zones/0/per_second").isNumber()).isTrue();
        assertThat(answer.has("token")).isFalse();
    }

    @Test
    void aWeightOfZeroIsAWeight() {
        runner.run("iplb_server", "{service: $S, protocol: tcp, farm: web-http1, address: 192.0.2.11, weight: 0}");

        assertThat(runner.shop().staged("tcp/server")).anyMatch(server -> "0".equals(server.text("weight")));
    }

    @Test
    void oneKindOfSourceTakesThePlaceOfTheOther() {
        String frontend = "{service: $S, protocol: http, name: http, %s}";
        runner.run("iplb_frontend", frontend.formatted("allowed_source: [10.0.0.0/8]"));

        assertThat(runner.run("iplb_frontend", frontend.formatted("denied_source: [10.1.0.0/16]"))
                        .message())
                .isEqualTo("denied_source: [\"10.1.0.0/16\"] was given; allowed: nothing while allowed_source is set: "
                        + "one of the two excludes the other");
        assertThat(runner.run("iplb_frontend", frontend.formatted("allowed_source: [], denied_source: [10.1.0.0/16]"))
                        .changed())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            iplb_frontend    | service: $S, protocol: http, name: http, farm: ''         | farm: '' was given; allowed: an id
            iplb_frontend    | service: $S, protocol: http, name: htpp, farm: app        | port: nothing was given; allowed: a port: there is no http frontend 'htpp' yet
            iplb_farm        | service: $S, protocol: http, name: ap, stickiness: cookie | zone: nothing was given; allowed: all, or a zone of
            iplb_farm        | service: $S, protocol: http, name: '8080', zone: all      | $S has no http farm with the id 8080; there is only 'app' (
            iplb_route       | service: $S, protocol: http, name: '8080', frontend: http, reject: true | name: '8080' was given; allowed: 1 to 255 characters, neither blank nor digits alone
            iplb_refresh     | service: $S, zones: sbg                                   | zones: 'sbg' was given
            iplb_check_http2 | url: 'https://a.example/', connect_to: nowhere            | connect_to: 'nowhere' was given
            iplb_check_traffic | url: 'https://a.example/', max_errors: 0                | max_errors: 0 was given
            iplb_check_metrics | service: $S, at_least: 2, at_most: 1.5                  | at_least: '2' was given; allowed: no more than at_most
            """, quoteCharacter = '~')
    void whatCannotBeMeantIsTold(String module, String arguments, String message) {
        assertThat(runner.run(module, "{" + arguments + "}").message())
                .startsWith(message.replace("$S", ModuleRunner.SERVICE));
        assertThat(runner.writes()).isEmpty();
    }

    @Test
    void aFrontendIsKnownByItsIdToo() {
        long id = runner.shop().id("http/frontend", "http");

        ModuleRunner.Ran ran =
                runner.run("iplb_frontend", "{service: $S, protocol: http, name: %d, hsts: true}".formatted(id));

        assertThat(ran.get("frontend_id").longValue()).isEqualTo(id);
        assertThat(runner.shop().id("http/frontend", "http")).isEqualTo(id);
    }

    @Test
    void noneIsAName() {
        runner.run("iplb_frontend", "{service: $S, protocol: http, name: none, port: 8082, zone: gra}");

        assertThat(runner.shop().id("http/frontend", "none")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type=http url=/health port=80",
                "type=http,url='/health',port=80",
                "{\"type\": \"http\", \"url\": \"/health\", \"port\": 80}"
            })
    void aDictionaryMayBeTextAsOnACommandLine(String probe) {
        String farm = "{service: $S, protocol: http, name: app, probe: %s}";

        assertThat(runner.run("iplb_farm", farm.formatted(TextNode.valueOf(probe)))
                        .changed())
                .isTrue();
        assertThat(runner.run("iplb_farm", farm.formatted("{type: http, url: /health, port: 80}"))
                        .changed())
                .isFalse();
    }

    @Test
    void aRouteIsRemovedFromTheFrontendThatIsNamed() {
        long http = runner.shop().id("http/frontend", "http");
        runner.shop().add("http/frontend", Map.of("displayName", "other", "zone", "all", "port", "8088"));
        runner.shop()
                .add(
                        "http/route",
                        Map.of("displayName", "old", "frontendId", http, "action", Map.of("type", "reject")));
        String absent = "{service: $S, protocol: http, name: old, frontend: %s, state: absent}";

        assertThat(runner.run("iplb_route", absent.formatted("other")).changed())
                .isFalse();
        assertThat(runner.run("iplb_route", absent.formatted("http")).changed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$KEPT/changes.json", "${KEPT}/changes.json", "~/kept/changes.json"})
    void pathsAreThoseOfAnsiblesOwnModules(String record) throws IOException {
        Path kept = Files.createDirectories(directory.resolve("home/kept"));
        runner.with("KEPT", kept.toString());

        runner.run(
                "iplb_farm",
                "{service: $S, protocol: http, name: app, stickiness: cookie, record: '%s'}".formatted(record));

        assertThat(kept.resolve("changes.json")).exists();
    }

    @Test
    void whatIsInUseIsNotRemoved() {
        ModuleRunner.Ran ran = runner.run("iplb_farm", "{service: $S, protocol: http, name: app, state: absent}");

        assertThat(ran.message()).contains("frontend");
        assertThat(ran.kind()).isEqualTo("refused");
        assertThat(runner.writes()).isEmpty();
    }

    @Test
    void changesThatTheRecordDoesNotExplainCanBeRefused() {
        String refresh = "{service: $S, foreign_changes: refuse, record: changes.json}";
        runner.run("iplb_farm", "{service: $S, protocol: http, name: app, stickiness: cookie, record: changes.json}");
        clock.advance(Duration.ofSeconds(1));
        assertThat(runner.run("iplb_refresh", refresh).changed()).isTrue();

        runner.shop().add("tcp/farm", Map.of("zone", "all"));
        assertThat(runner.run("iplb_refresh", refresh).kind()).isEqualTo("conflict");

        assertThat(runner.run("iplb_refresh", "{service: $S, foreign_changes: refuse}")
                        .message())
                .isEqualTo("foreign_changes is refuse but all of the following are missing: record");
        ModuleRunner.Ran allowed = runner.run("iplb_refresh", "service: $S");
        assertThat(allowed.changed()).isTrue();
        assertThat(allowed.get("warnings").toString()).doesNotContain("record");
    }

    @Test
    void argumentsComeBeforeTheEnvironment() {
        ModuleRunner.Ran ran = runner.run("iplb_info", "{service: $S, consumer_key: sandboxsecretXofXsomebodyXelse}");

        assertThat(ran.kind()).isEqualTo("credentials");
    }

    @Test
    void credentialsMayBeInTheFileInTheHome() throws IOException {
        Files.createDirectories(directory.resolve("home"));
        Files.writeString(directory.resolve("home/.ovh.conf"), """
                [%s]
                access_token=%s
                """.formatted(
                        sandbox.httpEndpoint(), sandbox.credentials().accessToken()));
        runner.without("OVH_APPLICATION_KEY", "OVH_APPLICATION_SECRET", "OVH_CONSUMER_KEY");

        assertThat(runner.run("iplb_info", "service: $S").changed()).isFalse();
    }
}
