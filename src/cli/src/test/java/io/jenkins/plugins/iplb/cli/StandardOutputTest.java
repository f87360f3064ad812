package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged command, where what it prints cannot be written, and where it is printed to. */
@ExtendWith(SandboxExtension.class)
class StandardOutputTest {
    private static final String STICKINESS = Launched.IPLB + " set-stickiness --service " + Shell.SERVICE
            + " --protocol http --farm app --mode sourceIp";

    private Launched iplb;

    private static final String BOLD = "\u001B[1m";

    @TempDir
    private Path home;

    @BeforeEach
    void prepare(Sandbox sandbox) throws Exception {
        iplb = new Launched(home, sandbox);
    }

    @ParameterizedTest
    @CsvSource({">&-, text", ">/dev/full, text", ">&-, json", ">/dev/full, json"})
    void aResultThatCannotBeWrittenIsAnErrorAndTheChangeIsRecordedAllTheSame(String where, String output)
            throws Exception {
        for (Launched.Ran ran : fromAnArchiveAndWithout(STICKINESS + " --output " + output + " " + where)) {
            assertThat(ran.code()).as(ran.toString()).isEqualTo(7);
            assertThat(ran.err())
                    .contains("The result could not be written to standard output")
                    .hasLineCount(1);
        }

        assertThat(RecordReader.read(iplb.directory().resolve("iplb-changes.json")))
                .extracting(RecordedEntry::operation)
                .contains("set-stickiness");
    }

    @ParameterizedTest
    @CsvSource({"--help, 7", "--version, 7", "show --service, 2", "no-such-command, 2"})
    void whatElseWouldBePrintedTooAndAFailureStaysTheFailureThatItIs(String command, int code) throws Exception {
        assertThat(iplb.shell(Launched.IPLB + " " + command + " --output json >/dev/full")
                        .code())
                .isEqualTo(code);
    }

    @Test
    void aSandboxWhoseEnvironmentNobodyCanReadEnds() throws Exception {
        assertThat(iplb.shell(Launched.IPLB + " sandbox >/dev/full").code()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"60", "200"})
    void helpIsAsWideAsTheTerminalAndInColour(int columns) throws Exception {
        for (Launched.Ran ran :
                fromAnArchiveAndWithout("script -qec \"stty cols %d; %s ensure-frontend --help\" /dev/null"
                        .formatted(columns, Launched.IPLB))) {
            assertThat(ran.out()).contains(BOLD);
            assertThat(ran.out()
                            .replaceAll("\u001B\\[[0-9;]*m", "")
                            .lines()
                            .mapToInt(String::length)
                            .max()
                            .orElseThrow())
                    .isBetween(columns - 15, columns);
        }
    }

    @Test
    void whoClosesStandardInputIsAnsweredAllTheSame() throws Exception {
        assertThat(fromAnArchiveAndWithout(Launched.IPLB + " --version <&-"))
                .containsOnly(new Launched.Ran(0, Iplb.VERSION + "\n", ""));
    }

    private List<Launched.Ran> fromAnArchiveAndWithout(String line) throws Exception {
        Launched.Ran fromAnArchive = iplb.shell(line);
        FirstRun.leftNothingIn(home);
        return List.of(fromAnArchive, iplb.shell(line));
    }
}
