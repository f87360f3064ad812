package io.jenkins.plugins.iplb.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.change.Removable;
import io.jenkins.plugins.iplb.change.Remove;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.run.Run;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** PUT and DELETE, which are sent again without looking: what comes of it, and what the record says. */
@ExtendWith(SandboxExtension.class)
class RepeatedWritesTest {
    private static final String ROUTE = "/ipLoadbalancing/*/tcp/route/*";
    private static final String UDP_FARM = "/ipLoadbalancing/*/udp/farm/*";
    private static final String RULE = "/ipLoadbalancing/*/tcp/route/*/rule/*";

    private FaultBench bench;
    private Bench plain;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new FaultBench(sandbox, clock, directory);
        plain = new Bench(sandbox, clock, directory);
    }

    @Test
    void anUpdateWhoseAnswerIsLostIsRepeatedAndTheFirstTryStaysOpenInTheRecord() {
        bench.sandbox().faults().on("PUT", ROUTE).times(1).cutAfterEffect();

        bench.run(Post.ROUTE);

        Post.ROUTE.assertDone(bench.world());
        bench.assertTruthful();
        assertThat(bench.lastEntry().outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(bench.lastEntry().calls())
                .extracting(RecordedCall::fate)
                .containsExactly(Fate.DONE, Fate.DONE, Fate.DONE, Fate.UNKNOWN, Fate.DONE);
    }

    @Test
    void aRemovalWhoseAnswerIsLostHasSucceededWhenTheRepetitionFindsNothing() {
        addRouteWithARuleTooMany();
        bench.sandbox().faults().on("DELETE", RULE).times(1).cutAfterEffect();

        bench.run(Post.ROUTE);

        Post.ROUTE.assertDone(bench.world());
        bench.assertTruthful();
        assertThat(bench.lastEntry().outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(bench.lastEntry().calls())
                .filteredOn(call -> call.method().equals("DELETE"))
                .extracting(RecordedCall::fate)
                .containsExactly(Fate.TOOK_EFFECT, Fate.REFUSED);
    }

    @Test
    void aRemovalThatDidNotArriveIsRepeated() {
        addRouteWithARuleTooMany();
        bench.sandbox().faults().on("DELETE", RULE).times(1).cutBeforeEffect();

        bench.run(Post.ROUTE);

        Post.ROUTE.assertDone(bench.world());
        bench.assertTruthful();
    }

    @Test
    void aFarmOfWhoseRemovalEveryAnswerIsLostIsGoneAllTheSame() {
        Post.shop(bench.world())
                .add(
                        "udp/server",
                        Post.shop(bench.world())
                                .add("udp/farm", Map.of("zone", "all", "port", 53, "displayName", "dns")),
                        Map.of("address", "192.0.2.53", "status", "active"));
        bench.sandbox().faults().on("DELETE", UDP_FARM).times(1).cutAfterEffect();
        bench.sandbox().faults().on("DELETE", UDP_FARM + "/server/*").times(1).cutAfterEffect();

        Report report = plain.apply(
                new Remove(DemoWorld.SERVICE, Protocol.UDP, new Removable.Farm(Reference.parse("farm", "dns"))));

        assertThat(report.changed()).isTrue();
        assertThat(Post.shop(bench.world()).staged("udp/farm")).isEmpty();
        assertThat(Post.shop(bench.world()).staged("udp/server")).isEmpty();
        bench.assertTruthful();
        assertThat(bench.lastEntry().calls())
                .extracting(RecordedCall::fate)
                .containsExactly(Fate.TOOK_EFFECT, Fate.REFUSED, Fate.TOOK_EFFECT, Fate.REFUSED);
    }

    @Test
    void aPostThatIsLookedForSaysNothingAboutAnotherCallWhoseAnswerWasLost() {
        long farm = Post.id(bench.world(), "tcp/farm", "web-http2");
        ServiceCalls calls = new ServiceCalls(DemoWorld.SERVICE);
        ApiCall put = calls.updateFarm(Protocol.TCP, farm, Fields.none().with("stickiness", "sourceIp"));
        ApiCall post = calls.createFrontend(
                Protocol.TCP, Fields.none().with("port", "8443").with("zone", "all"));
        bench.sandbox().faults().on("PUT", "/**").times(1).cutAfterEffect();
        bench.sandbox().faults().on("POST", "/**").times(1).cutBeforeEffect();
        Run run = plain.run("test", plain.deadline());

        run.ovh().send(put);
        run.ovh().sendOnce(post, reply -> Optional.of(reply.body()), Optional::empty);

        bench.assertTruthful();
        assertThat(bench.lastEntry().calls())
                .extracting(RecordedCall::fate)
                .containsExactly(Fate.UNKNOWN, Fate.DONE, Fate.NO_EFFECT, Fate.DONE);
    }

    private void addRouteWithARuleTooMany() {
        Post.RULE.prepare(bench.world());
        long route = Post.shop(bench.world()).staged("tcp/route").get(0).id();
        add(route, Map.of("field", "protocol", "match", "is", "pattern", "http/2.0"));
        add(route, Map.of("field", "sni", "match", "is", "negate", true, "pattern", "old.shop.example"));
        add(route, Map.of("field", "source", "match", "is", "pattern", "192.0.2.0/24"));
    }

    private void add(long route, Map<String, ?> rule) {
        Post.shop(bench.world()).add("tcp/rule", route, rule);
    }
}
