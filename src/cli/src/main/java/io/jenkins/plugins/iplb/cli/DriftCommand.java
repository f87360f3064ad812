package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.file.ChangeFile;
import io.jenkins.plugins.iplb.operation.Drift;
import io.jenkins.plugins.iplb.operation.DriftText;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.parameter.Durations;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.run.Report;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** A command that tells what is not as a change file says, or as a record has left it. */
final class DriftCommand implements Callable<Integer> {
    private static final String FILE = "FILE";
    private static final String PENDING_FOR = "--pending-for";

    private final Console console;
    private final CommandSpec spec;

    DriftCommand(Console console) {
        this.console = console;
        this.spec = CommandSpec.wrapWithoutInspection(this).name("drift");
        spec.usageMessage()
                .description("Tells what is not as a change file says, or as a record has left it, and what is pending;"
                        + " changes nothing. Ends with %d when there is any drift.".formatted(ExitCode.CHANGES));
        spec.addPositional(PositionalParamSpec.builder()
                        .paramLabel(FILE)
                        .arity("1")
                        .type(String.class)
                        .description("A change file, such as iplb.yaml, or a change record, such as iplb-changes.json.")
                        .build())
                .addOption(ValuesOption.spec())
                .addOption(OptionSpec.builder(PENDING_FOR)
                        .type(String.class)
                        .paramLabel("DURATION")
                        .description("Take changes for drift that have been pending for longer, such as 30m or 24h.")
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
        Execution execution = new Execution(console, common, spec.name(), true);
        Presenter presenter = Presenter.of(console.out(), console.err(), common.output());
        boolean drifted = false;
        for (Operation.Drifting operation : operations(parsed)) {
            Report report = execution.of(operation);
            presenter.facts(
                    report, DriftText.of(report).stream().map(Colour::of).toList());
            drifted |= report.result().path(Drift.DRIFTED).asBoolean();
        }
        return drifted ? ExitCode.CHANGES : ExitCode.DONE;
    }

    private List<Operation.Drifting> operations(ParseResult parsed) {
        Optional<Duration> pendingFor = Optional.ofNullable(parsed.<String>matchedOptionValue(PENDING_FOR, null))
                .map(text -> Durations.parse(PENDING_FOR, text));
        String name = parsed.matchedPositionalValue(0, "");
        String text = console.text(FILE, name);
        if (!RecordReader.isOne(text)) {
            return ChangeFile.read(name, text, ValuesOption.of(parsed, console)).loadBalancers().stream()
                    .map(state -> Drift.of(state.operation(false), pendingFor))
                    .toList();
        }
        List<Operation.Drifting> all =
                Drift.of(RecordReader.read(console.machine().path(name)), pendingFor);
        if (all.isEmpty()) {
            throw new InvalidInput(FILE, name, "a change file, or a record in which something has been changed");
        }
        return all;
    }
}
