package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.change.Wishes.frontend;
import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static io.jenkins.plugins.iplb.testing.Bench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SandboxExtension.class)
class EnsureFrontendTest {
    private static final String ATTACHED = "198.51.100.24/32";

    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
    }

    @Test
    void theTcpFrontendOfTheHttp2GuideIsMadeWithAllThatIsWantedAndNoMore() {
        Report report = bench.apply(wish("8443", "all", "h2", "web-http2", true, null));

        assertThat(bench.writes()).containsExactly("POST /ipLoadbalancing/" + SERVICE + "/tcp/frontend");
        assertThat(body())
                .isEqualTo(json("{'port':'8443','zone':'all','displayName':'h2','defaultFarmId':%d,'ssl':true}"
                        .formatted(bench.id("tcp/farm", "web-http2"))));
        assertThat(report.result().path("frontendId").asLong()).isEqualTo(bench.id("tcp/frontend", "h2"));
    }

    @ParameterizedTest
    @CsvSource({"HTTP", "TCP", "UDP"})
    void everyProtocolHasFrontends(Protocol protocol) {
        bench.apply(frontend(protocol, "8053", "gra", "extra"));

        assertThat(bench.named(protocol.code() + "/frontend")).containsKey("extra");
    }

    @Test
    void whatIsNotMentionedIsLeftAlone() {
        long id = bench.id("tcp/frontend", "https");
        bench.apply(wish("443", "all", "https", null, null, ATTACHED));
        bench.forget();

        Report report = bench.apply(frontend(Protocol.TCP, "8443", "all", "https"));

        assertThat(bench.writes()).containsExactly("PUT /ipLoadbalancing/%s/tcp/frontend/%d".formatted(SERVICE, id));
        assertThat(body()).isEqualTo(json("{'port':'8443'}"));
        assertThat(report.diff())
                .singleElement()
                .satisfies(each -> assertThat(each.path()).isEqualTo("port"));
        JsonNode now = bench.read("tcp/frontend", id);
        assertThat(now.path("defaultFarmId").asLong()).isEqualTo(bench.id("tcp/farm", "web-http1"));
        assertThat(now.path("ssl").asBoolean()).isTrue();
        assertThat(now.path("dedicatedIpfo")).isEqualTo(json("['%s']".formatted(ATTACHED)));
    }

    @Test
    void theDefaultCertificateIsKnownByItsIdItsNameOrItsFingerprint() {
        ObjectNode certificate = bench.shop().certificates().get(0).shown();
        String name = certificate.path("displayName").textValue();
        long id = certificate.path("id").asLong();
        String fingerprint = certificate.path("fingerprint").textValue();

        Report report = bench.apply(showing(name));

        assertThat(body()).isEqualTo(json("{'defaultSslId':%d}".formatted(id)));
        assertThat(report.diff())
                .extracting(Object::toString)
                .containsExactly("+ defaultSslId: %s (%d)".formatted(name, id));
        assertThat(bench.apply(showing(fingerprint)).changed()).isFalse();
        assertThat(bench.apply(showing(fingerprint.toUpperCase(Locale.ROOT).replaceAll("..(?=.)", "$0:")))
                        .changed())
                .isFalse();
        assertThat(bench.apply(showing(Long.toString(id))).changed()).isFalse();
    }

    @Test
    void aCertificateThatIsNotThereIsToldWithThoseThatAre() {
        IplbException refusal = bench.refusal(showing("www.shop.exampel"));

        assertThat(refusal)
                .hasMessageContaining("has no certificate 'www.shop.exampel'; there is only 'www.shop.example' (")
                .hasMessageEndingWith("Did you mean 'www.shop.example'?");
        assertThat(bench.writes()).isEmpty();
    }

    private static EnsureFrontend showing(String certificate) {
        return frontend(Protocol.TCP, "{'name': 'https', 'defaultSslId': '%s'}".formatted(certificate));
    }

    @Test
    void withoutANameItIsTheFrontendOfThatPortAndZone() {
        Report report = bench.apply(wish("443", "all", null, "web-http2", null, null));

        assertThat(report.result().path("frontendId").asLong()).isEqualTo(bench.id("tcp/frontend", "https"));
        assertThat(body()).isEqualTo(json("{'defaultFarmId':%d}".formatted(bench.id("tcp/farm", "web-http2"))));
    }

    @Test
    void digitsAreTheIdOfAFrontendThatIsThereAndItsNameStays() {
        long id = bench.id("tcp/frontend", "https");

        Report report = bench.apply(frontend(Protocol.TCP, "8443", "all", " " + id + " "));

        assertThat(report.result().path("frontendId").asLong()).isEqualTo(id);
        assertThat(body()).isEqualTo(json("{'port':'8443'}"));
    }

    @Test
    void aFrontendIsNotMadeUnderAnId() {
        IplbException failure = bench.refusal(frontend(Protocol.TCP, "8443", "all", "8443"));

        assertThat(failure)
                .hasMessageStartingWith(
                        "%s has no tcp frontend with the id 8443; there is only 'https' (".formatted(SERVICE));
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void whatANewFrontendNeedsIsNamedWithWhyItIsNeeded() {
        IplbException failure = bench.refusal(frontend(Protocol.TCP, "{'name': 'htpps', 'farm': 'web-http2'}"));

        assertThat(failure)
                .hasMessage(
                        "port: nothing was given; allowed: a port: there is no tcp frontend 'htpps' yet. Did you mean 'https'?");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void twoAtOnePortAreAConflictThatListsBoth() {
        bench.shop().add("tcp/frontend", Map.of("port", "443", "zone", "all", "displayName", "other"));

        assertThat(bench.refusal(wish("443", "all", null, "web-http2", null, null)))
                .hasMessageStartingWith("more than one frontend is on port 443 in zone all: ids ")
                .hasMessageEndingWith("; give its id or its name");
    }

    @Test
    void theSamePortInAnotherZoneIsAnotherFrontend() {
        long gra = bench.apply(frontend(Protocol.TCP, "8443", "gra", null))
                .result()
                .path("frontendId")
                .asLong();

        Report report = bench.apply(frontend(Protocol.TCP, "8443", "rbx", null));

        assertThat(report.result().path("frontendId").asLong()).isNotEqualTo(gra);
        assertThat(bench.shop().staged("tcp/frontend")).hasSize(3);
    }

    @Test
    void aPortThatOnlyContainsTheWantedOneIsAnotherFrontend() {
        bench.apply(frontend(Protocol.TCP, "44", "all", null));

        assertThat(bench.shop().staged("tcp/frontend")).hasSize(2);
    }

    @Test
    void twoOfOneNameAreAConflictThatListsBoth() {
        long first = bench.id("tcp/frontend", "https");
        long second = bench.shop().add("tcp/frontend", Map.of("displayName", "https", "port", "8443", "zone", "all"));

        IplbException failure = bench.refusal(frontend(Protocol.TCP, "443", "all", "https"));

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure).hasMessageContaining("ids %d and %d".formatted(first, second));
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void noAddressesMeansAllAddressesAsAnExplicitNull() {
        bench.apply(wish("443", "all", "https", null, null, ATTACHED));
        bench.forget();

        bench.apply(frontend(Protocol.TCP, "{'port': '443', 'zone': 'all', 'name': 'https', 'ips': []}"));

        assertThat(bench.writeCalls().get(0).requestBody()).isEqualTo("{\"dedicatedIpfo\":null}");
    }

    @Test
    void anAddressThatIsNotRoutedHereIsRefused() {
        IplbException failure = bench.refusal(wish("443", "all", "https", null, null, "203.0.113.7/32"));

        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure).hasMessageContaining("203.0.113.7/32 is not routed to " + SERVICE);
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void aZoneThatTheLoadBalancerDoesNotHaveIsRefusedAndItsZonesAreListed() {
        IplbException failure = bench.refusal(frontend(Protocol.TCP, "8443", "bhs", null));

        assertThat(failure).isInstanceOf(InvalidInput.class);
        assertThat(failure).hasMessage("zone: 'bhs' was given; allowed: all, or a zone of %s (gra, rbx)", SERVICE);
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void zonesAreTheSameInCapitals() {
        bench.apply(frontend(Protocol.TCP, "8443", "GRA", "capital"));
        assertThat(body().path("zone").asText()).isEqualTo("gra");

        assertThat(bench.apply(frontend(Protocol.TCP, "8443", "Gra", null)).changed())
                .isFalse();
    }

    @Test
    void portsAreWrittenWithoutSpacesAndLeadingZeros() {
        bench.apply(frontend(Protocol.TCP, " 8443 , 09000-9010", "all", "list"));
        assertThat(body().path("port").asText()).isEqualTo("8443,9000-9010");

        assertThat(bench.apply(frontend(Protocol.TCP, "08443,9000-9010", "all", null))
                        .changed())
                .isFalse();
    }

    @Test
    void aLostAnswerDoesNotMakeASecondFrontend() {
        bench.sandbox()
                .faults()
                .on("POST", "/ipLoadbalancing/*/tcp/frontend")
                .times(1)
                .cutAfterEffect();

        bench.apply(wish("8443", "gra", null, null, true, ATTACHED));

        assertThat(bench.shop().staged("tcp/frontend")).hasSize(2);
    }

    @Test
    void aFrontendThatIsKnownByItsNameNeedsNeitherPortNorZone() {
        bench.apply(frontend(Protocol.HTTP, "{'name': 'http', 'disabled': true}"));
        assertThat(body()).isEqualTo(json("{'disabled': true}"));

        assertThat(bench.refusal(frontend(Protocol.HTTP, "{'name': 'new', 'zone': 'all'}")))
                .hasMessageStartingWith("port: nothing was given");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "'farm'; 'app'; 'defaultFarmId'",
                "'ips'; ['198.51.100.24']; 'dedicatedIpfo'",
                "'allowedSource'; ['192.0.2.1']; 'allowedSource'",
                "'deniedSource'; ['192.0.2.1']; 'deniedSource'",
                "'httpHeader'; ['X-Port %cp']; 'httpHeader'",
                "'redirectLocation'; 'https://a.example/'; 'redirectLocation'",
            })
    void nullResetsAField(String parameter, String value, String field) {
        bench.apply(frontend(Protocol.HTTP, "{'name': 'http', %s: %s}".formatted(parameter, value)));
        bench.forget();

        bench.apply(frontend(Protocol.HTTP, "{'name': 'http', %s: null}".formatted(parameter)));

        assertThat(body()).isEqualTo(json("{%s: null}".formatted(field)));
        assertThat(bench.apply(frontend(Protocol.HTTP, "{'name': 'http', %s: null}".formatted(parameter)))
                        .changed())
                .isFalse();
    }

    @Test
    void listsAreSets() {
        String all = "{'name': 'http', 'allowedSource': ['192.0.2.0/24', '10.0.0.1'], 'httpHeader': ['A 1', 'B 2']}";
        String same =
                "{'name': 'http', 'allowedSource': ['10.0.0.1/32', '192.0.2.0/24', '10.0.0.1'], 'httpHeader': ['B 2', 'A 1']}";
        bench.apply(frontend(Protocol.HTTP, all));

        assertThat(bench.apply(frontend(Protocol.HTTP, same)).changed()).isFalse();
    }

    @Test
    void sourcesAreAllowedOrDeniedAndNotBoth() {
        String denied = "'deniedSource': ['10.0.0.0/8']";
        bench.apply(frontend(Protocol.HTTP, "{'name': 'http', 'allowedSource': ['192.0.2.0/24']}"));
        bench.forget();

        assertThat(bench.refusal(frontend(Protocol.HTTP, "{'name': 'http', %s}".formatted(denied))))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("allowed: nothing while allowedSource is set");
        assertThat(bench.writes()).isEmpty();

        bench.apply(frontend(Protocol.HTTP, "{'name': 'http', 'allowedSource': null, %s}".formatted(denied)));
        assertThat(bench.named("http/frontend").get("http").fields().path("deniedSource"))
                .isEqualTo(json("['10.0.0.0/8']"));
    }

    private static EnsureFrontend wish(String port, String zone, String name, String farm, Boolean ssl, String ip) {
        Fields fields = Fields.none()
                .withPresent("port", Optional.ofNullable(port))
                .withPresent("zone", Optional.ofNullable(zone))
                .withPresent("name", Optional.ofNullable(name))
                .withPresent("farm", Optional.ofNullable(farm))
                .withPresent("ssl", Optional.ofNullable(ssl))
                .withPresent("ips", Optional.ofNullable(ip).map(List::of));
        return new EnsureFrontend(SERVICE, Protocol.TCP, Optional.empty(), fields);
    }

    private JsonNode body() {
        return json(bench.writeCalls().get(0).requestBody());
    }
}
