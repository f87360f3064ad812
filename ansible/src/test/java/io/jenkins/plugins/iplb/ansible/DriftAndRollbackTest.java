package io.jenkins.plugins.iplb.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What has drifted, and the way back, by modules. */
@ExtendWith(SandboxExtension.class)
class DriftAndRollbackTest {
    private static final String FILE = "\"loadBalancer: %s\\nhttp: {farms: {blue: {zone: all, port: '${PORT}'}}}\""
            .formatted(ModuleRunner.SERVICE);

    private ModuleRunner runner;
    private String entry;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        runner = new ModuleRunner(sandbox, clock, directory);
        entry = runner.run(
                        "iplb_config", "{service: $S, values: {PORT: 80}, record: changes.json, content: " + FILE + "}")
                .get("record")
                .path("entry")
                .asText();
    }

    @Test
    void whatIsNotAsAFileOrARecordHasItIsReturned() {
        assertThat(drift("path: changes.json").get("drifted").asBoolean()).isFalse();

        ModuleRunner.Ran ran = drift("values: {PORT: 81}, content: " + FILE);

        assertThat(ran.changed()).isFalse();
        assertThat(ran.get("drifted").asBoolean()).isTrue();
        assertThat(ran.get("counts").path("different").asInt()).isEqualTo(1);
        assertThat(ran.get("differences").get(0).path("msg").asText()).isEqualTo("Farm blue is different");
        runner.shop().remove("http/farm", runner.shop().id("http/farm", "blue"));
        assertThat(drift("path: changes.json, pending_for: 1h")
                        .get("differences")
                        .get(0)
                        .path("state")
                        .asText())
                .isEqualTo("missing");
        assertThat(drift("path: changes.json, pending_for: soon").message()).contains("pending_for: 'soon' was given");
    }

    @Test
    void whatARecordSaysIsUndoneAndCheckModeOnlySaysSo() {
        String given = "{service: $S, path: changes.json, record: changes.json, entries: [%s]}".formatted(entry);

        ModuleRunner.Ran checked = runner.check("iplb_rollback", given);
        assertThat(checked.changed()).isTrue();
        assertThat(checked.get("changes").findValuesAsText("msg")).containsExactly("Farm blue would be removed");
        assertThat(runner.shop().live("gra", "http/farm")).hasSize(2);

        assertThat(runner.run("iplb_rollback", given).changed()).isTrue();

        assertThat(runner.shop().live("gra", "http/farm")).hasSize(1);
        assertThat(runner.run("iplb_rollback", "{service: $S, path: changes.json, entries: [nonesuch]}")
                        .message())
                .contains("entries: 'nonesuch' was given; allowed: an entry of the record: " + entry);
    }

    private ModuleRunner.Ran drift(String from) {
        return runner.run("iplb_drift", "{service: $S, %s}".formatted(from));
    }
}
