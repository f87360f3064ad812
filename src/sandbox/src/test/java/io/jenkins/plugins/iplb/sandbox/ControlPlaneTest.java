package io.jenkins.plugins.iplb.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.SignedClient;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What another process can do to the sandbox over http. */
@ExtendWith(SandboxExtension.class)
class ControlPlaneTest {
    private static final String SERVICE = "/ipLoadbalancing/" + DemoWorld.SERVICE;

    private Sandbox sandbox;
    private TestClock clock;
    private SignedClient client;

    @BeforeEach
    void start(Sandbox started, TestClock testClock) {
        sandbox = started;
        clock = testClock;
        client = new SignedClient(sandbox, clock);
    }

    @Test
    void faultsAreArmedAndClearedInTheWordsOfTheJavaApi() {
        control("POST", "faults", """
                [{"method":"GET","path":"/ipLoadbalancing/*","times":1,"act":"status","status":503,
                  "headers":{"Retry-After":"3"},"contentType":"text/html","body":"<html/>"},
                 {"expandedLists":false,"nextTaskEndsIn":"error","seed":3}]""");
        var answer = client.get(SERVICE);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.http().headers().firstValue("Retry-After")).contains("3");
        assertThat(client.get(SERVICE + "/zone", "X-Pagination-Mode", "CachedObjectList-Pages")
                        .json()
                        .get(0)
                        .isTextual())
                .isTrue();

        long task = client.post(SERVICE + "/refresh", null).json().path("id").asLong();
        clock.advance(Duration.ofSeconds(20));
        assertThat(client.get(SERVICE + "/task/" + task).json().path("status").asText())
                .isEqualTo("error");

        control("POST", "faults", "{\"clockSkewSeconds\":600}");
        assertThat(client.get(SERVICE).status()).isEqualTo(400);
        control("DELETE", "faults", "");
        assertThat(client.get(SERVICE).status()).isEqualTo(200);
    }

    @Test
    void aScriptThatMakesNoSenseIsRefused() {
        assertThat(control("POST", "faults", "{\"path\":\"/ip\",\"act\":\"explode\"}")
                        .status())
                .isEqualTo(400);
        assertThat(control("POST", "faults", "{").status()).isEqualTo(400);
    }

    @Test
    void callsAreShownAndForgotten() {
        client.get(SERVICE);
        JsonNode calls = control("GET", "calls", "").json();
        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).path("rawPath").asText()).isEqualTo(SERVICE);
        assertThat(calls.get(0).path("outcome").asText()).isEqualTo("200");
        control("DELETE", "calls", "");
        assertThat(sandbox.calls().all()).isEmpty();
    }

    @Test
    void theStateIsShownWithoutCredentials() {
        var state = control("GET", "state", "");
        assertThat(state.json().path("services").get(0).path("name").asText()).isEqualTo(DemoWorld.SERVICE);
        assertThat(state.http().body()).doesNotContain(sandbox.credentials().applicationSecret());
    }

    private SignedClient.Answer control(String method, String what, String body) {
        return client.send(HttpRequest.newBuilder(sandbox.controlEndpoint().resolve(what))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }
}
