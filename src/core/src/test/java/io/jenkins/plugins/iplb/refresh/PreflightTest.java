package io.jenkins.plugins.iplb.refresh;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SandboxExtension.class)
class PreflightTest {
    private Bench bench;
    private ServiceSeed shop;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        shop = bench.shop();
    }

    @Test
    void theDemoWorldHasNoProblem() {
        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"blacklisted", "quarantined", "suspended"})
    void aServiceThatIsNotOkIsAProblem(String state) {
        shop.property("state", state);

        assertThat(problems()).containsExactly("the service is %s, not ok".formatted(state));
    }

    @Test
    void noFrontendAtAllIsAProblem() {
        shop.remove("tcp/frontend", bench.id("tcp/frontend", "https"))
                .remove("http/frontend", bench.id("http/frontend", "http"));

        assertThat(problems()).containsExactly("there is no frontend");
    }

    @ParameterizedTest
    @CsvSource({
        "http, false, ', a redirect'",
        "http, true, ', a redirect'",
        "tcp, false, ''",
        "tcp, true, ''",
        "udp, false, ''",
        "udp, true, ''"
    })
    void aFrontendThatLeadsNowhereIsAProblemDisabledOrNot(String protocol, boolean disabled, String redirect) {
        long id = frontend(protocol, Map.of("displayName", "lost", "disabled", disabled));

        assertThat(problems())
                .containsExactly("%s frontend %d 'lost' has neither a default farm%s nor a route with a rule"
                        .formatted(protocol, id, redirect));
    }

    @Test
    void aRouteWithARuleIsEnough() {
        long frontend = frontend("tcp", Map.of());
        long route = shop.add("tcp/route", Map.of("action", Map.of("type", "reject"), "frontendId", frontend));
        assertThat(problems()).hasSize(1);

        shop.add("tcp/rule", route, Map.of("field", "sni", "match", "is", "pattern", "a.example"));
        assertThat(problems()).isEmpty();
    }

    @Test
    void theRouteOfAnotherFrontendIsNot() {
        frontend("tcp", Map.of());
        long route = shop.add(
                "tcp/route",
                Map.of("action", Map.of("type", "reject"), "frontendId", bench.id("tcp/frontend", "https")));
        shop.add("tcp/rule", route, Map.of("field", "sni", "match", "is", "pattern", "a.example"));

        assertThat(problems()).hasSize(1);
    }

    @Test
    void aDetachedRouteIsNot() {
        frontend("tcp", Map.of());
        long route = shop.add("tcp/route", Map.of("action", Map.of("type", "reject")));
        shop.add("tcp/rule", route, Map.of("field", "sni", "match", "is", "pattern", "a.example"));

        assertThat(problems()).hasSize(1);
    }

    @Test
    void aRedirectIsEnough() {
        frontend("http", Map.of("redirectLocation", "https://elsewhere.example/"));

        assertThat(problems()).isEmpty();
    }

    @Test
    void aFarmInAVrackIsAProblemOfALoadBalancerThatIsInNone() {
        long network = shop.vrackNetwork("10.0.0.0/24", "10.0.0.248/29", 7);
        long farm = shop.add("tcp/farm", Map.of("zone", "all", "displayName", "private", "vrackNetworkId", network));

        assertThat(problems())
                .containsExactly("tcp farm %d 'private' is in a vRack, the load balancer is not".formatted(farm));
    }

    @Test
    void everyFarmOutsideIsAProblemOfALoadBalancerInAVrack() {
        shop.property("vrackName", "pn-1234");
        shop.vrackNetwork("10.0.0.0/24", "10.0.0.248/29", 7);

        assertThat(problems())
                .containsExactly(
                        "http farm %d 'app' is not in the vRack of the load balancer"
                                .formatted(bench.id("http/farm", "app")),
                        "tcp farm %d 'web-http1' is not in the vRack of the load balancer"
                                .formatted(bench.id("tcp/farm", "web-http1")),
                        "tcp farm %d 'web-http2' is not in the vRack of the load balancer"
                                .formatted(bench.id("tcp/farm", "web-http2")));
    }

    @Test
    void aFarmInTheVrackProvesItsVlanWithoutAnotherRead() {
        ServiceSeed inside =
                bench.sandbox().world().service("loadbalancer-inside").zones("gra");
        inside.property("vrackName", "pn-1234");
        long network = inside.vrackNetwork("10.0.0.0/24", "10.0.0.248/29", 7);
        long farm = inside.add("tcp/farm", Map.of("zone", "all", "vrackNetworkId", network));
        inside.add("tcp/frontend", Map.of("port", "443", "zone", "all", "defaultFarmId", farm));

        assertThat(Preflight.of(new Snapshot(bench.session(), "loadbalancer-inside"))
                        .problems())
                .isEmpty();
        assertThat(bench.reads()).noneMatch(read -> read.contains("/vrack/"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLoadBalancerInAVrackNeedsItsVlan(boolean vlan) {
        ServiceSeed empty =
                bench.sandbox().world().service("loadbalancer-empty").zones("gra");
        empty.property("vrackName", "pn-1234");
        empty.add("http/frontend", Map.of("port", "80", "zone", "all", "redirectLocation", "https://a.example/"));
        if (vlan) {
            empty.vrackNetwork("10.0.0.0/24", "10.0.0.248/29", 7);
        }

        Preflight preflight = Preflight.of(new Snapshot(bench.session(), "loadbalancer-empty"));

        assertThat(preflight.problems())
                .isEqualTo(vlan ? List.of() : List.of("the load balancer has no vLAN in its vRack"));
    }

    @Test
    void everyProblemIsNamedInOneFailureAndNothingIsSent() {
        shop.property("state", "quarantined");
        long one = frontend("tcp", Map.of());
        long two = frontend("udp", Map.of("displayName", "dns"));

        IplbException failure = bench.refusal(new RefreshRequest(SERVICE, List.of(), false, true));

        assertThat(failure.kind()).isEqualTo(FailureKind.PREFLIGHT);
        assertThat(failure)
                .hasMessage(
                        "%s cannot be refreshed: the service is quarantined, not ok; tcp frontend %d has neither a default farm nor a route with a rule; udp frontend %d 'dns' has neither a default farm nor a route with a rule",
                        SERVICE, one, two);
        assertThat(bench.writes()).isEmpty();
        assertThat(bench.entries()).isEmpty();
    }

    @Test
    void theWarningNamesTheFarmsWhoseClientsMayGoToOtherServers() {
        long byTable = shop.add("http/farm", Map.of("zone", "all", "displayName", "table", "stickiness", "sourceIp"));
        long byHash = shop.add("tcp/farm", Map.of("zone", "all", "displayName", "hash", "balance", "source"));
        shop.add("http/farm", Map.of("zone", "all", "balance", "source", "stickiness", "cookie"));

        assertThat(Preflight.of(new Snapshot(bench.session(), SERVICE)).warnings())
                .containsExactly(
                        "a refresh re-balances the connections: what is under way goes on, kept ones are closed; clients of farms with stickiness sourceIp may go to other servers: http farm %d 'table'; where servers were added, removed, drained or given another weight, most clients of farms balanced by source go to other servers: tcp farm %d 'hash'"
                                .formatted(byTable, byHash));
    }

    @Test
    void whereNoClientGoesByItsAddressTheWarningNamesNoFarm() {
        assertThat(Preflight.of(new Snapshot(bench.session(), SERVICE)).warnings())
                .containsExactly(
                        "a refresh re-balances the connections: what is under way goes on, kept ones are closed");
    }

    private List<String> problems() {
        return Preflight.of(new Snapshot(bench.session(), SERVICE)).problems();
    }

    private long frontend(String protocol, Map<String, ?> more) {
        Map<String, Object> fields = new TreeMap<>(Map.of("port", "8443", "zone", "all"));
        fields.putAll(more);
        return shop.add(protocol + "/frontend", fields);
    }
}
