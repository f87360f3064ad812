package io.jenkins.plugins.iplb.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.iplb.sandbox.fault.Faults;
import io.jenkins.plugins.iplb.sandbox.fault.Misbehaviour;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.SignedClient;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SandboxExtension.class)
class FaultsTest {
    private static final String ROUTES = "/ipLoadbalancing/" + DemoWorld.SERVICE + "/tcp/route";
    private static final String ANY_ROUTES = "/ipLoadbalancing/*/tcp/route";
    private static final Map<String, ?> ROUTE = Map.of("action", Map.of("type", "reject"));

    private Sandbox sandbox;
    private SignedClient client;

    @BeforeEach
    void start(Sandbox started, TestClock clock) {
        sandbox = started;
        client = new SignedClient(sandbox, clock);
    }

    @Test
    void aConnectionCutAfterTheEffectLeavesTheEffect() {
        sandbox.faults().on("POST", ANY_ROUTES).times(1).cutAfterEffect();
        assertThatThrownBy(() -> client.post(ROUTES, ROUTE)).isInstanceOf(UncheckedIOException.class);

        assertThat(routes()).isEqualTo(1);
        Exchange cut = sandbox.calls().matching("POST", ANY_ROUTES).get(0);
        assertThat(cut.outcome()).isEqualTo("cut");
        assertThat(cut.effect()).isTrue();
        assertThat(client.post(ROUTES, ROUTE).status()).isEqualTo(200);
    }

    @Test
    void aConnectionCutBeforeTheEffectLeavesNone() {
        sandbox.faults().on("POST", ANY_ROUTES).times(1).cutBeforeEffect();
        assertThatThrownBy(() -> client.post(ROUTES, ROUTE)).isInstanceOf(UncheckedIOException.class);

        assertThat(routes()).isZero();
        assertThat(sandbox.calls().matching("POST", ANY_ROUTES).get(0).effect()).isFalse();
    }

    @Test
    void aStatusKeepsTheCallFromItsEffect() {
        sandbox.faults().on("*", "/ipLoadbalancing/**").times(1).statusWithRetryAfter(429, 7);
        var answer = client.post(ROUTES, ROUTE);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.http().headers().firstValue("Retry-After")).contains("7");
        assertThat(answer.http().headers().firstValue("X-OVH-QUERYID")).isPresent();
        assertThat(routes()).isZero();
    }

    @Test
    void aGatewayAnswersHtml() {
        sandbox.faults().on("GET", ANY_ROUTES).times(1).html(503);
        var answer = client.get(ROUTES);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.http().headers().firstValue("Content-Type")).contains("text/html");
    }

    @Test
    void garbageAndEmptyBodiesComeAfterTheEffect() {
        sandbox.faults().on("POST", ANY_ROUTES).times(1).garbageAfterEffect();
        sandbox.faults().on("POST", ANY_ROUTES).times(1).emptyAfterEffect();
        assertThat(client.post(ROUTES, ROUTE).json().isMissingNode()).isTrue();
        assertThat(client.post(ROUTES, ROUTE).http().body()).isEmpty();
        assertThat(routes()).isEqualTo(2);
    }

    @Test
    void aDelayAndASlowBodyDelayAndNoMore() {
        sandbox.faults().on("POST", ANY_ROUTES).times(1).delay(Duration.ofMillis(30));
        sandbox.faults().on("GET", ANY_ROUTES).times(1).slowBody(Duration.ofMillis(1));
        long before = System.nanoTime();
        assertThat(client.post(ROUTES, ROUTE).status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
        assertThat(client.get(ROUTES).json()).hasSize(1);
    }

    @Test
    void aStatusMayComeAfterTheEffect() {
        sandbox.faults().on("POST", ANY_ROUTES).times(1).afterEffect().html(504);

        assertThat(client.post(ROUTES, ROUTE).status()).isEqualTo(504);

        assertThat(routes()).isEqualTo(1);
        assertThat(sandbox.calls().matching("POST", ANY_ROUTES).get(0).effect()).isTrue();
    }

    @Test
    void whatADiceDecidesIsTheSameForTheSameSeed() {
        assertThat(dice(7)).isEqualTo(dice(7)).contains(200, 503);
        assertThat(dice(8)).isNotEqualTo(dice(7));
    }

    @Test
    void aStormIsTheSameForTheSameSeed() {
        assertThat(storm(7)).isEqualTo(storm(7));
        assertThat(storm(8)).isNotEqualTo(storm(7));
    }

    @Test
    void aStormHitsAboutTheShareThatIsAskedForWithAllThatItKnows() {
        List<String> struck = storm(1);

        assertThat(struck).filteredOn(call -> !call.startsWith("none")).hasSizeBetween(100, 200);
        assertThat(struck)
                .extracting(call -> call.split("[ ,]")[0])
                .contains(
                        Arrays.stream(Misbehaviour.Act.values()).map(Enum::name).toArray(String[]::new));
        assertThat(struck)
                .extracting(call -> call.split(", ")[1])
                .contains(Arrays.stream(TaskEnding.values()).map(Enum::name).toArray(String[]::new));
    }

    @Test
    void aStormIsOverWhenFaultsAreCleared() {
        sandbox.faults().storm(1, 1).clear();

        assertThat(client.get(ROUTES).status()).isEqualTo(200);
        assertThat(sandbox.faults().takeEnding()).isEqualTo(TaskEnding.done);
    }

    @Test
    void supportEndsATaskThatHangs(TestClock clock) {
        sandbox.faults().nextTaskEndsIn(TaskEnding.hang);
        client.post("/ipLoadbalancing/" + DemoWorld.SERVICE + "/refresh", "{}");
        clock.advance(Duration.ofDays(1));

        sandbox.world().cancelHangingTasks();

        assertThat(sandbox.world().service(DemoWorld.SERVICE).refreshes())
                .extracting(task -> task.status(clock.instant()))
                .containsExactly("cancelled");
        assertThat(client.post("/ipLoadbalancing/" + DemoWorld.SERVICE + "/refresh", "{}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void everyCallIsWrittenDownWithoutSecrets() {
        client.get("/ip/203.0.113.7%2F32");
        Exchange call = sandbox.calls().all().get(0);
        assertThat(call.path()).isEqualTo("/ip/203.0.113.7/32");
        assertThat(call.rawPath()).isEqualTo("/ip/203.0.113.7%2F32");
        assertThat(call.who()).isEqualTo(sandbox.credentials().applicationKey());
        assertThat(call.status()).isEqualTo(200);
        assertThat(call.toString()).doesNotContain(sandbox.credentials().consumerKey());
        assertThat(sandbox.calls().count("GET", "/ip/*")).isEqualTo(1);
    }

    /** What it does to the next 500 calls, and to a task after each. */
    private List<String> storm(long seed) {
        Faults faults = new Faults().storm(seed, 0.3);
        return IntStream.range(0, 500)
                .mapToObj(call -> faults.strike("GET", "/ipLoadbalancing")
                                .map(fault -> fault.act() + " " + fault.status())
                                .orElse("none")
                        + ", " + faults.takeEnding())
                .toList();
    }

    private List<Integer> dice(long seed) {
        sandbox.faults().clear();
        sandbox.faults()
                .seed(seed)
                .on("GET", "/ipLoadbalancing")
                .probability(0.5)
                .status(503);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            statuses.add(client.get("/ipLoadbalancing").status());
        }
        return statuses;
    }

    private int routes() {
        return sandbox.world().service(DemoWorld.SERVICE).staged("tcp/route").size();
    }
}
