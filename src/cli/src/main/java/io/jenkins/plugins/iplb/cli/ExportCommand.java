package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.file.ChangeFile;
import io.jenkins.plugins.iplb.file.Export;
import io.jenkins.plugins.iplb.file.FileUpdate;
import io.jenkins.plugins.iplb.file.Parts;
import io.jenkins.plugins.iplb.file.WantedState;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.Replacement;
import io.jenkins.plugins.iplb.run.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** A command that writes the change file that says what is there: a new one, or into one that somebody has written. */
final class ExportCommand implements Callable<Integer> {
    private static final String SERVICE = "--service";
    private static final String ONLY = "--only";
    private static final String UPDATE = "--update";
    private static final String FILE = "file";
    private static final String CHANGES = "changes";
    private static final String REMARKS = "remarks";

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
                        .paramLabel("SERVICE")
                        .description("The load balancer. Default: those that the file of --update is about.")
                        .build())
                .addOption(OptionSpec.builder(ONLY)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("1")
                        .splitRegex(",")
                        .paramLabel("PART")
                        .description("Only this, such as farms, http/frontends or frontends/site; several with commas.")
                        .build())
                .addOption(OptionSpec.builder(UPDATE)
                        .type(String.class)
                        .paramLabel("FILE")
                        .description("Write it into this file: what differs is changed where it stands, all else stays,"
                                + " comments too.")
                        .build())
                .addOption(ValuesOption.spec());
        CommonOptions.addTo(spec);
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        ParseResult parsed = spec.commandLine().getParseResult();
        CommonOptions common = CommonOptions.of(parsed);
        Parts parts = Parts.parse(parsed.matchedOptionValue(ONLY, List.of()));
        Optional<String> service = Optional.ofNullable(parsed.matchedOptionValue(SERVICE, null));
        Optional<String> file = Optional.ofNullable(parsed.matchedOptionValue(UPDATE, null));
        if (file.isPresent() && Files.exists(path(file.get()))) {
            update(file.get(), service, ValuesOption.of(parsed, console), parts, common);
            return ExitCode.DONE;
        }
        Report report = read(
                service.orElseThrow(() -> new InvalidInput(
                        SERVICE, null, "a load balancer; only a file that is there says which it is about")),
                common,
                lb -> Fields.none().with(FILE, Export.of(lb, parts)));
        String text = report.result().path(FILE).asText();
        if (file.isEmpty()) {
            show(report, text.lines().toList(), common);
        } else {
            write(file.get(), text, common);
            show(
                    report,
                    List.of("%s: %s".formatted(file.get(), common.check() ? "would be written" : "written")),
                    common);
        }
        return ExitCode.DONE;
    }

    /** One load balancer after the other; the file is written when all of them are through. */
    private void update(
            String file,
            Optional<String> service,
            Function<String, Optional<String>> values,
            Parts parts,
            CommonOptions common) {
        String before = console.text(UPDATE, file);
        ChangeFile read = ChangeFile.read(file, before, values);
        List<String> services = service.map(one -> List.of(read.of(one).service()))
                .orElseGet(() ->
                        read.loadBalancers().stream().map(WantedState::service).toList());
        String text = before;
        List<Report> reports = new ArrayList<>();
        for (String each : services) {
            String old = text;
            Report report = read(each, common, lb -> {
                FileUpdate update = FileUpdate.of(file, old, values, lb, parts);
                return Fields.none()
                        .with(FILE, update.text())
                        .with(CHANGES, update.changes())
                        .with(REMARKS, update.remarks());
            });
            text = report.result().path(FILE).asText();
            reports.add(report);
        }
        if (!text.equals(before)) {
            write(file, text, common);
        }
        reports.forEach(report -> show(report, lines(file, report, common.check()), common));
    }

    private static List<String> lines(String file, Report report, boolean check) {
        List<String> lines = new ArrayList<>();
        report.result().path(CHANGES).forEach(change -> lines.add(Colour.of(change.asText())));
        report.result().path(REMARKS).forEach(remark -> lines.add(Colour.of("! " + remark.asText())));
        String made = check ? "would be said in it" : "is said in it now";
        lines.add("%s: %s %s"
                .formatted(file, report.service(), report.result().path(CHANGES).isEmpty() ? "is as it says" : made));
        return lines;
    }

    private Report read(String service, CommonOptions common, Function<Snapshot, Fields> what) {
        return new Execution(console, common, spec.name(), true)
                .of(new Operation.Reading(
                        spec.name(), service, lb -> what.apply(lb).json()));
    }

    private void show(Report report, List<String> words, CommonOptions common) {
        Presenter.of(console.out(), console.err(), common.output()).facts(report, words);
    }

    private Path path(String file) {
        try {
            return console.machine().path(file);
        } catch (InvalidPathException e) {
            throw new InvalidInput(UPDATE, file, "a path");
        }
    }

    /** As a whole or not at all; where a link leads to it, it is what the link leads to that is written. */
    private void write(String file, String text, CommonOptions common) {
        if (common.check()) {
            return;
        }
        try {
            Path path = path(file).toAbsolutePath();
            Replacement.of(Files.exists(path) ? path.toRealPath() : path, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IplbException(
                    FailureKind.USAGE, "%s could not be written: %s".formatted(file, e.getMessage()), e);
        }
    }
}
