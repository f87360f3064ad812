package io.jenkins.plugins.iplb.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A whole load balancer by a module. */
@ExtendWith(SandboxExtension.class)
class ConfigModuleTest {
    private static final String FILE = """
            loadBalancer: %s
            http:
              farms:
                Blue:
                  zone: all
                  port: ${PORT:-80}
                  servers: {192.0.2.10:8080: {onMarkedDown: shutdown-sessions}}
            """.formatted(ModuleRunner.SERVICE);

    private static final String CONFIG = "{service: $S, path: iplb.yaml, values: {PORT: 8000}}";

    private ModuleRunner runner;
    private Path folder;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) throws IOException {
        runner = new ModuleRunner(sandbox, clock, directory);
        folder = directory;
        Files.writeString(folder.resolve("iplb.yaml"), FILE);
    }

    @Test
    void checkModeSaysWhatWouldChangeAndWritesNothing() {
        ModuleRunner.Ran ran = runner.check("iplb_config", CONFIG);

        assertThat(ran.changed()).isTrue();
        assertThat(ran.get("counts").path("added").asInt()).isEqualTo(2);
        assertThat(ran.get("changes").findValuesAsText("msg"))
                .containsExactly("Farm Blue would be added", "Server 192.0.2.10:8080 would be added to farm Blue");
        assertThat(ran.get("diff").path("after").textValue())
                .contains("farm Blue: port: 8000\n")
                .contains("server 192.0.2.10:8080: on_marked_down: shutdown-sessions\n");
        assertThat(ran.get("calls").path("writes").asInt()).isZero();
        assertThat(runner.shop().staged("http/farm")).hasSize(1);
    }

    @Test
    void itIsMadeSoAndLiveAndThenThereIsNothingToDo() {
        assertThat(runner.run("iplb_config", CONFIG).changed()).isTrue();
        assertThat(runner.shop().live("gra", "http/farm")).hasSize(2);

        ModuleRunner.Ran again = runner.run("iplb_config", CONFIG);

        assertThat(again.changed()).isFalse();
        assertThat(again.get("counts").path("unchanged").asInt()).isEqualTo(2);
    }

    @Test
    void theTextItselfAndWithoutARefreshIsAsGood() {
        String content = "{service: $S, refresh: false, content: \"%s\"}".formatted(FILE.replace("\n", "\\n"));

        assertThat(runner.run("iplb_config", content).changed()).isTrue();
        assertThat(runner.shop().staged("http/farm")).hasSize(2);
        assertThat(runner.shop().live("gra", "http/farm")).hasSize(1);
    }

    @Test
    void whatCannotBeMeantIsToldWithItsPlace() throws IOException {
        Files.writeString(folder.resolve("iplb.yaml"), FILE.replace("zone", "zoen"));

        JsonNode answer = runner.run("iplb_config", CONFIG).answer();

        assertThat(answer.path("failed").asBoolean()).isTrue();
        assertThat(answer.path("msg").textValue())
                .contains("iplb.yaml:5:7: zoen: http farm has no such field; did you mean zone?");
        assertThat(runner.run("iplb_config", "{service: $S, path: nowhere.yaml}")
                        .answer()
                        .path("msg")
                        .textValue())
                .contains("path: ")
                .contains("a file of this machine that can be read, in UTF-8");
    }

    @Test
    void aFileAboutAnotherLoadBalancerIsRefused() {
        assertThat(runner.run("iplb_config", "{service: loadbalancer-other, path: iplb.yaml}")
                        .answer()
                        .path("msg")
                        .textValue())
                .contains("'loadbalancer-other' was given; allowed: what the change file is about: "
                        + ModuleRunner.SERVICE);
    }
}
