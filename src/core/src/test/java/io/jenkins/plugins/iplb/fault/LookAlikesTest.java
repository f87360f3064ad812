package io.jenkins.plugins.iplb.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whoever looks for what a lost POST has made must not take anything else for it. */
@ExtendWith(SandboxExtension.class)
class LookAlikesTest {
    private FaultBench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new FaultBench(sandbox, clock, directory);
    }

    @Test
    void aRouteThatWasThereBeforeIsNotTakenForTheNewOne() {
        long elsewhere = Post.shop(bench.world())
                .add("tcp/frontend", Map.of("displayName", "elsewhere", "port", "8443", "zone", "gra"));
        long before = addRoute("web-http2", Map.of("frontendId", elsewhere));
        addRule(before);
        Mishap.CUT_BEFORE_EFFECT.armOnce(bench, Post.ROUTE);

        bench.run(Post.ROUTE);

        assertThat(bench.fates(Post.ROUTE)).containsExactly(Fate.NO_EFFECT, Fate.DONE);
        assertThat(Post.shop(bench.world()).staged("tcp/route")).hasSize(2);
        assertThat(rulesOf(before)).isOne();
    }

    @Test
    void aRouteThatSomebodyElseMakesMeanwhileIsNotTakenForTheNewOne() {
        Mishap.CUT_BEFORE_EFFECT.armOnce(bench, Post.ROUTE);
        long[] others = new long[1];
        bench.watcher(Watchers.before(
                Post.ROUTE, () -> others[0] = others[0] == 0 ? addRoute("web-http1", Map.of()) : others[0]));

        bench.run(Post.ROUTE);

        assertThat(bench.fates(Post.ROUTE)).containsExactly(Fate.NO_EFFECT, Fate.DONE);
        assertThat(rulesOf(others[0])).isZero();
        assertThat(Post.shop(bench.world()).staged("tcp/route"))
                .filteredOn(route -> route.id() != others[0])
                .singleElement()
                .extracting(Item::targetFarm)
                .isEqualTo(Post.id(bench.world(), "tcp/farm", "web-http2"));
    }

    @Test
    void aMoveOfFormerTimesIsNotTakenForTheNewOne() {
        bench.run(Post.MOVE);
        bench.service(DemoWorld.DEDICATED_SERVER).run(Post.MOVE);
        Mishap.CUT_BEFORE_EFFECT.armOnce(bench, Post.MOVE);

        bench.service(DemoWorld.SERVICE).run(Post.MOVE);

        assertThat(bench.fates(Post.MOVE)).containsExactly(Fate.NO_EFFECT, Fate.DONE);
        assertThat(bench.world().routedTo(DemoWorld.MOVABLE_IP)).contains(DemoWorld.SERVICE);
        assertThat(bench.effects(Post.MOVE)).isEqualTo(3);
    }

    /** Somebody else's, to a farm; of the same name as the one that is wished for. */
    private long addRoute(String farm, Map<String, ?> more) {
        Map<String, Object> fields = new HashMap<>(more);
        fields.put("displayName", Post.route(DemoWorld.SERVICE).name());
        fields.put("action", Map.of("type", "farm", "target", "" + Post.id(bench.world(), "tcp/farm", farm)));
        return Post.shop(bench.world()).add("tcp/route", fields);
    }

    private void addRule(long route) {
        Post.shop(bench.world())
                .add("tcp/rule", route, Map.of("field", "sni", "match", "is", "pattern", "other.shop.example"));
    }

    private long rulesOf(long route) {
        return Post.shop(bench.world()).staged("tcp/rule").stream()
                .filter(rule -> rule.parent() == route)
                .count();
    }
}
