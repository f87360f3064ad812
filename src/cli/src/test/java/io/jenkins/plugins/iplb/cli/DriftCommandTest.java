package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class DriftCommandTest {
    private static final String BLUE_AT_81 =
            "ensure-farm --service %s --protocol http --farm blue --port 81".formatted(DemoWorld.SERVICE);

    private Shell shell;
    private Path folder;
    private TestClock time;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) throws IOException {
        shell = new Shell(sandbox, clock, directory);
        folder = directory;
        time = clock;
        Files.writeString(folder.resolve("iplb.yaml"), """
                loadBalancer: %s
                http: {farms: {blue: {zone: all, port: '${PORT:-80}'}}}
                """.formatted(DemoWorld.SERVICE));
        assertThat(shell.run("apply iplb.yaml").code()).isZero();
    }

    @Test
    void withoutDriftItEndsWithZero() {
        for (String from : new String[] {"iplb.yaml", "iplb-changes.json"}) {
            Shell.Ran ran = shell.run("drift " + from);

            assertThat(ran.code()).as(ran.toString()).isZero();
            assertThat(ran.out().strip()).isEqualTo(DemoWorld.SERVICE + ": no drift");
        }
    }

    @Test
    void whatSomebodyElseHasChangedEndsWithSix() {
        shell.run(BLUE_AT_81, "--record", "other.json");

        for (String from : new String[] {"iplb.yaml", "iplb-changes.json"}) {
            Shell.Ran ran = shell.run("drift " + from);

            assertThat(ran.code()).as(ran.toString()).isEqualTo(6);
            assertThat(ran.out().lines())
                    .contains("~ Farm blue is different", "    port: 81 instead of 80")
                    .endsWith(DemoWorld.SERVICE + ": 1 different");
        }
        assertThat(shell.run("drift iplb.yaml", "--set", "PORT=81").code()).isZero();
        assertThat(shell.run("drift iplb.yaml", "--record", "none.json").code()).isEqualTo(6);
        assertThat(folder.resolve("none.json")).doesNotExist();
    }

    @Test
    void scriptsGetTheSameInParts() {
        shell.run(BLUE_AT_81, "--record", "other.json");

        Shell.Ran ran = shell.run("drift iplb.yaml --output json");

        JsonNode result = ran.json().path("result");
        assertThat(ran.code()).isEqualTo(6);
        assertThat(result.path("drifted").asBoolean()).isTrue();
        assertThat(result.path("differences").get(0).path("state").asText()).isEqualTo("different");
        assertThat(result.path("differences").get(0).path("fields").get(0).toString())
                .isEqualTo("{\"path\":\"port\",\"actual\":81,\"expected\":80}");
        assertThat(result.path("pending").get(0).path("number").asInt()).isEqualTo(1);
    }

    @Test
    void whatIsPendingForTooLongIsDriftIfThatIsAsked() {
        shell.run(BLUE_AT_81);
        time.advance(Duration.ofHours(2));

        Shell.Ran now = shell.run("drift iplb-changes.json");
        assertThat(now.code()).as(now.toString()).isZero();
        now = shell.run("drift iplb-changes.json --pending-for 3h");
        assertThat(now.code()).as(now.toString()).isZero();
        Shell.Ran ran = shell.run("drift iplb-changes.json --pending-for 1h");
        assertThat(ran.code()).as(ran.toString()).isEqualTo(6);
        assertThat(ran.out())
                .contains("! pending in gra: 1 since ")
                .contains("(iplb ensure-farm)")
                .contains(DemoWorld.SERVICE + ": pending for too long");
    }

    @Test
    void whatCannotBeMeantIsRefusedAndNothingIsSent() throws IOException {
        assertThat(shell.run("drift nowhere.yaml").err())
                .contains("FILE: 'nowhere.yaml' was given; allowed: a file that can be read, in UTF-8");
        assertThat(shell.run("drift iplb.yaml --pending-for soon").err())
                .contains("--pending-for: 'soon' was given; allowed: a duration of at least a second");
        Files.writeString(
                folder.resolve("empty.json"), "{\"format\": \"iplb-changes\", \"version\": 1, \"entries\": []}");
        Shell.Ran ran = shell.run("drift empty.json");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("FILE: 'empty.json' was given; allowed: a change file, or a record in which something has");
    }
}
