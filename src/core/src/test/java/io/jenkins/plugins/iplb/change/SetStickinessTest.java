package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.change.Wishes.stickiness;
import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SandboxExtension.class)
class SetStickinessTest {
    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
    }

    @ParameterizedTest
    @CsvSource({"HTTP, app, cookie", "HTTP, app, sourceIp", "TCP, web-http1, sourceIp"})
    void eachModeIsOnePutOfOneField(Protocol protocol, String farm, String mode) {
        long id = bench.id(protocol.code() + "/farm", farm);

        Report report = bench.apply(stickiness(protocol, farm, mode));

        assertThat(bench.writes())
                .containsExactly("PUT /ipLoadbalancing/%s/%s/farm/%d".formatted(SERVICE, protocol.code(), id));
        assertThat(bench.writeCalls().get(0).requestBody()).isEqualTo("{\"stickiness\":\"%s\"}".formatted(mode));
        assertThat(bench.read(protocol.code() + "/farm", id).path("stickiness").asText())
                .isEqualTo(mode);
        assertThat(report.result().path("stickiness").asText()).isEqualTo(mode);
        assertThat(report.result().path("farmId").asLong()).isEqualTo(id);
    }

    @Test
    void noneIsAnExplicitNullOnTheWire() {
        bench.apply(stickiness(Protocol.HTTP, "app", "cookie"));
        bench.forget();

        Report report = bench.apply(stickiness(Protocol.HTTP, "app", "none"));

        assertThat(bench.writeCalls().get(0).requestBody()).isEqualTo("{\"stickiness\":null}");
        assertThat(bench.read("http/farm", bench.id("http/farm", "app"))
                        .path("stickiness")
                        .isNull())
                .isTrue();
        assertThat(report.result().path("stickiness").asText()).isEqualTo("none");
    }

    @Test
    void noneOfAFarmThatHasNoneIsNoChange() {
        Report report = bench.apply(stickiness(Protocol.TCP, "web-http1", "none"));

        assertThat(report.changed()).isFalse();
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void anIdTakesOneRead() {
        bench.apply(stickiness(Protocol.HTTP, bench.id("http/farm", "app"), "cookie"));

        assertThat(bench.reads()).hasSize(1);
    }

    @Test
    void aFarmThatIsNotThereIsRefused() {
        IplbException failure = bench.refusal(stickiness(Protocol.HTTP, "nowhere", "cookie"));

        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure)
                .hasMessage(
                        "%s has no http farm named 'nowhere'; there is only 'app' (%d)",
                        SERVICE, bench.id("http/farm", "app"));
        assertThat(bench.writes()).isEmpty();
    }
}
