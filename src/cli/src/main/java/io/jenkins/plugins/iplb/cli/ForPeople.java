package io.jenkins.plugins.iplb.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.failure.OneLine;
import io.jenkins.plugins.iplb.operation.ConfigurationText;
import io.jenkins.plugins.iplb.run.Report;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** A few lines: results on standard output, failures on standard error. */
record ForPeople(PrintWriter out, PrintWriter err) implements Presenter {
    @Override
    public void done(Report report, boolean check, boolean diff, Optional<String> record) {
        say((report.service() == null ? "" : report.service() + ": ") + report.headline(check, FORCE));
        JsonNode result = check ? report.result() : withoutWarnings(report.result());
        Outline.of(result).forEach(line -> say("  " + line));
        if (diff || check) {
            report.diff().forEach(difference -> say("  " + difference));
        }
        say("  " + calls(report) + record.map(file -> "; recorded in " + file).orElse(""));
    }

    @Override
    public void configured(Report report, boolean check, Optional<String> record) {
        ConfigurationText.of(report, check).forEach(line -> out.println(Colour.of(line)));
        say(calls(report) + record.map(file -> "; recorded in " + file).orElse(""));
    }

    @Override
    public void facts(Report report, List<String> words) {
        words.forEach(out::println);
    }

    @Override
    public int failed(String operation, IplbException failure) {
        err.println("%s failed (%s): %s".formatted(operation, failure.kind().code(), failure.getMessage()));
        return ExitCode.of(failure.kind());
    }

    @Override
    public int misused(String operation, String message) {
        err.println(OneLine.of(message));
        err.println("See: iplb " + (operation.equals("iplb") ? "" : operation + " ") + "--help");
        return ExitCode.of(FailureKind.USAGE);
    }

    private void say(String line) {
        out.println(OneLine.of(line));
    }

    /** They were told before what they warn of was done. */
    private static JsonNode withoutWarnings(ObjectNode result) {
        return result.deepCopy().without("warnings");
    }

    private static String calls(Report report) {
        return "%s, %s".formatted(count(report.reads(), "read"), count(report.writes(), "write"));
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
