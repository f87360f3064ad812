package io.jenkins.plugins.iplb.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.SignedClient;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SandboxExtension.class)
class FailoverIpTest {
    private static final String SERVICE = "/ipLoadbalancing/" + DemoWorld.SERVICE;
    private static final String IP = "/ip/203.0.113.7%2F32";

    private Sandbox sandbox;
    private TestClock clock;
    private SignedClient client;

    @BeforeEach
    void start(Sandbox started, TestClock testClock) {
        sandbox = started;
        clock = testClock;
        client = new SignedClient(sandbox, clock);
        sandbox.world().ipMoveTakes(Duration.ofSeconds(60));
    }

    @Test
    void aMoveTakesTimeAndThenTheLoadBalancerHasTheIp() {
        JsonNode task =
                client.post(IP + "/move", Map.of("to", DemoWorld.SERVICE)).json();
        assertThat(task.path("status").asText()).isEqualTo("init");
        assertThat(task.path("function").asText()).isEqualTo("genericMoveFloatingIp");
        clock.advance(Duration.ofSeconds(10));
        assertThat(status(task)).isEqualTo("todo");
        clock.advance(Duration.ofSeconds(10));
        assertThat(status(task)).isEqualTo("doing");
        assertThat(sandbox.world().routedTo("203.0.113.7")).contains(DemoWorld.DEDICATED_SERVER);

        clock.advance(Duration.ofSeconds(40));
        assertThat(status(task)).isEqualTo("done");
        assertThat(client.get(IP).json().path("routedTo").path("serviceName").asText())
                .isEqualTo(DemoWorld.SERVICE);
        assertThat(client.get(SERVICE + "/failover").json().toString())
                .isEqualTo("[\"198.51.100.24/32\",\"203.0.113.7/32\"]");
    }

    @Test
    void anIpMayThenBeDedicatedToAFrontend() {
        client.post(IP + "/move", Map.of("to", DemoWorld.SERVICE));
        var frontend = Map.of("zone", "all", "port", "8443", "dedicatedIpfo", List.of("203.0.113.7/32"));
        assertThat(client.post(SERVICE + "/tcp/frontend", frontend).status()).isEqualTo(400);
        clock.advance(Duration.ofSeconds(60));
        assertThat(client.post(SERVICE + "/tcp/frontend", frontend).status()).isEqualTo(200);
    }

    @Test
    void aSecondMoveIsRefusedWhileOneRuns() {
        client.post(IP + "/move", Map.of("to", DemoWorld.SERVICE));
        assertThat(client.post(IP + "/park", null).status()).isEqualTo(409);
    }

    @Test
    void onlyDestinationsThatAreOfferedAreAccepted() {
        JsonNode offered = client.get(IP + "/move").json();
        assertThat(offered.path("ipLoadbalancing").get(0).path("service").asText())
                .isEqualTo(DemoWorld.SERVICE);
        assertThat(offered.path("dedicatedServer").isArray()).isTrue();
        assertThat(offered.path("dedicatedServer")).isEmpty();
        assertThat(offered.path("vmwareCloudDirector").isArray()).isTrue();
        assertThat(client.post(IP + "/move", Map.of("to", DemoWorld.DEDICATED_SERVER))
                        .status())
                .isEqualTo(400);
        assertThat(client.post(IP + "/move", Map.of("to", "vps-1")).status()).isEqualTo(400);
    }

    @Test
    void aMoveThatFailsSaysSoAndLeavesTheIpWhereItWas() {
        sandbox.faults().nextTaskEndsIn(TaskEnding.customerError);
        JsonNode task =
                client.post(IP + "/move", Map.of("to", DemoWorld.SERVICE)).json();
        clock.advance(Duration.ofSeconds(60));
        assertThat(status(task)).isEqualTo("customerError");
        assertThat(sandbox.world().routedTo("203.0.113.7/32")).contains(DemoWorld.DEDICATED_SERVER);
        assertThat(client.get(IP + "/task?function=genericMoveFloatingIp&status=customerError")
                        .json())
                .hasSize(1);
        assertThat(client.get(IP + "/task?status=error").status()).isEqualTo(400);
    }

    @Test
    void aParkedIpIsRoutedNowhere() {
        client.post(IP + "/park", null);
        clock.advance(Duration.ofSeconds(60));
        assertThat(client.get(IP).json().path("routedTo").isNull()).isTrue();
    }

    @Test
    void aBareAddressWillDoAndAnUnencodedSlashWillNot() {
        assertThat(client.get("/ip/203.0.113.7").json().path("ip").asText()).isEqualTo("203.0.113.7/32");
        assertThat(client.get("/ip/203.0.113.7/32").status()).isEqualTo(404);
    }

    @Test
    void ipsAreListedByWhereTheyAreRouted() {
        assertThat(client.get("/ip?routedTo.serviceName=" + DemoWorld.SERVICE)
                        .json()
                        .toString())
                .isEqualTo("[\"198.51.100.24/32\"]");
        assertThat(client.get("/ip?type=failover&version=4&isAdditionalIp=true").json())
                .hasSize(2);
        assertThat(client.get("/ip?ip=203.0.113.7%2F32", "X-Pagination-Mode", "CachedObjectList-Pages")
                        .json()
                        .get(0)
                        .path("country")
                        .asText())
                .isEqualTo("fr");
        assertThat(client.get("/ip?type=moon").status()).isEqualTo(400);
    }

    private String status(JsonNode task) {
        return client.get(IP + "/task/" + task.path("taskId"))
                .json()
                .path("status")
                .asText();
    }
}
