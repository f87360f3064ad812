package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class MetricsTokenCommandTest {
    private Path directory;
    private Shell shell;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path folder) {
        directory = folder;
        shell = new Shell(sandbox, clock, folder);
    }

    @Test
    void whoAsksIsToldOnStandardOutputAndNobodyElse() {
        Shell.Ran ran = shell.run("metrics-token --service $S --verbose --diff");

        assertThat(ran.out())
                .matches("endpoint: http://127\\.0\\.0\\.1:\\d+/metrics/loadbalancer-\\w+\ntoken: sandboxsecret\\w+\n");
        assertThat(ran.err()).contains("/metricsToken").doesNotContain("sandboxsecret");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aScriptFindsItInTheResult() {
        JsonNode told = shell.json("metrics-token --service $S").json();

        assertThat(told.at("/result/token").textValue()).startsWith("sandboxsecret");
        assertThat(told.at("/changed").booleanValue()).isFalse();
    }
}
