package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.docs.reference.ReferencePage;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page of the commands is what they say themselves. */
@ExtendWith(SandboxExtension.class)
class CommandsReferenceTest {
    private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z][a-z0-9-]+)  ");

    @Test
    void itIsUpToDate(Sandbox sandbox, TestClock clock, @TempDir Path folder) throws IOException {
        Shell shell = new Shell(sandbox, clock, folder);
        String all = shell.run("--help").out();
        List<String> commands = COMMAND.matcher(all.substring(all.indexOf("Commands:")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        ReferencePage page = new ReferencePage("commands.md", "Commands", getClass());
        page.line(
                "What `iplb COMMAND --help` says. Credentials, exit codes and output are told in [the command](../command.md).");
        page.line(commands.stream()
                .map(name -> "[`%s`](#iplb-%s)".formatted(name, name))
                .collect(Collectors.joining(", ")));
        for (String command : commands) {
            page.line("## iplb " + command);
            page.block(shell.run(command + " --help").out());
        }
        page.mustBeDocumented();
    }
}
