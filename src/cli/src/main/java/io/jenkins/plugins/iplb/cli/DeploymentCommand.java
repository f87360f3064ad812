package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.deployment.Body;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.run.Report;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** A command that runs another one of the user's between its own steps. */
final class DeploymentCommand implements Callable<Integer>, Worded {
    private static final String COMMAND = "COMMAND";

    private final Console console;
    private final OperationType type;
    private final OperationOptions options;
    private final CommandSpec spec;

    /**
     * @param environment what the user's command is told, in a sentence
     * @param needed whether there must be one
     */
    DeploymentCommand(Console console, OperationType type, String environment, boolean needed) {
        this.console = console;
        this.type = type;
        this.options = new OperationOptions(type);
        this.spec = CommandSpec.wrapWithoutInspection(this).name(type.name());
        spec.usageMessage()
                .description(
                        type.description(),
                        "When it was cut off, the same command with the same record goes on where it was. --timeout is for each of its waits.");
        options.addTo(spec);
        CommonOptions.addTo(spec);
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel(COMMAND)
                .required(needed)
                .arity(needed ? "1..*" : "0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("After --, what to run, with its arguments; " + environment)
                .build());
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        ParseResult parsed = spec.commandLine().getParseResult();
        CommonOptions common = CommonOptions.of(parsed);
        List<String> command = parsed.matchedPositionalValue(0, List.of());
        mustFollow(command, parsed.originalArgs());
        Operation operation = type.operation(options.given(parsed));
        Report report = new Execution(console, common, type.name(), common.check())
                .of(operation, command.isEmpty() ? Body.NOTHING : new OwnCommand(command, console));
        Presenter.of(console.out(), console.err(), common.output())
                .done(report, common.check(), common.diff(), report.entry().map(entry -> common.record()));
        return ExitCode.DONE;
    }

    /** A word that an option did not take would be run otherwise. */
    private void mustFollow(List<String> command, List<String> given) {
        int end = given.indexOf("--");
        if (!command.equals(end < 0 ? List.of() : given.subList(end + 1, given.size()))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s does not belong to an option; what is to be run comes after --".formatted(command.get(0)));
        }
    }

    @Override
    public IplbException worded(IplbException failure) {
        return options.worded(failure);
    }
}
