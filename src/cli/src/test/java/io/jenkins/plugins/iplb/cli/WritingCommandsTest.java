package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What all commands that write have in common. */
@ExtendWith(SandboxExtension.class)
class WritingCommandsTest {
    private Shell shell;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        shell = new Shell(sandbox, clock, directory);
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatItDidAndKeepsItInTheRecord(Writing writing) {
        Shell.Ran ran = shell.json(writing.in(shell));

        JsonNode told = ran.json();
        assertThat(ran.code()).isZero();
        assertThat(told.path("changed").booleanValue()).isTrue();
        assertThat(told.path("operation").textValue()).isEqualTo(writing.operation());
        assertThat(told.path("service").textValue()).isEqualTo(Shell.SERVICE);
        assertThat(Shell.Ran.keys(told.path("result"))).containsExactlyInAnyOrderElementsOf(writing.resultKeys());
        assertThat(told.path("result")).noneMatch(JsonNode::isNull);
        assertThat(told.path("diff")).isNotEmpty();
        assertThat(told.path("msg").textValue()).containsPattern("\\b(added|changed|removed|moved|refreshed)\\b");
        assertThat(told.path("about").path("subject").path("kind").textValue()).isNotEmpty();
        assertThat(told.path("calls").path("reads").intValue()).isPositive();
        assertThat(told.path("calls").path("writes").intValue())
                .isEqualTo(shell.writes().size())
                .isPositive();
        assertThat(told.path("record").textValue()).isEqualTo("iplb-changes.json");
        assertThat(shell.record()).singleElement().satisfies(entry -> {
            assertThat(entry.operation()).isEqualTo(writing.operation());
            assertThat(entry.by()).containsEntry("command", "iplb " + writing.operation());
            assertThat(entry.outcome()).isEqualTo(Outcome.CHANGED);
            assertThat(entry.calls()).hasSameSizeAs(shell.writes());
            assertThat(told.path("about").path("effect").textValue())
                    .isEqualTo(entry.about().effect().code());
        });
    }

    @ParameterizedTest
    @EnumSource
    void theSecondTimeItChangesNothingAndWritesNothing(Writing writing) {
        String command = writing.in(shell);
        shell.json(command);
        int written = shell.writes().size();

        JsonNode again = shell.json(command).json();

        assertThat(again.path("changed").booleanValue()).isFalse();
        assertThat(again.path("msg").textValue()).startsWith("Nothing to ");
        assertThat(again.path("about").path("effect").textValue()).isIn("unchanged", "absent");
        assertThat(again.path("diff")).isEmpty();
        assertThat(again.path("calls").path("writes").intValue()).isZero();
        assertThat(again.path("record").isNull()).isTrue();
        assertThat(writing.resultKeys()).containsAll(Shell.Ran.keys(again.path("result")));
        assertThat(shell.writes()).hasSize(written);
        assertThat(shell.record()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void withCheckItSaysTheSameDifferencesAndWritesNothing(Writing writing) {
        String command = writing.in(shell);

        JsonNode checked = shell.json(command, "--check").json();

        assertThat(checked.path("changed").booleanValue()).isTrue();
        assertThat(checked.path("record").isNull()).isTrue();
        assertThat(checked.path("calls").path("writes").intValue()).isZero();
        assertThat(shell.writes()).isEmpty();
        assertThat(shell.files()).isEmpty();
        assertThat(shell.json(command).json().path("diff")).isEqualTo(checked.path("diff"));
    }

    @ParameterizedTest
    @EnumSource
    void withCheckItSaysInWordsWhatWouldChange(Writing writing) {
        Shell.Ran ran = shell.run(writing.in(shell), "--check");

        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .containsPattern(
                        "^%s: .*\\bwould be (added|changed|removed|moved|refreshed)\\b".formatted(Shell.SERVICE))
                .containsPattern("(?m)^  [+~-] [^:]+: ")
                .endsWith(" 0 writes\n");
        assertThat(ran.err()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theDifferencesAreShownWhenTheyAreAskedFor(Writing writing) {
        assertThat(shell.run(writing.in(shell), "--diff").out()).containsPattern("(?m)^  [+~-] [^:]+: ");
    }

    @ParameterizedTest
    @EnumSource
    void theDifferencesAreNotShownUnlessTheyAreAskedFor(Writing writing) {
        assertThat(shell.run(writing.in(shell)).out()).doesNotContainPattern("(?m)^  [+~-] [^:]+: ");
    }

    @ParameterizedTest
    @EnumSource
    void theRecordIsWhereItIsWanted(Writing writing) {
        JsonNode told = shell.json(writing.in(shell), "--record", "audit.json").json();

        assertThat(told.path("record").textValue()).isEqualTo("audit.json");
        assertThat(shell.files()).contains("audit.json").doesNotContain("iplb-changes.json");
    }

    @ParameterizedTest
    @EnumSource
    void verboseShowsEveryCallOnStandardErrorAndLeavesTheObjectAlone(Writing writing) {
        Shell.Ran ran = shell.json(writing.in(shell), "--verbose");

        int reads = ran.json().path("calls").path("reads").intValue();
        int writes = ran.json().path("calls").path("writes").intValue();
        assertThat(ran.err().lines().filter(line -> line.startsWith("  GET /"))).hasSize(reads);
        assertThat(ran.err().lines().filter(line -> line.matches("  (POST|PUT|DELETE) /.*")))
                .hasSize(writes);
        assertThat(ran.err().lines().filter(line -> line.startsWith("    HTTP 200 (query id ")))
                .hasSize(writes);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"REFRESH", "MOVE_FAILOVER", "PARK_FAILOVER"})
    void nothingIsSaidOnStandardErrorWhenThereIsNothingToWaitFor(Writing writing) {
        assertThat(shell.run(writing.in(shell)).err()).isEmpty();
    }

    @Test
    void theResultHoldsTheIdsOfWhatIsThere() {
        JsonNode made = shell.json(Writing.ADD_ROUTE.in(shell)).result();

        assertThat(made.path("routeId").longValue())
                .isEqualTo(shell.shop().staged("tcp/route").get(0).id());
        assertThat(made.path("ruleIds").path(0).longValue())
                .isEqualTo(shell.shop().staged("tcp/rule").get(0).id());
        assertThat(shell.json(Writing.ADD_ROUTE.in(shell)).result()).isEqualTo(made);
    }

    @Test
    void aMoveNamesWhereTheAddressWasAndWhereItIs() {
        JsonNode moved = shell.json(Writing.MOVE_FAILOVER.in(shell)).result();

        assertThat(moved.path("ip").textValue()).isEqualTo("203.0.113.7/32");
        assertThat(moved.path("from").textValue()).startsWith("ns");
        assertThat(moved.path("to").textValue()).isEqualTo(Shell.SERVICE);
        assertThat(moved.path("taskId").longValue()).isPositive();
    }

    @Test
    void aFrontendTakesAllAddressesAgainWhenNoneIsDedicated() {
        shell.run(Writing.DEDICATE_FAILOVER.in(shell));

        JsonNode told = shell.json("dedicate-failover --service $S --protocol tcp --frontend https --none")
                .json();

        assertThat(told.path("diff").path(0).path("path").textValue()).isEqualTo("ips");
        assertThat(told.path("diff").path(0).path("after").isNull()).isTrue();
        assertThat(shell.writes().get(1).requestBody()).isEqualTo("{\"dedicatedIpfo\":null}");
    }

    @Test
    void theIdsComeFirstThenTheDifferencesThenWhatItTook() {
        Shell.Ran ran = shell.run(Writing.SET_STICKINESS.in(shell), "--diff");

        long farm = shell.json(Writing.SET_STICKINESS.in(shell))
                .result()
                .path("farmId")
                .longValue();
        assertThat(ran.out()).isEqualTo("""
                        %s: Stickiness of farm app changed
                          farmId: %d
                          stickiness: cookie
                          + stickiness: cookie
                          1 read, 1 write; recorded in iplb-changes.json
                        """.formatted(Shell.SERVICE, farm));
    }

    @Test
    void nothingToChangeIsSaidInThreeLines() {
        shell.run(Writing.ADD_ROUTE.in(shell));

        assertThat(shell.run(Writing.ADD_ROUTE.in(shell)).out())
                .startsWith(Shell.SERVICE + ": Nothing to change: route http2 of frontend https\n  routeId: ")
                .endsWith("\n  3 reads, 0 writes\n");
    }

    @Test
    void oneRecordTellsOfAllCommandsInTheirOrder() {
        shell.run(Writing.ADD_ROUTE.in(shell));
        shell.run(Writing.SET_STICKINESS.in(shell));
        shell.run("refresh --service $S");

        assertThat(shell.record())
                .extracting(RecordedEntry::operation)
                .containsExactly("add-route", "set-stickiness", "refresh");
    }

    @Test
    void aNameMayBeginWithAnAtSign() {
        shell.write("names", "--verbose");

        shell.run("ensure-frontend --service $S --protocol http --port 8081 --zone gra --name @names");

        assertThat(shell.shop().staged("http/frontend"))
                .anyMatch(frontend ->
                        frontend.fields().path("displayName").asText().equals("@names"));
    }
}
