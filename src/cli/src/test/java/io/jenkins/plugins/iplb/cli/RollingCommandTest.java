package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/** A command of the user's own, for one server after the other. */
@ExtendWith(SandboxExtension.class)
class RollingCommandTest {
    private static final String ROLL = "rolling --service $S --protocol http --farm app --empty-after 5s";

    private Shell shell;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        shell = new Shell(sandbox, clock, directory);
        shell.write(
                "deploy.sh",
                "echo \"$1 $IPLB_SERVER $IPLB_SERVER_ADDRESS $IPLB_SERVER_PORT\" | tee -a deployed\ntest \"$2\" != \"$IPLB_SERVER\"\n");
    }

    @Test
    void itIsRunForEachServerAndToldWhichOneIsOut() throws IOException {
        Shell.Ran ran = shell.run(ROLL + " -- sh deploy.sh v2");

        assertThat(ran.code()).isZero();
        assertThat(Files.readAllLines(shell.file("deployed")))
                .containsExactly("v2 192.0.2.31 192.0.2.31 8080", "v2 192.0.2.32 192.0.2.32 8080");
        assertThat(ran.out()).contains("Farm app changed").doesNotContain("v2");
        assertThat(ran.err()).contains("v2 192.0.2.31 192.0.2.31 8080", "192.0.2.32 out and empty: 2 of 2");
    }

    @Test
    void whereItFailsTheServerIsBackAndTheNextOneIsNotTouched() throws IOException {
        Shell.Ran ran = shell.run(ROLL + " -- sh deploy.sh v2 192.0.2.31");

        assertThat(ran.code()).isEqualTo(4);
        assertThat(Files.readAllLines(shell.file("deployed"))).hasSize(1);
        assertThat(ran.err())
                .contains("sh ended with exit code 1: 192.0.2.31 is back in http farm 'app'")
                .contains("not begun: 192.0.2.32");
    }

    @Test
    void whatCannotBeRunIsTold() {
        assertThat(shell.run(ROLL + " -- ./no-such-command").err()).contains("./no-such-command cannot be run: ");
        assertThat(shell.run("rolling --service $S --protocol http --farm app --at-once none -- true")
                        .err())
                .contains("--at-once: 'none' was given; allowed: a number of servers from 1, or a share of them");
        assertThat(shell.run(ROLL).code()).isEqualTo(2);
        assertThat(shell.run(ROLL + " deploy.sh -- true").err())
                .contains("deploy.sh does not belong to an option; what is to be run comes after --");
    }

    @Test
    void aShareMovesToOtherServersAndTheCommandLearnsIt() throws IOException {
        shell.write("check.sh", "echo $IPLB_SHARE >> shares");

        Shell.Ran ran = shell.run("shift --service $S --protocol http --farm app --from 192.0.2.31 --to 192.0.2.32"
                + " --steps 10,100 --every 1m -- sh check.sh");

        assertThat(ran.code()).isZero();
        assertThat(Files.readAllLines(shell.file("shares"))).containsExactly("10", "100");
        assertThat(ran.err()).contains("drain takes those out");
    }
}
