package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.change.Wishes.farm;
import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static io.jenkins.plugins.iplb.testing.Bench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SandboxExtension.class)
class EnsureFarmTest {
    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
    }

    @Test
    void aFarmThatIsNotThereIsMadeWithWhatIsWantedAndNoMore() {
        Report report = bench.apply(farm(
                Protocol.HTTP, "api", "{'zone': 'GRA', 'port': 8080, 'stickiness': null, 'probe': {'type': 'http'}}"));

        assertThat(bench.writes()).containsExactly("POST /ipLoadbalancing/" + SERVICE + "/http/farm");
        assertThat(body())
                .isEqualTo(json("{'displayName': 'api', 'zone': 'gra', 'port': 8080, 'probe': {'type': 'http'}}"));
        assertThat(report.result().path("farmId").asLong()).isEqualTo(bench.id("http/farm", "api"));
    }

    @Test
    void whatIsNotMentionedIsLeftAlone() {
        bench.apply(farm(Protocol.HTTP, "app", "{'stickiness': 'cookie', 'probe': {'type': 'http', 'url': '/up'}}"));
        bench.forget();

        bench.apply(farm(Protocol.HTTP, "app", "{'balance': 'leastconn'}"));

        assertThat(body()).isEqualTo(json("{'balance': 'leastconn'}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"'port'; 8080", "'balance'; 'first'", "'stickiness'; 'cookie'", "'probe'; {'type': 'http'}"},
            quoteCharacter = '"')
    void nullResetsAField(String field, String value) {
        bench.apply(farm(Protocol.HTTP, "app", "{%s: %s}".formatted(field, value)));
        bench.forget();

        bench.apply(farm(Protocol.HTTP, "app", "{%s: null}".formatted(field)));

        assertThat(body()).isEqualTo(json("{%s: null}".formatted(field)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'balance': 'roundrobin'}",
                "{'balance': null}",
                "{'zone': 'all'}",
                "{'zone': 'ALL'}",
                "{'probe': null}",
                "{'probe': {'type': 'tcp'}}",
                "{'probe': {'interval': 30, 'match': 'default', 'negate': false, 'forceSsl': false}}",
            })
    void whatOvhDoesByDefaultIsNoChange(String fields) {
        assertThat(bench.apply(farm(Protocol.HTTP, "app", fields)).changed()).isFalse();
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void aProbeThatSaysNoMoreThanTheDefaultsIsAsGoodAsNone() {
        bench.apply(farm(Protocol.TCP, "probed", "{'zone': 'all', 'probe': {'type': 'tcp', 'interval': 30}}"));

        assertThat(bench.apply(farm(Protocol.TCP, "probed", "{'probe': null}")).changed())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    {'type': 'mysql', 'match': 'contains', 'pattern': 'x'} | probe.match: 'contains' was given; allowed: for mysql one of default
                    {'type': 'oco', 'method': 'HEAD'} | probe.method: 'HEAD' was given; allowed: for oco one of GET
                    {'type': 'smtp', 'method': 'GET'} | probe.method: 'GET' was given; allowed: for smtp nothing
                    {'type': 'oco', 'match': 'matches', 'pattern': 'x', 'negate': true} | probe.match: 'matches' was given; allowed: for oco and negate nothing
                    """)
    void aProbeIsOneThatTheLoadBalancerOffers(String probe, String message) {
        IplbException refusal = bench.refusal(farm(Protocol.HTTP, "app", "{'probe': %s}".formatted(probe)));

        assertThat(refusal).hasMessageContaining(message);
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void ofAProbeOnlyWhatIsMentionedChangesAlthoughOvhTakesItAsAWhole() {
        bench.apply(farm(
                Protocol.HTTP,
                "app",
                "{'probe': {'type': 'http', 'url': '/up', 'match': 'status', 'pattern': '200'}}"));
        bench.forget();

        Report report = bench.apply(
                farm(Protocol.HTTP, "app", "{'probe': {'url': '/health', 'match': null, 'pattern': null}}"));

        assertThat(report.diff())
                .extracting(Difference::path)
                .containsExactlyInAnyOrder("probe.url", "probe.match", "probe.pattern");
        JsonNode probe = bench.read("http/farm", bench.id("http/farm", "app")).path("probe");
        assertThat(probe.path("type").asText()).isEqualTo("http");
        assertThat(probe.path("url").asText()).isEqualTo("/health");
        assertThat(probe.path("match").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "{'match': 'status', 'pattern': '200'}; probe.match: 'status' was given; allowed: for tcp one of",
                "{'negate': true}; probe.negate: true was given; allowed: false, unless match is",
            })
    void fieldsOfAProbeThatMakeNoSenseTogetherAreRefusedBeforeAnythingIsSent(String probe, String message) {
        IplbException failure = bench.refusal(farm(Protocol.HTTP, "app", "{'probe': %s}".formatted(probe)));

        assertThat(failure).isInstanceOf(InvalidInput.class).hasMessageStartingWith(message);
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void aFarmThatIsGivenByItsIdMayBeRenamed() {
        long id = bench.id("http/farm", "app");

        bench.apply(farm(Protocol.HTTP, id, "{'name': 'application'}"));

        assertThat(body()).isEqualTo(json("{'displayName': 'application'}"));
        assertThat(bench.apply(farm(Protocol.HTTP, id, "{'name': 'application'}"))
                        .changed())
                .isFalse();
    }

    @Test
    void aFarmThatIsGivenByItsIdIsNotMade() {
        IplbException failure = bench.refusal(farm(Protocol.HTTP, 99, "{'zone': 'all'}"));

        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure)
                .hasMessageStartingWith("%s has no http farm with the id 99; there is only 'app' (", SERVICE);
    }

    @Test
    void aFarmStaysInItsZone() {
        IplbException failure = bench.refusal(farm(Protocol.HTTP, bench.id("http/farm", "app"), "{'zone': 'gra'}"));

        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure)
                .hasMessage(
                        "http farm %d is in zone all, and a farm stays where it was made: make another one for gra",
                        bench.id("http/farm", "app"));
        assertThat(bench.writes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "HTTP; {}; zone: nothing was given; allowed: all, or a zone of $S (gra, rbx): there is no http farm 'new' yet",
                "HTTP; {'zone': 'bhs'}; zone: 'bhs' was given; allowed: all, or a zone of",
                "UDP; {'zone': 'all'}; port: nothing was given; allowed: a port from 1 to 49151: udp farms need one",
                "TCP; {'zone': 'all', 'vrackNetworkId': 7}; vrackNetworkId: 7 was given; allowed: nothing: ",
            })
    void whatANewFarmNeedsIsNamed(Protocol protocol, String fields, String message) {
        assertThat(bench.refusal(farm(protocol, "new", fields)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(message.replace("$S", SERVICE));
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void aNewFarmOfALoadBalancerInAVrackNeedsOneOfItsNetworks() {
        bench.shop().property("vrackName", "pn-1");
        long network = bench.shop().vrackNetwork("10.0.0.0/24", "10.0.0.0/28", 7);

        assertThat(bench.refusal(farm(Protocol.TCP, "new", "{'zone': 'all'}")))
                .hasMessage(
                        "vrackNetworkId: nothing was given; allowed: a vRack network of %s: %d (10.0.0.0/24, vlan:7), because it is in a vRack",
                        SERVICE, network);
        bench.apply(farm(Protocol.TCP, "new", "{'zone': 'all', 'vrackNetworkId': %d}".formatted(network)));

        assertThat(bench.named("tcp/farm").get("new").reference("vrackNetworkId"))
                .isEqualTo(network);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/24", "vlan:7", "VLAN:7"})
    void aNetworkOfTheVrackIsKnownByItsSubnetOrItsVlan(String known) {
        bench.shop().property("vrackName", "pn-1");
        long network = bench.shop().vrackNetwork("10.0.0.0/24", "10.0.0.0/28", 7);
        bench.shop().vrackNetwork("10.1.0.0/24", "10.1.0.0/28", 0);
        EnsureFarm wish = farm(Protocol.TCP, "new", "{'zone': 'all', 'vrackNetworkId': '%s'}".formatted(known));

        bench.apply(wish);

        assertThat(bench.named("tcp/farm").get("new").reference("vrackNetworkId"))
                .isEqualTo(network);
        assertThat(bench.apply(wish).changed()).isFalse();
        assertThat(bench.refusal(farm(Protocol.TCP, "new", "{'vrackNetworkId': 'vlan:8'}")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("vrackNetworkId: 'vlan:8' was given; allowed: a vRack network of ")
                .hasMessageContaining("(10.0.0.0/24, vlan:7)")
                .hasMessageContaining("(10.1.0.0/24)");
    }

    @Test
    void twoOfOneNameAreAConflictThatListsBoth() {
        long first = bench.id("tcp/farm", "web-http1");
        long second = bench.shop().add("tcp/farm", Map.of("zone", "all", "displayName", "web-http1"));

        IplbException failure = bench.refusal(farm(Protocol.TCP, "web-http1", "{'balance': 'first'}"));

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure)
                .hasMessage(
                        "more than one farm is named 'web-http1': ids %d and %d; give the id, or rename all but one",
                        first, second);
    }

    private JsonNode body() {
        return json(bench.writeCalls().get(0).requestBody());
    }
}
