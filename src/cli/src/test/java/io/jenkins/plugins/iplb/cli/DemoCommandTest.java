package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class DemoCommandTest {

    @Test
    @Timeout(20)
    void theDemoTellsTheStoryOfTheGuidesToItsEnd(Sandbox unused, TestClock clock, @TempDir Path directory) {
        Shell shell = new Shell(unused, clock, directory).inRealTime();

        Shell.Ran ran = shell.run("demo");

        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .doesNotContain("!!")
                .containsSubsequence(
                        "== A load balancer in a sandbox",
                        "pending changes: none",
                        "== HTTP/2",
                        "answered over http/1.1",
                        "(exit code 4)",
                        "--check\nadd-route on " + Shell.SERVICE + ": would change",
                        "--diff\nadd-route on " + Shell.SERVICE + ": changed",
                        "== Staged is not live",
                        "warning: a refresh re-balances the connections",
                        " is doing",
                        "refresh on " + Shell.SERVICE + ": changed",
                        "answers over h2, with HTTP status 200",
                        "== A failover IP moves",
                        "move-failover on " + Shell.SERVICE + ": changed",
                        "dedicate-failover on " + Shell.SERVICE + ": changed",
                        "== Sessions stay on one server",
                        "+ stickiness: \"cookie\"",
                        "== A frontend that leads nowhere",
                        "refresh failed (preflight): ",
                        "(exit code 3)",
                        "== Mended with a default farm",
                        "refresh on " + Shell.SERVICE + ": changed",
                        "== The same commands again change nothing.",
                        "add-route on " + Shell.SERVICE + ": nothing to change",
                        "move-failover on " + Shell.SERVICE + ": nothing to change",
                        "dedicate-failover on " + Shell.SERVICE + ": nothing to change",
                        "set-stickiness on " + Shell.SERVICE + ": nothing to change",
                        "refresh on " + Shell.SERVICE + ": nothing to change",
                        "== What was done is on record",
                        "add-route          changed",
                        "refresh            changed",
                        "\"outcome\" : \"changed\"",
                        "The whole record is in ");
    }
}
