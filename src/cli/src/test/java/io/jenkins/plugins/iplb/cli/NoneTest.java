package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The word none, by which an option resets what it is about. */
@ExtendWith(SandboxExtension.class)
class NoneTest {
    private Shell shell;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        shell = new Shell(sandbox, clock, directory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ensure-farm --farm app            | --port              | 8081                 | port",
                "ensure-farm --farm app            | --stickiness        | cookie               | stickiness",
                "ensure-farm --farm app            | --probe             | '{\"type\":\"smtp\"}' | probe",
                "ensure-server --farm app --address 192.0.2.31 | --weight | 9                   | weight",
                "ensure-frontend --name http --port 80 --zone all | --farm | app                | defaultFarmId",
                "ensure-frontend --name http --port 80 --zone all | --ip | 198.51.100.24        | dedicatedIpfo",
                "ensure-frontend --name http --port 80 --zone all | --http-header | 'X-Port %cp' | httpHeader",
                "ensure-frontend --name http --port 80 --zone all | --redirect-location | https://a.example/ | redirectLocation",
            })
    void resetsWhatTheOptionHasSet(String command, String option, String value, String field) {
        String wish = command.strip() + " --service $S --protocol http " + option.strip();
        shell.json(wish + " " + value.strip());

        Shell.Ran ran = shell.json(wish + " none");

        assertThat(ran.code()).isZero();
        assertThat(ran.json().path("changed").booleanValue()).isTrue();
        assertThat(shell.writes().get(shell.writes().size() - 1).requestBody())
                .isEqualTo("{\"%s\":null}".formatted(field));
    }
}
