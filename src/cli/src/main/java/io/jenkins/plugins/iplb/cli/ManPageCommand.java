package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.cli.manual.ManPage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

@Command(name = "man-page", description = "Prints the manual page: iplb man-page | man -l -")
final class ManPageCommand implements Callable<Integer> {
    private final Console console;

    ManPageCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CommandSpec common = CommandSpec.create();
        CommonOptions.addTo(common);
        console.out().print(ManPage.of(Iplb.whole(console), Iplb.VERSION, common));
        console.out().flush();
        return ExitCode.DONE;
    }
}
