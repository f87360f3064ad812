package io.jenkins.plugins.iplb.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.SignedClient;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.RefreshTask;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SandboxExtension.class)
class RefreshTest {
    private static final String SERVICE = "/ipLoadbalancing/" + DemoWorld.SERVICE;

    private Sandbox sandbox;
    private TestClock clock;
    private SignedClient client;

    @BeforeEach
    void start(Sandbox started, TestClock testClock) {
        sandbox = started;
        clock = testClock;
        client = new SignedClient(sandbox, clock);
        sandbox.world().refreshTakes(Duration.ofSeconds(20));
    }

    @Test
    void aChangeIsPendingInEachZoneUntilARefreshIsDone() {
        rename("one");
        assertThat(pending("gra")).isEqualTo(1);
        assertThat(pending("rbx")).isEqualTo(1);

        long task =
                client.post(SERVICE + "/refresh", Map.of()).json().path("id").asLong();
        assertThat(status(task)).isEqualTo("todo");
        clock.advance(Duration.ofSeconds(10));
        assertThat(client.get(SERVICE + "/task/" + task).json().path("progress").asInt())
                .isEqualTo(50);
        assertThat(status(task)).isEqualTo("doing");
        assertThat(pending("gra")).isEqualTo(1);

        clock.advance(Duration.ofSeconds(10));
        assertThat(status(task)).isEqualTo("done");
        assertThat(client.get(SERVICE + "/pendingChanges").json()).isEmpty();
        assertThat(liveName("gra")).isEqualTo("one");
    }

    @Test
    void aTestEndsARefreshWhenItWants() {
        rename("one");
        sandbox.world().refreshTakes(Duration.ofHours(1));
        client.post(SERVICE + "/refresh", null);
        clock.advance(Duration.ofMinutes(1));

        sandbox.world().endTasks();

        RefreshTask refresh =
                sandbox.world().service(DemoWorld.SERVICE).refreshes().get(0);
        assertThat(status(refresh.id())).isEqualTo("done");
        assertThat(refresh.timeline().end()).isEqualTo(clock.instant());
        assertThat(client.get(SERVICE + "/pendingChanges").json()).isEmpty();
        assertThat(liveName("gra")).isEqualTo("one");
    }

    @Test
    void whatIsStagedWhileARefreshRunsIsNotDeployedByIt() {
        rename("one");
        client.post(SERVICE + "/refresh", null);
        clock.advance(Duration.ofSeconds(10));
        rename("two");
        clock.advance(Duration.ofSeconds(10));

        assertThat(liveName("gra")).isEqualTo("one");
        assertThat(pending("gra")).isEqualTo(1);
    }

    @Test
    void aRefreshOfOneZoneLeavesTheOthersAsTheyWere() {
        rename("one");
        client.post(SERVICE + "/refresh", Map.of("zone", "gra"));
        clock.advance(Duration.ofSeconds(20));

        assertThat(liveName("gra")).isEqualTo("one");
        assertThat(liveName("rbx")).isEqualTo("app");
        assertThat(pending("gra")).isZero();
        assertThat(pending("rbx")).isEqualTo(1);
    }

    @Test
    void aSecondRefreshIsRefusedWhileOneRuns() {
        client.post(SERVICE + "/refresh", null);
        assertThat(client.post(SERVICE + "/refresh", Map.of("zone", "rbx")).status())
                .isEqualTo(409);
        clock.advance(Duration.ofSeconds(20));
        assertThat(client.post(SERVICE + "/refresh", null).status()).isEqualTo(200);
    }

    @Test
    void aRefreshThatFailsDeploysNothing() {
        sandbox.faults().nextTaskEndsIn(TaskEnding.error);
        rename("one");
        long task = client.post(SERVICE + "/refresh", null).json().path("id").asLong();
        clock.advance(Duration.ofSeconds(20));

        assertThat(status(task)).isEqualTo("error");
        assertThat(liveName("gra")).isEqualTo("app");
        assertThat(pending("gra")).isEqualTo(1);
    }

    @Test
    void tasksAreBlockedHangAndVanishWhenAskedTo() {
        sandbox.faults()
                .nextTaskEndsIn(TaskEnding.blocked)
                .nextTaskEndsIn(TaskEnding.vanish)
                .nextTaskEndsIn(TaskEnding.hang);
        long blocked = refresh();
        clock.advance(Duration.ofSeconds(25));
        assertThat(status(blocked)).isEqualTo("blocked");
        clock.advance(Duration.ofSeconds(35));
        assertThat(status(blocked)).isEqualTo("done");

        rename("one");
        long vanishing = refresh();
        clock.advance(Duration.ofSeconds(20));
        assertThat(client.get(SERVICE + "/task/" + vanishing).status()).isEqualTo(404);
        assertThat(liveName("gra")).isEqualTo("one");

        long hanging = refresh();
        clock.advance(Duration.ofDays(1));
        assertThat(status(hanging)).isEqualTo("doing");
    }

    @Test
    void aFrontendThatLeadsNowhereForbidsTheRefreshEvenWhenDisabled() {
        var frontend = Map.of("port", "8080", "zone", "gra", "disabled", true);
        long id = client.post(SERVICE + "/tcp/frontend", frontend)
                .json()
                .path("frontendId")
                .asLong();

        var refused = client.post(SERVICE + "/refresh", null);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("message").asText()).contains("tcp/frontend " + id);
    }

    @Test
    void aFarmOutsideTheVrackForbidsTheRefreshOfALoadBalancerInIt() {
        sandbox.world()
                .service(DemoWorld.SERVICE)
                .property("vrackName", "pn-1")
                .vrackNetwork("10.0.0.0/24", "10.0.0.0/28", 0);
        assertThat(client.post(SERVICE + "/refresh", null)
                        .json()
                        .path("message")
                        .asText())
                .contains("is not in the vRack");
    }

    @Test
    void tasksAreListedByActionAndStatus() {
        long task = refresh();
        assertThat(client.get(SERVICE + "/task?action=refreshIplb&status=todo")
                        .json()
                        .toString())
                .isEqualTo("[" + task + "]");
        assertThat(client.get(SERVICE + "/task?action=refreshIplb&status=done").json())
                .isEmpty();
        assertThat(client.get(SERVICE + "/task?status=finished").status()).isEqualTo(400);
    }

    private long refresh() {
        return client.post(SERVICE + "/refresh", null).json().path("id").asLong();
    }

    private String status(long task) {
        return client.get(SERVICE + "/task/" + task).json().path("status").asText();
    }

    private int pending(String zone) {
        return sandbox.world().service(DemoWorld.SERVICE).pending().getOrDefault(zone, 0);
    }

    private void rename(String name) {
        long farm = client.get(SERVICE + "/http/farm").json().get(0).asLong();
        assertThat(client.put(SERVICE + "/http/farm/" + farm, Map.of("displayName", name))
                        .status())
                .isEqualTo(200);
    }

    private String liveName(String zone) {
        return sandbox.world()
                .service(DemoWorld.SERVICE)
                .live(zone, "http/farm")
                .get(0)
                .text("displayName");
    }
}
