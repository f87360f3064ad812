package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.change.Wishes.server;
import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static io.jenkins.plugins.iplb.testing.Bench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On the demo world's farm app, which has servers at 192.0.2.31 and 192.0.2.32 and is on port 8080. */
@ExtendWith(SandboxExtension.class)
class EnsureServerTest {
    private Bench bench;
    private long app;
    private long first;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        app = bench.id("http/farm", "app");
        first = bench.shop().staged("http/server").get(0).id();
    }

    @ParameterizedTest
    @EnumSource
    void everyProtocolHasServers(Protocol protocol) {
        long farm = bench.shop().add(protocol.code() + "/farm", Map.of("zone", "all", "port", 53));

        Report report = bench.apply(server(protocol, farm, "{'address': '192.0.2.99'}"));

        assertThat(bench.writes())
                .containsExactly(
                        "POST /ipLoadbalancing/%s/%s/farm/%d/server".formatted(SERVICE, protocol.code(), farm));
        assertThat(body()).isEqualTo(json("{'address': '192.0.2.99', 'status': 'active'}"));
        assertThat(report.result().path("farmId").asLong()).isEqualTo(farm);
        assertThat(report.result().path("serverId").asLong())
                .isEqualTo(bench.shop()
                        .staged(protocol.code() + "/server")
                        .get(bench.shop().staged(protocol.code() + "/server").size() - 1)
                        .id());
    }

    @Test
    void aServerIsDrainedByTheWeightZeroAndNothingElseIsTouched() {
        bench.apply(server(Protocol.HTTP, "app", "{'address': '192.0.2.31', 'weight': 0}"));

        assertThat(bench.writes())
                .containsExactly("PUT /ipLoadbalancing/%s/http/farm/%d/server/%d".formatted(SERVICE, app, first));
        assertThat(body()).isEqualTo(json("{'weight': 0}"));
        assertThat(bench.apply(server(Protocol.HTTP, "app", "{'address': '192.0.2.31', 'weight': 0}"))
                        .changed())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'address': '192.0.2.31'}",
                "{'address': '192.0.2.31', 'status': 'active'}",
                "{'address': '192.0.2.31', 'weight': 1}",
                "{'address': '192.0.2.31', 'weight': null, 'backup': false, 'probe': false, 'ssl': false}",
                "{'address': '192.0.2.31', 'port': null, 'chain': null}",
            })
    void whatOvhDoesByDefaultIsNoChange(String fields) {
        assertThat(bench.apply(server(Protocol.HTTP, "app", fields)).changed()).isFalse();
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void theFarmsPortIsThatOfAServerThatHasNone() {
        Report report = bench.apply(server(Protocol.HTTP, "app", "{'address': '192.0.2.31', 'port': 8080}"));

        assertThat(report.result().path("serverId").asLong()).isEqualTo(first);
        assertThat(body()).isEqualTo(json("{'port': 8080}"));
    }

    @Test
    void theSameAddressOnAnotherPortIsAnotherServer() {
        Report report = bench.apply(server(Protocol.HTTP, "app", "{'address': '192.0.2.31', 'port': 8081}"));

        assertThat(report.result().path("serverId").asLong()).isNotEqualTo(first);
        assertThat(bench.shop().staged("http/server")).hasSize(3);
    }

    @Test
    void aServerThatIsKnownByItsNameGetsAnotherPort() {
        bench.apply(server(Protocol.HTTP, "app", "blue", "{'address': '192.0.2.31'}"));
        bench.forget();

        bench.apply(server(Protocol.HTTP, "app", "blue", "{'address': '192.0.2.31', 'port': 8081}"));

        assertThat(body()).isEqualTo(json("{'port': 8081}"));
    }

    @Test
    void aServerAtTheAddressGetsTheName() {
        Report report = bench.apply(server(Protocol.HTTP, "app", "blue", "{'address': '192.0.2.31'}"));

        assertThat(report.result().path("serverId").asLong()).isEqualTo(first);
        assertThat(body()).isEqualTo(json("{'displayName': 'blue'}"));
    }

    @Test
    void aServerThatIsNotThereIsMadeUnderItsName() {
        bench.apply(server(Protocol.HTTP, "app", "green", "{'address': '192.0.2.99', 'status': 'inactive'}"));

        assertThat(body()).isEqualTo(json("{'displayName': 'green', 'address': '192.0.2.99', 'status': 'inactive'}"));
    }

    @Test
    void aServerMayBeGivenByItsIdAndRenamed() {
        bench.apply(server(Protocol.HTTP, "app", first, "{'name': 'blue', 'status': 'inactive'}"));

        assertThat(body()).isEqualTo(json("{'displayName': 'blue', 'status': 'inactive'}"));
    }

    @Test
    void ofSeveralAtOneAddressTheNameDecides() {
        long second = bench.shop()
                .add(
                        "http/server",
                        app,
                        Map.of("address", "192.0.2.31", "status", "active", "port", 81, "displayName", "blue"));

        Report report = bench.apply(server(Protocol.HTTP, "app", "blue", "{'address': '192.0.2.31', 'weight': 0}"));

        assertThat(report.result().path("serverId").asLong()).isEqualTo(second);
        IplbException failure = bench.refusal(server(Protocol.HTTP, "app", "{'address': '192.0.2.31', 'weight': 0}"));
        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure)
                .hasMessage(
                        "more than one server of farm %d is at 192.0.2.31: ids %d and %d; give its port, its name or its id",
                        app, first, second);
    }

    @Test
    void aServerStaysAtItsAddress() {
        bench.apply(server(Protocol.HTTP, "app", "blue", "{'address': '192.0.2.31'}"));
        bench.forget();

        IplbException failure = bench.refusal(server(Protocol.HTTP, "app", "blue", "{'address': '192.0.2.99'}"));

        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure)
                .hasMessage(
                        "server %d of farm %d is at 192.0.2.31, and stays there: remove it, or make another one for 192.0.2.99",
                        first, app);
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void aServerThatIsNotThereCannotBeMadeByItsIdNorWithoutItsAddress() {
        assertThat(bench.refusal(server(Protocol.HTTP, "app", 99, "{'address': '192.0.2.99'}")))
                .hasMessage("http farm %d has no server 99", app);
        assertThat(bench.refusal(server(Protocol.HTTP, "app", "green", "{'weight': 0}")))
                .hasMessage("address: nothing was given; allowed: an IPv4 address: there is no such server yet");
        assertThat(bench.refusal(server(Protocol.HTTP, "nowhere", "{'address': '192.0.2.99'}")))
                .hasMessage("%s has no http farm named 'nowhere'; there is only 'app' (%d)", SERVICE, app);
        assertThat(bench.writes()).isEmpty();
    }

    private JsonNode body() {
        return json(bench.writeCalls().get(0).requestBody());
    }
}
