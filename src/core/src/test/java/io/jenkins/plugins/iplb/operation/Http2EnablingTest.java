package io.jenkins.plugins.iplb.operation;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static io.jenkins.plugins.iplb.testing.Bench.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.EnableHttp2;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class Http2EnablingTest {
    private static final String REFRESH = "POST /ipLoadbalancing/" + SERVICE + "/refresh";

    private Sandbox sandbox;
    private Bench bench;

    @BeforeEach
    void prepare(Sandbox started, TestClock clock, @TempDir Path directory) {
        sandbox = started;
        bench = new Bench(sandbox, clock, directory);
    }

    @Test
    void aFrontendWithSslGetsItByARefreshWithNothingPending() {
        Report report = run("{'protocol':'tcp','frontend':'https'}");

        assertThat(bench.writes()).containsExactly(REFRESH);
        assertThat(report.headline(false)).isEqualTo("HTTP/2 added to frontend https");
        assertThat(report.changed()).isTrue();
        assertThat(report.result().path("way").textValue()).isEqualTo("native");
        assertThat(report.result().path("why").textValue())
                .startsWith("tcp frontends with ssl speak HTTP/2 by themselves since June 2025");
        assertThat(report.result().path("answers").textValue()).isEqualTo("h2");
        assertThat(report.result().path("tasks")).hasSize(1);
        assertThat(report.diff()).extracting(Difference::toString).containsExactly("~ answers: http/1.1 -> h2");
        assertThat(bench.entries()).extracting(RecordedEntry::operation).containsExactly("refresh");
        assertThat(bench.told()).anySatisfy(said -> assertThat(said).startsWith("HTTP/2 (native): tcp frontends"));
    }

    @Test
    void againItRefreshesNothing() {
        run("{'protocol':'tcp','frontend':'https'}");
        bench.forget();

        Report again = run("{'protocol':'tcp','frontend':'https'}");

        assertThat(bench.writes()).isEmpty();
        assertThat(again.changed()).isFalse();
        assertThat(again.headline(false)).isEqualTo("Nothing to change: HTTP/2 of frontend https");
        assertThat(again.result().path("answers").textValue()).isEqualTo("h2");
    }

    @Test
    void anHttpFrontendWithSslGetsItByARefresh() {
        toHttps();
        bench.forget();

        Report report = run("{'protocol':'http','frontend':'http'}");

        assertThat(bench.writes()).containsExactly(REFRESH);
        assertThat(report.result().path("way").textValue()).isEqualTo("native");
    }

    @Test
    void onlyTheZoneOfTheFrontendIsRefreshed() {
        bench.shop()
                .add(
                        "tcp/frontend",
                        Map.of(
                                "displayName", "near",
                                "port", "443",
                                "zone", "gra",
                                "ssl", true,
                                "defaultFarmId", bench.id("tcp/farm", "web-http1")));
        bench.shop().remove("tcp/frontend", bench.id("tcp/frontend", "https"));
        bench.shop().deployed();

        run("{'protocol':'tcp','frontend':'near'}");

        assertThat(bench.writeCalls())
                .singleElement()
                .satisfies(call -> assertThat(json(call.requestBody())).isEqualTo(json("{'zone':'gra'}")));
    }

    @Test
    void aFrontendThatLeavesTlsToItsServersGetsARoute() {
        leaveTlsToServers();

        Report report = run("{'protocol':'tcp','frontend':'https','farm':'web-http2'}");

        assertThat(bench.writes())
                .hasSize(4)
                .startsWith("POST /ipLoadbalancing/" + SERVICE + "/tcp/route")
                .endsWith(REFRESH);
        assertThat(report.result().path("way").textValue()).isEqualTo("route");
        assertThat(report.result().path("routeId").isIntegralNumber()).isTrue();
        assertThat(report.headline(false)).isEqualTo("HTTP/2 added to frontend https");
        assertThat(bench.entries()).extracting(RecordedEntry::operation).containsExactly("enable-http2", "refresh");

        bench.forget();
        assertThat(run("{'protocol':'tcp','frontend':'https','farm':'web-http2'}")
                        .changed())
                .isFalse();
        assertThat(run("{'protocol':'tcp','frontend':'https'}")
                        .result()
                        .path("why")
                        .textValue())
                .startsWith("its tcp route 'http2' (")
                .endsWith(") has the rule protocol is http/2.0");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void aFarmThatIsGivenMeansARouteWhereverThereIsTcp() {
        sandbox.world().nativeHttp2Since(Instant.MAX);

        Report report = run("{'protocol':'tcp','frontend':'https','farm':'web-http2'}");

        assertThat(report.result().path("way").textValue()).isEqualTo("route");
        assertThat(report.result().path("why").textValue()).endsWith("this one would speak HTTP/2 by itself");
        assertThat(report.result().path("answers").textValue()).isEqualTo("h2");
    }

    @Test
    void aRouteThatIsThereIsLedToTheFarmThatIsGiven() {
        leaveTlsToServers();
        run("{'protocol':'tcp','frontend':'https','farm':'web-http2'}");
        bench.forget();

        Report report = run("{'protocol':'tcp','frontend':'https','farm':'web-http1'}");

        assertThat(report.changed()).isTrue();
        assertThat(bench.shop().staged("tcp/route")).hasSize(1);
    }

    @Test
    void aRouteWithoutANameIsNotTakenOver() {
        leaveTlsToServers();
        long route = bench.shop()
                .add(
                        "tcp/route",
                        Map.of(
                                "frontendId",
                                bench.id("tcp/frontend", "https"),
                                "action",
                                Map.of("type", "farm", "target", Long.toString(bench.id("tcp/farm", "web-http1")))));
        bench.shop().add("tcp/rule", route, Map.of("field", "protocol", "match", "is", "pattern", "http/2.0"));

        IplbException refusal = refusal("{'protocol':'tcp','frontend':'https','farm':'web-http2'}");

        assertThat(refusal.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(refusal)
                .hasMessageContaining("tcp route %d".formatted(route))
                .hasMessageContaining("web-http2");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void whatItWouldDoIsSaidWithoutDoingIt() {
        Report report = bench.ended(enabling(true, "{'protocol':'tcp','frontend':'https'}"));

        assertThat(report.changed()).isTrue();
        assertThat(report.headline(true)).isEqualTo("HTTP/2 would be added to frontend https");
        assertThat(report.diff()).extracting(Difference::toString).containsExactly("~ answers: http/1.1 -> h2");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void withoutTlsThereIsNoHttp2() {
        assertThat(refusal("{'protocol':'http','frontend':'http'}"))
                .hasMessageContaining("has no ssl, and HTTP/2 is agreed on in TLS: turn ssl on first");
        leaveTlsToServers();
        bench.forget();
        assertThat(refusal("{'protocol':'tcp','frontend':'https'}"))
                .hasMessageStartingWith("farm: nothing was given; allowed: the TCP farm whose servers speak HTTP/2");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void whatIsNotSpokenInTheEndIsAFailureThatSaysWhatItTakes() {
        sandbox.world().nativeHttp2Since(Instant.MAX);

        IplbException failure = refusal("{'protocol':'tcp','frontend':'https'}");

        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("answered over http/1.1, h2 expected");
        assertThat(bench.writes()).containsExactly(REFRESH);
    }

    @Test
    void rulesThatMeanSomethingElseOverHttp2AreNamedAndFarmsBalancedByUri() {
        toHttps();
        long http = bench.id("http/frontend", "http");
        long api = bench.shop()
                .add(
                        "http/route",
                        Map.of("displayName", "api", "frontendId", http, "action", Map.of("type", "reject")));
        bench.shop().add("http/rule", api, Map.of("field", "uri", "match", "startswith", "pattern", "/api"));
        bench.shop().add("http/rule", api, Map.of("field", "host", "match", "is", "pattern", "shop.example"));
        long port = bench.shop()
                .add(
                        "http/route",
                        Map.of("displayName", "port", "frontendId", http, "action", Map.of("type", "reject")));
        bench.shop().add("http/rule", port, Map.of("field", "host", "match", "is", "pattern", "shop.example:443"));
        bench.shop().add("http/rule", port, Map.of("field", "uri", "match", "endswith", "pattern", ".php"));
        bench.shop().deployed();
        bench.session();
        bench.forget();

        Report report = run("{'protocol':'http','frontend':'http'}");

        assertThat(report.result().at("/warnings/0").textValue())
                .endsWith("http route 'api' (%d): uri startswith /api, http route 'port' (%d): host is shop.example:443"
                        .formatted(api, port));
        assertThat(bench.statuses()).anySatisfy(status -> {
            assertThat(status.warning()).isTrue();
            assertThat(status.text()).contains("http route 'api'");
        });

        assertThat(run("{'protocol':'http','frontend':'http'}").result().has("warnings"))
                .as("spoken already")
                .isFalse();
    }

    @Test
    void aFarmThatIsBalancedByUriIsNamed() {
        toHttps();
        bench.shop().remove("http/frontend", bench.id("http/frontend", "http"));
        long farm = bench.shop()
                .add("http/farm", Map.of("displayName", "cache", "zone", "all", "port", 80, "balance", "uri"));
        bench.shop().add("http/server", farm, Map.of("address", "192.0.2.77", "status", "active"));
        bench.shop()
                .add(
                        "http/frontend",
                        Map.of(
                                "displayName",
                                "http",
                                "port",
                                "443",
                                "zone",
                                "all",
                                "ssl",
                                true,
                                "defaultFarmId",
                                farm));
        bench.shop().deployed();

        Report report = run("{'protocol':'http','frontend':'http'}");

        assertThat(report.result().at("/warnings/0").textValue())
                .isEqualTo(
                        "over HTTP/2 paths may go to other servers of what is balanced by uri: http farm 'cache' (%d)"
                                .formatted(farm));
    }

    /** The http frontend takes the place of the TCP one. */
    private void toHttps() {
        bench.shop().remove("tcp/frontend", bench.id("tcp/frontend", "https"));
        long app = bench.id("http/farm", "app");
        bench.shop().remove("http/frontend", bench.id("http/frontend", "http"));
        bench.shop()
                .add(
                        "http/frontend",
                        Map.of("displayName", "http", "port", "443", "zone", "all", "ssl", true, "defaultFarmId", app));
        bench.shop().deployed();
    }

    private void leaveTlsToServers() {
        long plain = bench.id("tcp/farm", "web-http1");
        bench.shop().remove("tcp/frontend", bench.id("tcp/frontend", "https"));
        bench.shop()
                .add(
                        "tcp/frontend",
                        Map.of("displayName", "https", "port", "443", "zone", "all", "defaultFarmId", plain));
        bench.shop().deployed();
    }

    private Report run(String given) {
        return bench.ended(enabling(false, given));
    }

    @Test
    void aFrontendThatIsDisabledIsRefused() {
        bench.shop()
                .add(
                        "tcp/frontend",
                        Map.of("displayName", "off", "port", "8443", "zone", "all", "ssl", true, "disabled", true));

        IplbException refusal = refusal("{'protocol':'tcp','frontend':'off'}");

        assertThat(refusal.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(refusal).hasMessageContaining("is disabled, and answers nobody: enable it first");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void anHttpFrontendTakesNoFarmForIt() {
        Reference http = new Reference("http");

        assertThatThrownBy(() -> new EnableHttp2(SERVICE, Protocol.HTTP, http, Optional.of(http), false))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("farm: ")
                .hasMessageContaining("nothing: http frontends speak HTTP/2 by themselves");
        assertThat(refusal("{'protocol':'http','frontend':'http','farm':'app'}"))
                .hasMessageContaining("farm: 'app' was given; allowed: nothing");
    }

    private IplbException refusal(String given) {
        return Bench.failure(() -> run(given));
    }

    private CompletableFuture<Report> enabling(boolean check, String given) {
        ObjectNode all = (ObjectNode) json(given);
        all.put("service", SERVICE)
                .put("url", "https://www.shop.example/")
                .put(
                        "connectTo",
                        sandbox.tlsAddress().getHostString() + ":"
                                + sandbox.tlsAddress().getPort())
                .put("ca", sandbox.caFile().toString());
        Operation.EnablingHttp2 operation =
                (Operation.EnablingHttp2) Catalogue.named("enable-http2").operation(new Fields(all));
        Http2Enabling.Steps steps = new Http2Enabling.Steps() {
            @Override
            public CompletableFuture<Report> run(Operation.OnLoadBalancer step, Options options) {
                return bench.operations().run(step, options);
            }

            @Override
            public boolean isOpen(Operation.Refreshing refresh) {
                return false;
            }
        };
        return new Http2Enabling(
                        steps,
                        CompletableFuture.completedFuture(new LiveCheck(new OkHttpClient())),
                        Runnable::run,
                        bench.clock())
                .run(operation, bench.options(check));
    }
}
