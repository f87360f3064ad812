package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.change.Wishes.HTTP2;
import static io.jenkins.plugins.iplb.change.Wishes.ensureRule;
import static io.jenkins.plugins.iplb.change.Wishes.ref;
import static io.jenkins.plugins.iplb.change.Wishes.remove;
import static io.jenkins.plugins.iplb.change.Wishes.sni;
import static io.jenkins.plugins.iplb.change.Wishes.tcpRoute;
import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(SandboxExtension.class)
class RemoveTest {
    private static final String TCP = "/ipLoadbalancing/" + SERVICE + "/tcp";

    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
    }

    static Stream<Removable> whatIsNotThere() {
        return Stream.of(
                new Removable.Route(ref("nothing"), Optional.empty()),
                new Removable.Route(ref(99), Optional.empty()),
                new Removable.Rule(ref("nothing"), Optional.empty(), Optional.of(ref(99)), Optional.empty()),
                new Removable.Farm(ref("nothing")),
                new Removable.Farm(ref(99)),
                new Removable.Server(ref("nothing"), address("192.0.2.11")),
                new Removable.Server(ref("web-http1"), address("192.0.2.99")),
                new Removable.Server(ref("web-http1"), named("nothing")),
                new Removable.Frontend(ref("nothing")));
    }

    @ParameterizedTest
    @MethodSource("whatIsNotThere")
    void whatIsNotThereIsNoChange(Removable what) {
        Report report = bench.apply(remove(Protocol.TCP, what));

        assertThat(report.changed()).isFalse();
        assertThat(report.operation()).isEqualTo("remove-" + what.kind());
        assertThat(report.result()).isEmpty();
        assertThat(report.diff()).isEmpty();
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void aFarmIsRemovedAfterItsServers() {
        long farm = bench.id("tcp/farm", "web-http2");
        List<Long> servers = bench.shop().staged("tcp/server").stream()
                .filter(server -> server.parent() == farm)
                .map(Item::id)
                .toList();

        Report report = bench.apply(remove(Protocol.TCP, new Removable.Farm(ref("web-http2"))));

        assertThat(bench.writes())
                .containsExactly(
                        "DELETE %s/farm/%d/server/%d".formatted(TCP, farm, servers.get(0)),
                        "DELETE %s/farm/%d/server/%d".formatted(TCP, farm, servers.get(1)),
                        "DELETE %s/farm/%d".formatted(TCP, farm));
        assertThat(report.result()).hasToString("{\"farmId\":%d}", farm);
    }

    @Test
    void aFarmToWhichSomethingLeadsIsNotRemovedAndAllOfThatIsNamed() {
        bench.apply(tcpRoute("https", "web-http1", "to one", HTTP2));
        bench.forget();

        IplbException failure = bench.refusal(remove(Protocol.TCP, new Removable.Farm(ref("web-http1"))));

        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure)
                .hasMessage(
                        "tcp farm %d 'web-http1' is in use by frontend %d 'https' and route %d 'to one': remove that, or lead it elsewhere, first",
                        bench.id("tcp/farm", "web-http1"),
                        bench.id("tcp/frontend", "https"),
                        bench.id("tcp/route", "to one"));
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void aFrontendWithARouteIsNotRemoved() {
        bench.apply(tcpRoute("https", "web-http2", null, HTTP2));
        bench.forget();

        IplbException failure = bench.refusal(remove(Protocol.TCP, new Removable.Frontend(ref("https"))));

        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure)
                .hasMessage(
                        "tcp frontend %d 'https' is in use by route %d: remove that, or lead it elsewhere, first",
                        bench.id("tcp/frontend", "https"),
                        bench.shop().staged("tcp/route").get(0).id());
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void ofTwoRoutesOfOneNameTheOneOnThatFrontendIsRemoved() {
        bench.apply(tcpRoute("https", "web-http2", "http2", HTTP2));
        bench.shop().add("tcp/frontend", Map.of("port", "8443", "zone", "all", "displayName", "other"));
        bench.apply(tcpRoute("other", "web-http2", "http2", HTTP2));

        bench.apply(remove(Protocol.TCP, new Removable.Route(ref("http2"), Optional.of(ref("other")))));

        assertThat(bench.shop().staged("tcp/route"))
                .extracting(route -> route.text("frontendId"))
                .containsExactly(Long.toString(bench.id("tcp/frontend", "https")));
        assertThat(bench.apply(remove(Protocol.TCP, new Removable.Route(ref("http2"), Optional.of(ref("nowhere")))))
                        .changed())
                .isFalse();
    }

    @Test
    void inTheOrderOfTheGuideEverythingCanBeRemoved() {
        bench.apply(tcpRoute("https", "web-http2", "http2", HTTP2));

        Stream.of(
                        new Removable.Route(ref("http2"), Optional.empty()),
                        new Removable.Frontend(ref("https")),
                        new Removable.Farm(ref("web-http1")),
                        new Removable.Farm(ref("web-http2")))
                .forEach(what -> assertThat(
                                bench.apply(remove(Protocol.TCP, what)).changed())
                        .isTrue());

        assertThat(Stream.of("tcp/route", "tcp/rule", "tcp/frontend", "tcp/farm", "tcp/server")
                        .flatMap(kind -> bench.shop().staged(kind).stream()))
                .isEmpty();
    }

    @Test
    void udpHasNoRoutesThatCouldBeInTheWay() {
        long farm = bench.shop().add("udp/farm", Map.of("zone", "all", "port", 53, "displayName", "dns"));
        bench.shop()
                .add("udp/frontend", Map.of("zone", "all", "port", "53", "displayName", "dns", "defaultFarmId", farm));

        assertThat(bench.refusal(remove(Protocol.UDP, new Removable.Farm(ref("dns")))))
                .hasMessageContaining("is in use by frontend");
        bench.apply(remove(Protocol.UDP, new Removable.Frontend(ref("dns"))));
        bench.apply(remove(Protocol.UDP, new Removable.Farm(ref("dns"))));

        assertThat(bench.shop().staged("udp/farm")).isEmpty();
    }

    @Test
    void aRuleIsToldByItsIdItsNameOrWhatItSays() {
        long route = bench.apply(tcpRoute("https", "web-http2", "http2", HTTP2, sni("a.example"), sni("b.example")))
                .result()
                .path("routeId")
                .asLong();
        bench.apply(ensureRule(Protocol.TCP, route, "the third", sni("b.example")));
        long first = bench.shop().staged("tcp/rule").get(0).id();

        bench.apply(remove(
                Protocol.TCP,
                new Removable.Rule(ref(route), Optional.empty(), Optional.of(ref(first)), Optional.empty())));
        bench.apply(remove(
                Protocol.TCP,
                new Removable.Rule(ref("http2"), Optional.empty(), Optional.empty(), Optional.of(sni("a.example")))));
        bench.apply(remove(
                Protocol.TCP,
                new Removable.Rule(ref("http2"), Optional.empty(), Optional.of(ref("the third")), Optional.empty())));

        assertThat(bench.shop().staged("tcp/rule")).isEmpty();
        assertThat(bench.shop().staged("tcp/route")).hasSize(1);
    }

    @Test
    void ofRulesThatSayTheSameNoneIsLeft() {
        long route = bench.shop().add("tcp/route", Map.of("action", Map.of("type", "reject")));
        for (int i = 0; i < 2; i++) {
            bench.shop().add("tcp/rule", route, Map.of("field", "sni", "match", "is", "pattern", "a.example"));
        }

        bench.apply(remove(
                Protocol.TCP,
                new Removable.Rule(ref(route), Optional.empty(), Optional.empty(), Optional.of(sni("a.example")))));

        assertThat(bench.shop().staged("tcp/rule")).isEmpty();
    }

    @Test
    void aServerIsToldByItsAddressAndPort() {
        long farm = bench.id("tcp/farm", "web-http1");
        long other =
                bench.shop().add("tcp/server", farm, Map.of("address", "192.0.2.11", "status", "active", "port", 9000));

        Report report = bench.apply(remove(
                Protocol.TCP,
                new Removable.Server(
                        ref("web-http1"),
                        new ServerKey(Optional.empty(), Optional.of("192.0.2.11"), Optional.of(9000)))));

        assertThat(report.result()).hasToString("{\"farmId\":%d,\"serverId\":%d}", farm, other);
        assertThat(bench.writes()).containsExactly("DELETE %s/farm/%d/server/%d".formatted(TCP, farm, other));
    }

    @Test
    void twoOfOneNameAreAConflictThatListsBoth() {
        long first = bench.shop().add("tcp/route", Map.of("action", Map.of("type", "reject"), "displayName", "closed"));
        long second =
                bench.shop().add("tcp/route", Map.of("action", Map.of("type", "reject"), "displayName", "closed"));

        IplbException failure =
                bench.refusal(remove(Protocol.TCP, new Removable.Route(ref("closed"), Optional.empty())));

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure).hasMessageContaining("ids %d and %d".formatted(first, second));
        assertThat(bench.writes()).isEmpty();
    }

    private static ServerKey address(String address) {
        return new ServerKey(Optional.empty(), Optional.of(address), Optional.empty());
    }

    private static ServerKey named(String name) {
        return new ServerKey(Optional.of(ref(name)), Optional.empty(), Optional.empty());
    }
}
