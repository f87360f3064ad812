package io.jenkins.plugins.iplb.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * OVH's own client from npm speaks https alone and is not told that this is a sandbox. It takes 201 and 204 for errors and sends
 * a PUT of nulls alone empty (2.0.3): the sandbox answers 200 as OVH does, and takes a PUT that says nothing.
 */
@ExtendWith(SandboxExtension.class)
class NpmClientTest {
    private static final Path FOLDER = Path.of("target", "npm-client").toAbsolutePath();

    @Test
    void ovhsOwnClientListsCreatesRefreshesAndWaits(Sandbox sandbox, TestClock clock) throws Exception {
        install();
        ServiceSeed shop = sandbox.world().service(DemoWorld.SERVICE);
        sandbox.calls().onExchange(call -> {
            if (call.rawPath().contains("/task/")) {
                clock.advance(Duration.ofSeconds(5));
            }
        });
        Map<String, Object> client = Map.of(
                "host", sandbox.httpsEndpoint().getHost(),
                "port", sandbox.httpsEndpoint().getPort(),
                "appKey", sandbox.credentials().applicationKey(),
                "appSecret", sandbox.credentials().applicationSecret(),
                "consumerKey", sandbox.credentials().consumerKey());
        String settings = Json.of(Map.of(
                        "client", client,
                        "frontendId", shop.id("tcp/frontend", "https"),
                        "farmId", Long.toString(shop.id("tcp/farm", "web-http2"))))
                .toString();

        Ran ran = run(
                List.of("node", "guide.js"),
                Map.of(
                        "SANDBOX",
                        settings,
                        "NODE_EXTRA_CA_CERTS",
                        sandbox.caFile().toString()));

        assertThat(ran.exit()).as(ran.output()).isZero();
        JsonNode answer = Json.parse(ran.output());
        assertThat(answer.path("services").get(0).asText()).isEqualTo(DemoWorld.SERVICE);
        assertThat(answer.path("displayName").asText()).isEqualTo("h2 – préprod");
        assertThat(answer.path("status").asText()).isEqualTo("done");
        assertThat(answer.path("pending")).isEmpty();
        assertThat(shop.live("rbx", "tcp/rule")).hasSize(1);
        assertThat(sandbox.calls().all()).extracting(Exchange::status).containsOnly(200);
        assertThat(sandbox.calls().all())
                .filteredOn(call -> call.method().equals("PUT"))
                .extracting(Exchange::requestBody)
                .containsExactly("");
    }

    private static void install() throws Exception {
        assumeTrue(runs("node"), "node is not here, so OVH's npm client is not tried");
        assumeTrue(runs("npm"), "npm is not here, so OVH's npm client is not tried");
        Files.createDirectories(FOLDER);
        for (String file : List.of("package.json", "guide.js")) {
            try (var resource = NpmClientTest.class.getResourceAsStream("/npm/" + file)) {
                Files.copy(resource, FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Ran ran = run(List.of("npm", "install", "--no-audit", "--no-fund", "--no-package-lock"), Map.of());
        assumeTrue(ran.exit() == 0, "npm can not install the ovh package here, so it is not tried:\n" + ran.output());
    }

    private static boolean runs(String program) throws Exception {
        try {
            Files.createDirectories(FOLDER);
            return run(List.of(program, "--version"), Map.of()).exit() == 0;
        } catch (IOException notFound) {
            return false;
        }
    }

    private record Ran(int exit, String output) {}

    private static Ran run(List<String> command, Map<String, String> environment) throws Exception {
        File output = Files.createTempFile(FOLDER, "run", ".out").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        String text = Files.readString(output.toPath(), StandardCharsets.UTF_8);
        Files.delete(output.toPath());
        return new Ran(ended ? process.exitValue() : -1, text);
    }
}
