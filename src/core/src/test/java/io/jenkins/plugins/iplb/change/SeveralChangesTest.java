package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.change.Wishes.HTTP2;
import static io.jenkins.plugins.iplb.change.Wishes.ensureRule;
import static io.jenkins.plugins.iplb.change.Wishes.farm;
import static io.jenkins.plugins.iplb.change.Wishes.http2Route;
import static io.jenkins.plugins.iplb.change.Wishes.sni;
import static io.jenkins.plugins.iplb.change.Wishes.stickiness;
import static io.jenkins.plugins.iplb.change.Wishes.tcpRoute;
import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The changes of one run share what they read. */
@ExtendWith(SandboxExtension.class)
class SeveralChangesTest {
    private Bench bench;
    private Changes changes;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        OvhSession session = bench.session();
        changes = new Changes(session, new Snapshot(session, SERVICE));
    }

    @Test
    void aListIsReadOnceForAllOfThem() {
        changes.plan(http2Route());
        changes.plan(tcpRoute("https", "web-http1", "other", sni("a.example")));
        changes.plan(stickiness(Protocol.TCP, "web-http1", "sourceIp"));

        assertThat(bench.reads()).hasSize(3);
    }

    @Test
    void eachSeesWhatTheOneBeforeHasWritten() {
        long route = apply(http2Route()).path("routeId").asLong();

        assertThat(changes.plan(http2Route()).changes()).isFalse();
        assertThat(changes.plan(ensureRule(Protocol.TCP, route, null, HTTP2)).changes())
                .isFalse();

        apply(ensureRule(Protocol.TCP, route, null, sni("a.example")));

        assertThat(changes.plan(tcpRoute("https", "web-http2", null, HTTP2, sni("a.example")))
                        .changes())
                .isFalse();
    }

    @Test
    void aNetworkKnowsItsFarmsAndTheyKnowIt() {
        bench.shop().property("vrackName", "pn-1234");
        long network = bench.shop().vrackNetwork("private", "10.0.0.0/24", "10.0.0.0/28", 42);
        EnsureFarm inside = farm(Protocol.HTTP, "app", "{'vrackNetworkId': %d}".formatted(network));
        EnsureVrackNetwork empty =
                new EnsureVrackNetwork(SERVICE, new Reference("private"), Fields.none(), Optional.of(List.of()));

        apply(inside);
        apply(empty);

        assertThat(changes.plan(inside).changes()).isTrue();
    }

    @Test
    void whatIsSetOfTheLoadBalancerItselfIsKnown() {
        SetService renamed = new SetService(SERVICE, Fields.none().with("name", "other"));

        apply(renamed);

        assertThat(changes.plan(renamed).changes()).isFalse();
    }

    @Test
    void whatIsWrittenIsNotReadAgain() {
        apply(http2Route());
        bench.forget();

        changes.plan(http2Route());

        assertThat(bench.reads()).isEmpty();
    }

    private ObjectNode apply(Change change) {
        Execution execution = changes.execution(change, changes.plan(change));
        execution.make();
        return execution.finish();
    }
}
