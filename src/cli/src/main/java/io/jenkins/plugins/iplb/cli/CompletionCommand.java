package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.cli.manual.Completion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "completion",
        description = "Prints what makes a shell complete this command: in bash, . <(iplb completion bash).")
final class CompletionCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
    private Completion shell;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().print(shell.script(Iplb.whole(console)));
        console.out().flush();
        return ExitCode.DONE;
    }
}
