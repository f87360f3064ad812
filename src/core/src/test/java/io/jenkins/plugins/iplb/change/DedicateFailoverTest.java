package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.change.Wishes.dedicate;
import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static io.jenkins.plugins.iplb.testing.Bench.json;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class DedicateFailoverTest {
    private static final String FIRST = "198.51.100.24/32";
    private static final String SECOND = "198.51.100.25/32";

    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        sandbox.world().failoverIp(SECOND, SERVICE);
    }

    @Test
    void theListIsASet() {
        bench.apply(dedicate(Protocol.TCP, "https", FIRST, SECOND));
        bench.forget();

        Report report = bench.apply(dedicate(Protocol.TCP, "https", "198.51.100.25", "198.51.100.24", SECOND));

        assertThat(report.changed()).isFalse();
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void anAddressThatOvhWritesWithoutItsLengthIsTheSame() {
        bench.shop().add("tcp/frontend", frontend("bare", Map.of("dedicatedIpfo", List.of("198.51.100.24"))));

        assertThat(bench.apply(dedicate(Protocol.TCP, "bare", FIRST)).changed()).isFalse();
    }

    @Test
    void theSetIsReplacedAsAWhole() {
        bench.apply(dedicate(Protocol.TCP, "https", FIRST));
        bench.forget();

        bench.apply(dedicate(Protocol.TCP, "https", SECOND));

        assertThat(bench.writeCalls().get(0).requestBody()).isEqualTo("{\"dedicatedIpfo\":[\"%s\"]}".formatted(SECOND));
    }

    @Test
    void noneIsAnExplicitNullOnTheWireAndNeedsNoListOfAddresses() {
        bench.apply(dedicate(Protocol.TCP, "https", FIRST));
        bench.forget();

        Report report = bench.apply(dedicate(Protocol.TCP, "https"));

        assertThat(bench.writeCalls().get(0).requestBody()).isEqualTo("{\"dedicatedIpfo\":null}");
        assertThat(bench.reads()).noneMatch(read -> read.endsWith("/failover"));
        assertThat(report.changed()).isTrue();
        assertThat(bench.apply(dedicate(Protocol.TCP, "https")).changed()).isFalse();
    }

    @Test
    void anAddressThatIsNotRoutedHereIsRefusedAndTheOnesThatAreAreListed() {
        IplbException failure = bench.refusal(dedicate(Protocol.TCP, "https", FIRST, "203.0.113.7"));

        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure)
                .hasMessage(
                        "failover IP 203.0.113.7/32 is not routed to %s (it has: %s, %s): move it there first",
                        SERVICE, FIRST, SECOND);
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void udpFrontendsTakeThemToo() {
        long frontend = bench.shop().add("udp/frontend", frontend("dns", Map.of()));

        bench.apply(dedicate(Protocol.UDP, frontend, FIRST));

        assertThat(bench.read("udp/frontend", frontend).path("dedicatedIpfo"))
                .isEqualTo(json("['%s']".formatted(FIRST)));
    }

    @Test
    void twoFrontendsOfOneNameAreAConflictThatListsBoth() {
        long first = bench.id("tcp/frontend", "https");
        long second = bench.shop().add("tcp/frontend", frontend("https", Map.of()));

        IplbException failure = bench.refusal(dedicate(Protocol.TCP, "https", FIRST));

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure).hasMessageContaining("ids %d and %d".formatted(first, second));
        assertThat(bench.writes()).isEmpty();
    }

    private static Map<String, Object> frontend(String name, Map<String, ?> more) {
        Map<String, Object> fields = new HashMap<>(Map.of("displayName", name, "port", "8443", "zone", "all"));
        fields.putAll(more);
        return fields;
    }
}
