package io.jenkins.plugins.iplb.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.failure.OneLine;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Values;
import io.jenkins.plugins.iplb.run.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** A command that carries out an operation of the catalogue: its options, and the way it ends. */
final class OperationCommand implements Callable<Integer>, Worded {
    private final Console console;
    private final OperationType type;
    private final OperationOptions options;
    private final CommandSpec spec;

    OperationCommand(Console console, OperationType type) {
        this.console = console;
        this.type = type;
        this.options = new OperationOptions(type);
        this.spec = CommandSpec.wrapWithoutInspection(this).name(type.name());
        spec.usageMessage().description(type.description());
        options.addTo(spec);
        CommonOptions.addTo(spec);
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        ParseResult parsed = spec.commandLine().getParseResult();
        CommonOptions common = CommonOptions.of(parsed);
        Presenter presenter = Presenter.of(console.out(), console.err(), common.output());
        Operation operation = type.operation(onThisMachine(options.given(parsed)));
        Report report = new Execution(console, common, type.name(), common.check()).of(operation);
        answers(operation, report.result())
                .ifPresentOrElse(
                        lines -> presenter.facts(
                                report, lines.stream().map(OneLine::of).toList()),
                        () -> presenter.done(
                                report,
                                common.check(),
                                common.diff(),
                                report.entry().map(entry -> common.record())));
        return ExitCode.DONE;
    }

    /** What an operation that only asks has to say; empty for one that changes something. */
    private static Optional<List<String>> answers(Operation operation, JsonNode result) {
        if (operation instanceof Operation.Checking) {
            return Optional.of(List.of(answer(result)));
        }
        if (operation instanceof Operation.CheckingTraffic) {
            return Optional.of(places(result));
        }
        if (operation instanceof Operation.CheckingMetrics) {
            return Optional.of(zones(result));
        }
        if (operation instanceof Operation.Showing) {
            return Optional.of(Overview.of(result));
        }
        return operation instanceof Operation.Reading ? Optional.of(fields(result)) : Optional.empty();
    }

    /** Files are where the command is given. */
    private Fields onThisMachine(Fields given) {
        Fields placed = given;
        for (Parameter parameter : type.parameters()) {
            JsonNode file = given.get(parameter.name());
            if (file != null && parameter.value() == Values.FILE) {
                Path place = console.machine().path(file.textValue());
                placed = placed.with(parameter.name(), place.toString());
            }
            if (file != null && Values.isPem(parameter.value())) {
                placed = placed.with(parameter.name(), text(parameter, file.textValue()));
            }
        }
        return placed;
    }

    /** A key on the command line would be everybody's on this machine. */
    private String text(Parameter parameter, String file) {
        try {
            // PEM is ASCII, but the remarks between its blocks may be anything: this reads every byte.
            return Files.readString(console.machine().path(file), StandardCharsets.ISO_8859_1);
        } catch (IOException | InvalidPathException e) {
            throw new InvalidInput(
                    parameter.name(),
                    file,
                    "a file that can be read, with " + parameter.value().allowed());
        }
    }

    private static List<String> fields(JsonNode result) {
        return result.propertyStream()
                .map(field -> field.getKey() + ": " + field.getValue().asText())
                .toList();
    }

    private static String answer(JsonNode answer) {
        return "%s answers over %s, with HTTP status %d"
                .formatted(
                        answer.path("url").asText(),
                        answer.path("protocol").asText(),
                        answer.path("status").asInt());
    }

    private static List<String> places(JsonNode result) {
        return result.path("places")
                .valueStream()
                .map(place -> "%s answered well: %d of %d, at last over %s with HTTP status %d"
                        .formatted(
                                place.path("place").asText(),
                                place.path("good").asInt(),
                                place.path("asked").asInt(),
                                place.path("protocol").asText(),
                                place.path("status").asInt()))
                .toList();
    }

    private static List<String> zones(JsonNode result) {
        return result.path("zones")
                .valueStream()
                .map(zone -> zone.path("perSecond").isNumber()
                        ? "%s has %s %s per second"
                                .formatted(
                                        zone.path("zone").asText(),
                                        zone.path("perSecond").asText(),
                                        result.path("count").asText())
                        : zone.path("zone").asText() + " was not looked at")
                .toList();
    }

    @Override
    public IplbException worded(IplbException failure) {
        return options.worded(failure);
    }
}
