package io.jenkins.plugins.iplb.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.file.StoredPlan;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.run.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** A command that makes load balancers what a change file says, or tells what that would take. */
final class ConfigurationCommand implements Callable<Integer> {
    private static final String FILE = "FILE";
    private static final String OUT = "--out";
    private static final String NO_REFRESH = "--no-refresh";

    private final Console console;
    private final Act act;
    private final CommandSpec spec;

    /** What to do with a change file. */
    enum Act {
        PLAN("Tells what would change for load balancers to be what a change file says, and changes nothing."),
        APPLY("Makes load balancers what a change file says, or what a stored plan says, and makes it live.");

        private final String description;

        Act(String description) {
            this.description = description;
        }
    }

    ConfigurationCommand(Console console, Act act) {
        this.console = console;
        this.act = act;
        this.spec = CommandSpec.wrapWithoutInspection(this).name(act.name().toLowerCase(Locale.ROOT));
        spec.usageMessage().description(act.description);
        spec.addPositional(PositionalParamSpec.builder()
                        .paramLabel(FILE)
                        .arity("1")
                        .type(String.class)
                        .description(
                                act == Act.PLAN
                                        ? "The change file, such as iplb.yaml."
                                        : "The change file, such as iplb.yaml, or a plan that plan has stored.")
                        .build())
                .addOption(ValuesOption.spec());
        if (act == Act.PLAN) {
            spec.addOption(OptionSpec.builder(OUT)
                    .type(String.class)
                    .paramLabel("PLAN")
                    .description("Store the plan in this file, for apply to carry out exactly that.")
                    .build());
        } else {
            spec.addOption(CommonOptions.flag(NO_REFRESH, "Stage it only; a refresh makes it live later."));
        }
        CommonOptions.addTo(spec);
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        ParseResult parsed = spec.commandLine().getParseResult();
        CommonOptions common = CommonOptions.of(parsed);
        String name = parsed.matchedPositionalValue(0, "");
        String text = console.text(FILE, name);
        if (act == Act.APPLY && StoredPlan.isOne(text)) {
            run(StoredPlan.parse(name, text).operations(ValuesOption.of(parsed, console), refresh(parsed)), common);
            return ExitCode.DONE;
        }
        StoredPlan.Drawing drawing = new StoredPlan.Drawing(name, text, ValuesOption.of(parsed, console));
        List<Report> reports = run(
                drawing.file().loadBalancers().stream()
                        .map(state -> state.operation(refresh(parsed)))
                        .toList(),
                common);
        Optional.ofNullable(parsed.<String>matchedOptionValue(OUT, null))
                .ifPresent(out -> store(drawing.plan(reports), out));
        boolean changes = reports.stream().anyMatch(Report::changed);
        return act == Act.PLAN && changes ? ExitCode.CHANGES : ExitCode.DONE;
    }

    private static boolean refresh(ParseResult parsed) {
        return !parsed.hasMatchedOption(NO_REFRESH);
    }

    private List<Report> run(List<Operation.Configuring> operations, CommonOptions common) {
        boolean check = act == Act.PLAN || common.check();
        return new Execution(console, common, spec.name(), check).ofAll(operations);
    }

    private void store(StoredPlan plan, String file) {
        try {
            Files.writeString(
                    console.machine().path(file),
                    Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(plan.json()) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can always be written", e);
        } catch (IOException | InvalidPathException e) {
            throw new IplbException(FailureKind.USAGE, "the plan could not be stored in %s".formatted(file), e);
        }
    }
}
