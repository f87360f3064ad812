package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.change.Wishes.HTTP2;
import static io.jenkins.plugins.iplb.change.Wishes.host;
import static io.jenkins.plugins.iplb.change.Wishes.http2Route;
import static io.jenkins.plugins.iplb.change.Wishes.httpRoute;
import static io.jenkins.plugins.iplb.change.Wishes.ref;
import static io.jenkins.plugins.iplb.change.Wishes.sni;
import static io.jenkins.plugins.iplb.change.Wishes.tcpRoute;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.change.RouteTarget.ToFarm;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody refreshes the load balancer after each single call: what goes live must make sense every time. */
@ExtendWith(SandboxExtension.class)
class HalfMadeRoutesTest {
    private Bench bench;

    /** The rules of each attached route that was live after any call. */
    private final List<Set<String>> live = new CopyOnWriteArrayList<>();

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        sandbox.world().refreshTakes(Duration.ZERO);
    }

    @Test
    void aNewRouteIsLiveWithAllItsRulesOrNotAtAll() {
        refreshAfterEachCall("tcp");

        bench.apply(tcpRoute("https", "web-http2", "h2", HTTP2, sni("www.shop.example")));

        assertThat(bench.writes()).hasSize(4);
        assertThat(Set.copyOf(live)).containsExactly(Set.of("protocol is http/2.0", "sni is www.shop.example"));
    }

    @Test
    void aRouteWhoseAnswersAreLostIsLiveWithAllItsRulesOrNotAtAll() {
        refreshAfterEachCall("tcp");
        bench.sandbox()
                .faults()
                .on("POST", "/ipLoadbalancing/*/tcp/route")
                .times(1)
                .cutAfterEffect();
        bench.sandbox()
                .faults()
                .on("POST", "/ipLoadbalancing/*/tcp/route/*/rule")
                .times(1)
                .cutAfterEffect();

        bench.apply(http2Route());

        assertThat(bench.shop().staged("tcp/route")).hasSize(1);
        assertThat(bench.shop().staged("tcp/rule")).hasSize(1);
        assertThat(Set.copyOf(live)).containsExactly(Set.of("protocol is http/2.0"));
    }

    @ParameterizedTest
    @CsvSource({
        "a, x",
        "a, x y",
        "a, x y z",
        "a b, x",
        "a b, x y",
        "a b, b x",
        "a b c, x",
        "a b c d, d",
        "a, a x y z w",
    })
    void aRouteThatGetsOtherRulesNeverMatchesMoreThanBeforeOrAfter(String before, String after) {
        bench.apply(route(before));
        refreshAfterEachCall("http");

        bench.apply(route(after));

        Set<String> old = said(before);
        Set<String> wanted = said(after);
        assertThat(live).isNotEmpty().allMatch(rules -> rules.containsAll(old) || rules.containsAll(wanted));
        assertThat(live.get(live.size() - 1)).isEqualTo(wanted);
    }

    @Test
    void aFullRouteHasNeverMoreThanFiveRulesAndNeverFewer() {
        bench.apply(route("a b c d e"));
        refreshAfterEachCall("http");

        bench.apply(route("v w x y z"));

        assertThat(live).isNotEmpty().allMatch(rules -> rules.size() == 5);
        assertThat(bench.sandbox().calls().all()).noneMatch(call -> call.status() == 400);
    }

    private void refreshAfterEachCall(String protocol) {
        bench.sandbox().calls().onExchange(call -> {
            bench.shop().refresh();
            List<Item> rules = bench.shop().live("gra", protocol + "/rule");
            bench.shop().live("gra", protocol + "/route").stream()
                    .filter(route -> route.fields().hasNonNull("frontendId"))
                    .forEach(route -> live.add(rules.stream()
                            .filter(rule -> rule.parent() == route.id())
                            .map(rule -> rule.text("field") + " " + rule.text("match") + " " + rule.text("pattern"))
                            .collect(Collectors.toSet())));
        });
    }

    private static EnsureRoute route(String hosts) {
        RuleSpec[] rules = Stream.of(hosts.split(" ")).map(Wishes::host).toArray(RuleSpec[]::new);
        return httpRoute(new ToFarm(ref("app")), null, "r", rules);
    }

    private static Set<String> said(String hosts) {
        return Arrays.stream(hosts.split(" "))
                .map(name -> host(name).toString())
                .collect(Collectors.toSet());
    }
}
