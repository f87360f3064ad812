package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.file.TerraformState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "import-terraform",
        description =
                "Writes the change file that says what a state of Terraform has, to standard output; asks nobody, and sends nothing.")
final class ImportTerraformCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE", description = "What 'terraform show -json' prints, or a state file of version 4.")
    private String file;

    ImportTerraformCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().print(TerraformState.changeFile(file, console.text("FILE", file)));
        console.out().flush();
        return ExitCode.DONE;
    }
}
