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
                        "HTTP/2 (native): tcp frontends with ssl",
                        Shell.SERVICE + ": HTTP/2 would be added to frontend https",
                        "way: native",
                        Shell.SERVICE + ": HTTP/2 added to frontend https",
                        "answers over h2, with HTTP status 200",
                        "== A route hands HTTP/2 connections",
                        "--check\n" + Shell.SERVICE + ": Route http2 would be added to frontend https",
                        "--diff\n" + Shell.SERVICE + ": Route http2 added to frontend https",
                        "+ rule: protocol is http/2.0",
                        "== Staged is not live",
                        "warning: a refresh re-balances the connections",
                        " is doing",
                        Shell.SERVICE + ": Load balancer refreshed",
                        "== A failover IP moves",
                        Shell.SERVICE + ": 203.0.113.7 moved to " + Shell.SERVICE,
                        Shell.SERVICE + ": Failover IPs of frontend https changed",
                        "== Sessions stay on one server",
                        "+ stickiness: cookie",
                        "== A frontend that leads nowhere",
                        "refresh failed (preflight): ",
                        "(exit code 3)",
                        "== Mended with a default farm",
                        Shell.SERVICE + ": Load balancer refreshed",
                        "== The same commands again change nothing.",
                        Shell.SERVICE + ": Nothing to change: route http2 of frontend https",
                        Shell.SERVICE + ": Nothing to move: 203.0.113.7 is at " + Shell.SERVICE,
                        Shell.SERVICE + ": Nothing to change: failover IPs of frontend https",
                        Shell.SERVICE + ": Nothing to change: stickiness of farm app",
                        Shell.SERVICE
                                + ": Nothing to refresh: no change is pending; nothing was done, --force refreshes all the same",
                        "== What was done is on record",
                        "Route http2 added to frontend https",
                        "Load balancer refreshed",
                        "\"outcome\" : \"changed\"",
                        "The whole record is in ");
    }
}
