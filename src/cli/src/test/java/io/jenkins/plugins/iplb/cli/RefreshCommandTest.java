package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class RefreshCommandTest {
    private Sandbox sandbox;
    private TestClock clock;
    private Shell shell;
    private String refresh;

    @BeforeEach
    void stageAChange(Sandbox box, TestClock time, @TempDir Path directory) {
        sandbox = box;
        clock = time;
        shell = new Shell(sandbox, clock, directory);
        refresh = Writing.REFRESH.in(shell);
    }

    @Test
    void theResultTellsTheTaskAndWhatWasPendingBeforeAndAfter() {
        JsonNode result = shell.json(refresh).result();

        JsonNode task = result.path("tasks").path(0);
        assertThat(Shell.Ran.keys(task)).containsExactly("id", "zones", "status");
        assertThat(task.path("id").longValue())
                .isEqualTo(shell.shop().refreshes().get(0).id());
        assertThat(task.path("zones")).extracting(JsonNode::textValue).containsExactly("gra", "rbx");
        assertThat(task.path("status").textValue()).isEqualTo("done");
        assertThat(result.path("pendingBefore"))
                .extracting(JsonNode::toString)
                .containsExactly("{\"zone\":\"gra\",\"number\":1}", "{\"zone\":\"rbx\",\"number\":1}");
        assertThat(result.path("pendingAfter").isArray()).isTrue();
        assertThat(result.path("pendingAfter")).isEmpty();
        assertThat(shell.shop().pending()).isEmpty();
    }

    /** For ten minutes OVH answers that another one runs, which it does not show. */
    @Test
    void whatDoesNotChangeIsSaidOnceAndThenAtGrowingDistances() {
        sandbox.faults().on("POST", "/ipLoadbalancing/*/refresh").times(1000).status(409);

        Shell.Ran ran = shell.run(refresh, "--timeout", "10m");

        assertThat(ran.code()).isEqualTo(5);
        List<String> lines = ran.err().lines().toList();
        assertThat(lines).filteredOn(line -> line.startsWith("warning: ")).hasSize(1);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("OVH is busy with another refresh: "))
                .hasSize(4)
                .last()
                .asString()
                .endsWith(" (for 7 min now)");
        assertThat(lines).hasSizeLessThan(20);
    }

    @Test
    void oneZoneIsRefreshedAlone() {
        JsonNode result = shell.json(refresh, "--zone", "RBX").result();

        assertThat(result.path("tasks").path(0).path("zones"))
                .extracting(JsonNode::textValue)
                .containsExactly("rbx");
        assertThat(shell.shop().pending()).containsOnlyKeys("gra");
    }

    @Test
    void twoZonesMayBeNamed() {
        shell.run(refresh, "--zone", "rbx", "--zone", "gra");

        assertThat(shell.shop().pending()).isEmpty();
    }

    @Test
    void aZoneThatIsNotThereIsRefusedEvenWhenNothingIsPending() {
        shell.run(refresh);

        Shell.Ran ran = shell.json(refresh, "--zone", "sbg");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.message()).contains("--zone: 'sbg'", "gra, rbx");
        assertThat(shell.writes()).hasSize(1);
    }

    @Test
    void forceRefreshesWhatHasNothingPending() {
        shell.run(refresh);

        assertThat(shell.json(refresh, "--force").json().path("changed").booleanValue())
                .isTrue();
        assertThat(shell.shop().refreshes()).hasSize(2);
    }

    @Test
    void withoutWaitingItEndsAsSoonAsTheRefreshIsAskedFor() {
        Instant start = clock.instant();

        JsonNode result = shell.json(refresh, "--no-wait").result();

        assertThat(result.path("tasks").path(0).path("status").textValue()).isEqualTo("todo");
        assertThat(result.path("pendingAfter")).isNotEmpty();
        assertThat(clock.instant()).isEqualTo(start);
    }

    @Test
    void aRefreshThatHangsIsGivenUpAtTheDeadline() {
        sandbox.faults().nextTaskEndsIn(TaskEnding.hang);
        Instant start = clock.instant();

        Shell.Ran ran = shell.json(refresh, "--timeout", "1m30s");

        assertThat(ran.code()).isEqualTo(5);
        assertThat(ran.kind()).isEqualTo("timeout");
        assertThat(ran.message())
                .contains("refresh %d goes on at OVH"
                        .formatted(shell.shop().refreshes().get(0).id()));
        assertThat(Duration.between(start, clock.instant())).isEqualTo(Duration.ofSeconds(90));
        assertThat(shell.record().get(0).outcome()).isEqualTo(Outcome.TIMED_OUT);
    }

    @Test
    void aRefreshThatEndsInErrorIsAFailedTask() {
        sandbox.faults().nextTaskEndsIn(TaskEnding.error);

        Shell.Ran ran = shell.json(refresh);

        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.kind()).isEqualTo("task-failed");
        assertThat(shell.record().get(0).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void whatStandsInTheWayIsNamedBeforeAnythingIsWritten() {
        shell.run("ensure-frontend --service $S --protocol http --port 8081 --zone gra --name preprod");
        int written = shell.writes().size();

        Shell.Ran ran = shell.json(refresh);

        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.kind()).isEqualTo("preflight");
        assertThat(ran.message()).contains("'preprod'", "default farm");
        assertThat(shell.writes()).hasSize(written);
    }

    @Test
    void theWarningIsToldOnceBeforeTheRefreshAndEachStateOfTheTaskOnce() {
        Shell.Ran ran = shell.run(refresh);

        long task = shell.shop().refreshes().get(0).id();
        assertThat(ran.err().lines())
                .hasSize(3)
                .satisfiesExactly(
                        warning -> assertThat(warning)
                                .startsWith("warning: a refresh re-balances the connections")
                                .contains("what is under way goes on"),
                        todo -> assertThat(todo).isEqualTo("refresh %d of gra, rbx is todo".formatted(task)),
                        doing -> assertThat(doing).isEqualTo("refresh %d of gra, rbx is doing".formatted(task)));
        assertThat(ran.out()).startsWith("""
                        %s: Load balancer refreshed
                          tasks: %d (gra, rbx) done
                          pendingBefore: 1 in gra, 1 in rbx
                        """.formatted(Shell.SERVICE, task)).doesNotContain("warning");
    }

    @Test
    void withCheckTheWarningIsPartOfTheResult() {
        assertThat(shell.run(refresh, "--check").out()).contains("\n  warnings: a refresh re-balances");
    }

    @Test
    void aTerminalShowsALineThatMovesAndKeepsNothingOfItButTheWarning() {
        Shell.Ran ran = shell.onTerminal().run(refresh);

        assertThat(ran.err()).containsPattern("\r\\[#+\\.+] +\\d+%  \\d+:\\d\\d  refresh \\d+ of gra, rbx is doing");
        assertThat(visible(ran.err()))
                .startsWith("warning: a refresh re-balances the connections")
                .satisfies(shown -> assertThat(shown.lines().filter(line -> !line.isBlank()))
                        .hasSize(1));
    }

    @Test
    void aTerminalShowsPlainLinesBetweenTheCallsOfVerbose() {
        Shell.Ran ran = shell.onTerminal().run(refresh, "--verbose");

        assertThat(ran.err()).doesNotContain("\r").contains("  POST /ipLoadbalancing/" + Shell.SERVICE + "/refresh {}");
    }

    @Test
    void onATerminalTheObjectStaysAlone() {
        assertThat(shell.onTerminal().json(refresh).json().path("changed").booleanValue())
                .isTrue();
    }

    /** What is left on a screen of these characters: a carriage return goes back to the start of the line. */
    private static String visible(String written) {
        StringBuilder screen = new StringBuilder();
        for (String line : written.split("\n", -1)) {
            StringBuilder shown = new StringBuilder();
            for (String part : line.split("\r", -1)) {
                shown.replace(0, Math.min(part.length(), shown.length()), part);
            }
            screen.append(shown).append('\n');
        }
        return screen.toString();
    }
}
