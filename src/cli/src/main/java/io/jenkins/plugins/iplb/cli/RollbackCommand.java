package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Rollback;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** A command that undoes what a record says was done. */
final class RollbackCommand implements Callable<Integer> {
    private static final String RECORD = "RECORD";
    private static final String ENTRY = "--entry";
    private static final String FORCE = "--force";
    private static final String NO_REFRESH = "--no-refresh";

    private final Console console;
    private final CommandSpec spec;

    RollbackCommand(Console console) {
        this.console = console;
        this.spec = CommandSpec.wrapWithoutInspection(this).name("rollback");
        spec.usageMessage()
                .description(
                        "Undoes what a record says was done: what was made is removed, what was removed is made"
                                + " again, what was changed is as it was, and addresses are routed where they were. Of certificates, only one that was added goes again.");
        spec.addPositional(PositionalParamSpec.builder()
                        .paramLabel(RECORD)
                        .arity("1")
                        .type(String.class)
                        .description("The change record, such as iplb-changes.json.")
                        .build())
                .addOption(OptionSpec.builder(ENTRY)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("1")
                        .paramLabel("ID")
                        .description("Undo this entry; may be given several times. Default: all of them.")
                        .build())
                .addOption(CommonOptions.flag(FORCE, "Undo even what somebody has changed since."))
                .addOption(CommonOptions.flag(NO_REFRESH, "Stage it only; a refresh makes it live later."));
        CommonOptions.addTo(spec);
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        ParseResult parsed = spec.commandLine().getParseResult();
        CommonOptions common = CommonOptions.of(parsed);
        List<RecordedEntry> entries = Rollback.chosen(
                RecordReader.read(console.machine().path(parsed.matchedPositionalValue(0, ""))),
                parsed.matchedOptionValue(ENTRY, List.of()),
                ENTRY);
        new Execution(console, common, spec.name(), common.check())
                .ofAll(List.of(new Operation.Undoing(
                        Rollback.of(entries, parsed.hasMatchedOption(FORCE), !parsed.hasMatchedOption(NO_REFRESH)))));
        return ExitCode.DONE;
    }
}
