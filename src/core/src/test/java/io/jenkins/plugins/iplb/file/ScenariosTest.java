package io.jenkins.plugins.iplb.file;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.operation.ConfigurationText;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Rollback;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenarios of the documentation: each plan is the one that is printed there, and each can be undone. */
@ExtendWith(SandboxExtension.class)
class ScenariosTest {
    private static final Pattern PLAN = Pattern.compile("(?s)```diff\n(.*?)```");

    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path folder) {
        bench = new Bench(sandbox, clock, folder);
    }

    static List<String> pages() throws IOException {
        return ScenarioPage.names();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void itsPlanIsWhatIsAppliedAndCanBeUndone(String name) throws IOException {
        ScenarioPage page = ScenarioPage.named(name);
        page.prepare(bench);
        String before = state();

        Report plan = ended(page.wanted(), true);
        mustBePrinted(page, plan);

        ended(page.wanted(), false);
        assertThat(state()).isNotEqualTo(before);
        assertThat(ended(page.wanted(), true).changed()).isFalse();

        ended(new Operation.Undoing(Rollback.of(bench.entries(), false, true)), false);
        assertThat(state()).isEqualTo(before);
        assertThat(bench.shop().pending()).isEmpty();
    }

    @Test
    void eachIsInTheListOfAll() throws IOException {
        assertThat(Files.readString(ScenarioPage.FOLDER.resolve("README.md")))
                .contains(pages().stream().map("(%s)"::formatted).toList());
    }

    private static void mustBePrinted(ScenarioPage page, Report plan) throws IOException {
        String text = String.join("\n", ConfigurationText.of(plan, true))
                .replaceAll("until \\d{4}-[\\dT:Z-]+", "until 2027-11-30");
        Matcher printed = PLAN.matcher(page.text());
        assertThat(printed.find()).isTrue();
        Path beside = Path.of("target/scenarios", page.name());
        Files.createDirectories(beside.getParent());
        Files.writeString(
                beside,
                PLAN.matcher(page.text())
                        .replaceFirst(found -> Matcher.quoteReplacement("```diff\n%s\n```".formatted(text))));
        assertThat(withoutIds(printed.group(1)))
                .as("copy %s to %s", beside.toAbsolutePath().normalize(), ScenarioPage.FOLDER)
                .isEqualTo(withoutIds(text));
    }

    /** Which of two farms that are made side by side is the first is for nobody to say. */
    private static String withoutIds(String plan) {
        return plan.strip().replaceAll("\\b\\d{5}\\b", "ID");
    }

    /** All that there is, by names. */
    private String state() {
        return Export.of(new Snapshot(bench.session(), SERVICE), Parts.ALL);
    }

    private Report ended(Operation.OnLoadBalancer operation, boolean check) {
        return bench.ended(bench.operations().run(operation, bench.options(check)));
    }
}
