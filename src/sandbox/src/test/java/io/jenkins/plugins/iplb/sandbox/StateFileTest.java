package io.jenkins.plugins.iplb.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.testing.SignedClient;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    private static final String SERVICE = "/ipLoadbalancing/" + DemoWorld.SERVICE;

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock();

    @Test
    void aSandboxGoesOnWhereTheLastOneWasCutShort() {
        long task;
        String key;
        try (Sandbox first = start()) {
            SignedClient client = new SignedClient(first, clock);
            client.post(SERVICE + "/http/farm", Map.of("zone", "gra", "displayName", "kept"));
            task = client.post(SERVICE + "/refresh", null).json().path("id").asLong();
            client.post("/ip/203.0.113.7/move", Map.of("to", DemoWorld.SERVICE));
            client.post(SERVICE + "/http/farm", Map.of("zone", "gra", "displayName", "later"));
            key = first.credentials().consumerKey();
        }
        clock.advance(Duration.ofSeconds(60));
        try (Sandbox second = start()) {
            SignedClient client = new SignedClient(second, clock);
            assertThat(second.credentials().consumerKey()).isEqualTo(key);
            assertThat(client.get(SERVICE + "/task/" + task)
                            .json()
                            .path("status")
                            .asText())
                    .isEqualTo("done");
            assertThat(second.world().service(DemoWorld.SERVICE).live("gra", "http/farm"))
                    .extracting(farm -> farm.text("displayName"))
                    .containsExactly("app", "kept");
            assertThat(second.world().service(DemoWorld.SERVICE).pending()).isEqualTo(Map.of("gra", 1));
            assertThat(second.world().routedTo("203.0.113.7/32")).contains(DemoWorld.SERVICE);
            assertThat(client.post(SERVICE + "/http/farm", Map.of("zone", "gra"))
                            .json()
                            .path("farmId")
                            .asLong())
                    .isGreaterThan(task);
        }
        assertThat(folder).isDirectoryContaining(file -> file.endsWith("state.json"));
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void theAuthoritysCertificateIsWrittenWhereAsked() throws Exception {
        Path ca = folder.resolve("ca.pem");
        try (Sandbox sandbox = Sandbox.builder().caFile(ca).start()) {
            assertThat(sandbox.caFile()).isEqualTo(ca);
            assertThat(Files.readString(ca)).startsWith("-----BEGIN CERTIFICATE-----");
        }
        assertThat(ca).exists();
    }

    private Sandbox start() {
        return Sandbox.builder()
                .clock(clock)
                .world(DemoWorld::in)
                .stateFile(folder.resolve("state.json"))
                .start();
    }
}
