package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class ConfigurationCommandTest {
    private static final String FILE = """
            loadBalancer: %s
            http:
              farms:
                blue:
                  zone: all
                  port: ${PORT:-80}
                  servers:
                    192.0.2.10:8080: {weight: 10}
            """.formatted(DemoWorld.SERVICE);

    private Shell shell;
    private Path folder;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) throws IOException {
        shell = new Shell(sandbox, clock, directory);
        folder = directory;
        write("iplb.yaml", FILE);
    }

    @Test
    void planTellsWhatWouldChangeAndEndsWithSix() {
        Shell.Ran ran = shell.run("plan iplb.yaml", "--set", "PORT=8000");

        assertThat(ran.code()).isEqualTo(6);
        assertThat(ran.out().lines())
                .containsSubsequence(
                        "+ Farm blue would be added",
                        "    + zone: all",
                        "    + port: 8000",
                        "+ Server 192.0.2.10:8080 would be added to farm blue",
                        "    + weight: 10",
                        DemoWorld.SERVICE + ": 2 to be added");
        assertThat(shell.shop().staged("http/farm")).hasSize(1);
        assertThat(folder.resolve("iplb-changes.json")).doesNotExist();
    }

    @Test
    void applyMakesItSoAndThenThereIsNothingToPlan() {
        Shell.Ran ran = shell.run("apply iplb.yaml");

        assertThat(ran.code()).as(ran.toString()).isZero();
        assertThat(ran.out()).contains(DemoWorld.SERVICE + ": 2 added").contains("recorded in iplb-changes.json");
        assertThat(shell.shop().live("gra", "http/farm")).hasSize(2);
        assertThat(shell.run("plan iplb.yaml").code()).isZero();
        assertThat(shell.run("plan iplb.yaml").out()).contains(DemoWorld.SERVICE + ": nothing to change");
    }

    @Test
    void aStoredPlanIsAppliedAsItWasOrNotAtAll() throws IOException {
        assertThat(shell.run("plan iplb.yaml --out plan.json", "--set", "PORT=8000")
                        .code())
                .isEqualTo(6);
        write("iplb.yaml", "nobody reads this any more");

        Shell.Ran ran = shell.run("apply plan.json");
        assertThat(ran.code()).as(ran.toString()).isZero();
        assertThat(shell.shop().staged("http/farm").get(1).fields().path("port").asInt())
                .isEqualTo(8000);

        Shell.Ran again = shell.run("apply plan.json");
        assertThat(again.code()).isEqualTo(3);
        assertThat(again.err())
                .contains("is no longer as it was when this was planned; plan it again. ")
                .contains("Farm blue would be added: nothing is left to do");
    }

    @Test
    void rollbackUndoesWhatTheRecordSays() {
        shell.run("apply iplb.yaml");

        Shell.Ran planned = shell.run("rollback iplb-changes.json --check");
        assertThat(planned.out())
                .contains("- Server 192.0.2.10:8080 would be removed from farm blue")
                .contains("- Farm blue would be removed");
        assertThat(shell.shop().live("gra", "http/farm")).hasSize(2);

        Shell.Ran ran = shell.run("rollback iplb-changes.json");

        assertThat(ran.code()).as(ran.toString()).isZero();
        assertThat(ran.out()).contains(DemoWorld.SERVICE + ": 2 removed");
        assertThat(shell.shop().live("gra", "http/farm")).hasSize(1);
    }

    @Test
    void anEntryThatIsNotInTheRecordIsRefusedWithThoseThatAre() {
        shell.run("apply iplb.yaml");

        Shell.Ran ran = shell.run("rollback iplb-changes.json --entry nobody");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("--entry: 'nobody' was given; allowed: an entry of the record: ")
                .contains("(Farm blue added)");
    }

    @Test
    void exportWritesAFileThatHasNothingToChange() throws IOException {
        shell.run("apply iplb.yaml");

        Shell.Ran ran = shell.run("export --service " + DemoWorld.SERVICE);

        assertThat(ran.code()).as(ran.toString()).isZero();
        assertThat(ran.out()).contains("  farms:\n").contains("        192.0.2.10:8080:\n");
        write("exported.yaml", ran.out());
        assertThat(shell.run("plan exported.yaml").code()).isZero();
    }

    @Test
    void exportChangesAFileWhereItDiffersAndKeepsItsComments() throws IOException {
        shell.run("apply iplb.yaml");
        write("old.yaml", "# ours\n" + FILE.replace("{weight: 10}", "{weight: 3} # few"));

        Shell.Ran checked = shell.run("export --update old.yaml --only http/farms --check");
        assertThat(checked.out()).endsWith("old.yaml: %s would be said in it%n".formatted(DemoWorld.SERVICE));
        assertThat(Files.readString(folder.resolve("old.yaml"))).contains("{weight: 3}");
        Shell.Ran ran = shell.run("export --update old.yaml --only http/farms");

        assertThat(ran.code()).as(ran.toString()).isZero();
        assertThat(ran.out())
                .contains("weight: 3 -> 10")
                .contains("old.yaml: " + DemoWorld.SERVICE + " is said in it now");
        assertThat(Files.readString(folder.resolve("old.yaml")))
                .contains("# ours")
                .contains("{weight: 10} # few");
        assertThat(shell.run("plan old.yaml").code()).isZero();
        assertThat(shell.run("export --update old.yaml --only http/farms").out())
                .isEqualTo("old.yaml: %s is as it says%n".formatted(DemoWorld.SERVICE));
        assertThat(shell.run("export").err()).contains("--service: nothing was given");
    }

    @Test
    void mistakesAreToldWithTheirPlacesAndNothingIsSent() throws IOException {
        write("iplb.yaml", FILE.replace("weight", "wieght").replace("zone: all", "zone: [all]"));

        Shell.Ran ran = shell.run("plan iplb.yaml");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("iplb.yaml:5:13: zone: ")
                .contains("iplb.yaml:8:27: wieght: http server has no such field; did you mean weight?");
    }

    @Test
    void aValueForANameThatNoPlaceholderCanHaveIsRefused() {
        Shell.Ran ran = shell.run("plan iplb.yaml", "--set", "port=8000");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--set: 'port=8000' was given; allowed: NAME=VALUE, NAME in capitals");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        Shell.Ran ran = shell.run("plan nowhere.yaml");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("FILE: 'nowhere.yaml' was given; allowed: a file that can be read, in UTF-8");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
