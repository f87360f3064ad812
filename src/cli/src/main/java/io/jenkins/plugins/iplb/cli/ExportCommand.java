package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.file.Export;
import io.jenkins.plugins.iplb.file.Parts;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.run.Report;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** A command that writes the change file that says what is there. */
final class ExportCommand implements Callable<Integer> {
    private static final String SERVICE = "--service";
    private static final String FILE = "file";

    private final Console console;
    private final CommandSpec spec;

    ExportCommand(Console console) {
        this.console = console;
        this.spec = CommandSpec.wrapWithoutInspection(this).name("export");
        spec.usageMessage()
                .description(
                        "Writes the change file that says what is there, to standard output: planning it finds nothing to do.");
        spec.addOption(OptionSpec.builder(SERVICE)
                .type(String.class)
                .required(true)
                .paramLabel("SERVICE")
                .description("The load balancer.")
                .build());
        CommonOptions.addTo(spec);
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        ParseResult parsed = spec.commandLine().getParseResult();
        CommonOptions common = CommonOptions.of(parsed);
        Operation reading = new Operation.Reading(
                spec.name(),
                parsed.matchedOptionValue(SERVICE, ""),
                lb -> Fields.none().with(FILE, Export.of(lb, Parts.ALL)).json());
        Report report = new Execution(console, common, spec.name(), true).of(reading);
        String file = report.result().path(FILE).asText();
        Presenter.of(console.out(), console.err(), common.output())
                .facts(report, file.lines().toList());
        return ExitCode.DONE;
    }
}
