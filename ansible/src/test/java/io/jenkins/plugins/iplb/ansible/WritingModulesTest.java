package io.jenkins.plugins.iplb.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all modules that write have in common. */
@ExtendWith(SandboxExtension.class)
class WritingModulesTest {
    private ModuleRunner runner;
    private Path directory;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path folder) {
        runner = new ModuleRunner(sandbox, clock, folder);
        directory = folder;
    }

    @ParameterizedTest
    @EnumSource
    void theFirstTimeItChangesAndTheSecondTimeItDoesNot(Writing writing) {
        String arguments = writing.in(runner);

        assertThat(runner.run(writing.module(), arguments).changed()).isTrue();
        int written = runner.writes().size();

        ModuleRunner.Ran again = runner.run(writing.module(), arguments);
        assertThat(again.changed()).isFalse();
        assertThat(again.get("msg").textValue()).startsWith("Nothing to ");
        assertThat(again.diff().path("before").textValue()).isEmpty();
        assertThat(again.diff().path("after").textValue()).isEmpty();
        assertThat(again.get("calls").path("writes").intValue()).isZero();
        assertThat(runner.writes()).hasSize(written).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void inCheckModeItSaysTheSameAndWritesNothing(Writing writing) {
        String arguments = writing.in(runner);

        ModuleRunner.Ran checked = runner.check(writing.module(), arguments);

        assertThat(checked.changed()).isTrue();
        assertThat(checked.get("msg").textValue()).contains("would be ");
        assertThat(runner.writes()).isEmpty();
        ModuleRunner.Ran done = runner.run(writing.module(), arguments);
        assertThat(done.diff()).isEqualTo(checked.diff());
        assertThat(runner.check(writing.module(), arguments).changed()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void theDifferencesAreLinesUnderHeadersThatNameTheModule(Writing writing) {
        JsonNode diff = runner.run(writing.module(), writing.in(runner)).diff();

        assertThat(diff.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("before_header", "after_header", "before", "after");
        assertThat(diff.path("before_header").textValue()).startsWith(writing.module());
        assertThat(diff.path("before").textValue() + diff.path("after").textValue())
                .matches("(?s)([a-z_. ]+: [^\n]+\n)+");
    }

    @ParameterizedTest
    @EnumSource
    void nobodyGetsDifferencesWhoDidNotAskForThem(Writing writing) {
        assertThat(runner.run(writing.module(), writing.in(runner), "_ansible_diff: false")
                        .answer()
                        .has("diff"))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsReturnedIsDocumented(Writing writing) {
        String arguments = recordedIn("changes.json", writing);
        List<String> documented = Documentation.of(writing.module()).returned();

        assertThat(keys(runner.run(writing.module(), arguments))).isSubsetOf(documented);
        assertThat(keys(runner.run(writing.module(), arguments))).isSubsetOf(documented);
        assertThat(keys(runner.check(writing.module(), arguments))).isSubsetOf(documented);
    }

    @ParameterizedTest
    @EnumSource
    void theRecordIsKeptWhereItIsWantedAndNowhereElse(Writing writing) {
        JsonNode record =
                runner.run(writing.module(), recordedIn("audit.json", writing)).get("record");

        assertThat(record.path("path").textValue()).isEqualTo("audit.json");
        assertThat(RecordReader.read(directory.resolve("audit.json")))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.id()).isEqualTo(record.path("entry").textValue());
                    assertThat(entry.by())
                            .containsOnly(Map.entry("module", writing.module()), Map.entry("ansible", "2.14.18"));
                    assertThat(entry.outcome()).isEqualTo(Outcome.CHANGED);
                    assertThat(entry.calls()).hasSameSizeAs(runner.writes());
                });
    }

    @ParameterizedTest
    @EnumSource
    void withoutARecordNothingIsLeftBehind(Writing writing) {
        runner.run(writing.module(), writing.in(runner));

        assertThat(directory).isDirectoryNotContaining(file -> !file.endsWith("home"));
    }

    private String recordedIn(String file, Writing writing) {
        return writing.in(runner) + "\nrecord: " + file;
    }

    private static List<String> keys(ModuleRunner.Ran ran) {
        assertThat(ran.failed()).as(ran.answer().toString()).isFalse();
        List<String> ansibles = List.of("changed", "diff", "invocation");
        return ran.answer().properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !ansibles.contains(key))
                .toList();
    }
}
