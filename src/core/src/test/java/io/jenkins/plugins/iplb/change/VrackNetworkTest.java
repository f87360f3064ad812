package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static io.jenkins.plugins.iplb.testing.Bench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Networks of the vRack, with the farms of whatever protocol that are in them. */
@ExtendWith(SandboxExtension.class)
class VrackNetworkTest {
    private static final String NEW = "{'subnet': '10.0.0.0/24', 'natIp': '10.0.0.0/28', 'vlan': 42}";

    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        bench.shop().property("vrackName", "pn-1234");
    }

    @Test
    void aNetworkIsMadeOnceWithItsFarms() {
        Report made = bench.apply(ensure(NEW, "app", "web-http1"));

        assertThat(bench.writes()).containsExactly("POST /ipLoadbalancing/" + SERVICE + "/vrack/network");
        assertThat(made.headline(false)).isEqualTo("vRack network private added");
        assertThat(made.diff())
                .extracting(Object::toString)
                .anyMatch(line -> line.startsWith("+ farms: ") && line.contains("app ("))
                .contains("+ vlan: 42", "+ subnet: 10.0.0.0/24", "+ natIp: 10.0.0.0/28");
        assertThat(bench.read("http/farm", bench.id("http/farm", "app"))
                        .path("vrackNetworkId")
                        .asLong())
                .isEqualTo(made.result().path("vrackNetworkId").asLong());
        assertThat(bench.apply(ensure(NEW, "web-http1", "app")).changed()).isFalse();
    }

    @Test
    void itsFarmsAreTheseAndNoOthers() {
        long id =
                bench.apply(ensure(NEW, "app")).result().path("vrackNetworkId").asLong();
        bench.forget();

        bench.apply(ensure("{'natIp': '10.0.0.16/28'}", "web-http2"));

        String network = "/ipLoadbalancing/%s/vrack/network/%d".formatted(SERVICE, id);
        assertThat(bench.writes()).containsExactly("PUT " + network, "POST " + network + "/updateFarmId");
        assertThat(bench.read("http/farm", bench.id("http/farm", "app"))
                        .path("vrackNetworkId")
                        .isNull())
                .isTrue();

        IplbException used = bench.refusal(new RemoveVrackNetwork(SERVICE, new Reference("private")));
        assertThat(used).hasMessageContaining("is in use by farms web-http2 (");
        bench.apply(new EnsureVrackNetwork(
                SERVICE,
                new Reference("private"),
                Fields.none(),
                Optional.of(Stream.<Reference>of().toList())));
        assertThat(bench.apply(new RemoveVrackNetwork(SERVICE, new Reference("private")))
                        .changed())
                .isTrue();
        assertThat(bench.apply(new RemoveVrackNetwork(SERVICE, new Reference("private")))
                        .changed())
                .isFalse();
    }

    @Test
    void whatCannotBeIsToldBeforeAnythingIsSent() {
        assertThat(bench.refusal(ensure("{'natIp': '10.0.0.0/28'}")))
                .hasMessageContaining("subnet: nothing was given")
                .hasMessageContaining("there is no vRack network 'private' yet");
        assertThat(bench.refusal(ensure(NEW, "ap"))).hasMessageContaining("has no farm 'ap'. Did you mean 'app'?");
        bench.shop().property("vrackName", null);
        IplbException outside = bench.refusal(ensure(NEW));
        assertThat(outside.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(outside).hasMessageContaining("is in no vRack");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void anIdThatNoNetworkHasIsToldBeforeAnythingIsSent() {
        EnsureVrackNetwork unknown =
                new EnsureVrackNetwork(SERVICE, new Reference("99"), Fields.none(), Optional.empty());

        assertThat(bench.refusal(unknown)).hasMessageContaining("has no vRack network with the id 99: there is none");
        long id = bench.apply(ensure(NEW)).result().path("vrackNetworkId").asLong();
        bench.forget();
        IplbException refusal = bench.refusal(unknown);

        assertThat(refusal.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(refusal)
                .hasMessageContaining("has no vRack network with the id 99: there is private (%d)".formatted(id));
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void aNetworkStaysInItsSubnet() {
        bench.apply(ensure(NEW));
        bench.forget();

        IplbException refusal = bench.refusal(ensure("{'subnet': '10.1.0.0/24'}"));

        assertThat(refusal.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(refusal).hasMessageContaining("stays in its subnet: make another one for 10.1.0.0/24");
        assertThat(bench.writes()).isEmpty();
    }

    private static EnsureVrackNetwork ensure(String fields, String... farms) {
        return new EnsureVrackNetwork(
                SERVICE,
                new Reference("private"),
                new Fields((ObjectNode) json(fields)),
                farms.length == 0
                        ? Optional.empty()
                        : Optional.of(Stream.of(farms).map(Reference::new).toList()));
    }
}
