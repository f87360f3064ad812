package io.jenkins.plugins.iplb.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.record.RecordedError;
import io.jenkins.plugins.iplb.run.Report;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** One JSON object on standard output, and nothing else there. */
record ForScripts(PrintWriter out) implements Presenter {
    @Override
    public void done(Report report, boolean check, boolean diff, Optional<String> record) {
        print(Fields.none()
                .with("changed", report.changed())
                .with("operation", report.operation())
                .with("service", report.service())
                .with("msg", report.about().isEmpty() ? null : report.headline(check, FORCE))
                .with("about", report.about().orElse(null))
                .with("result", report.result())
                .with("diff", report.diff())
                .with("calls", calls(report))
                .with("record", record.orElse(null)));
    }

    @Override
    public void configured(Report report, boolean check, Optional<String> record) {
        done(report, check, true, record);
    }

    @Override
    public void facts(Report report, List<String> words) {
        done(report, false, false, Optional.empty());
    }

    @Override
    public int failed(String operation, IplbException failure) {
        RecordedError error = Report.error(failure);
        print(Fields.none()
                .with("failed", true)
                .with("operation", operation)
                .with("msg", error.message())
                .with(
                        "error",
                        Fields.none()
                                .with("kind", error.kind())
                                .with("httpStatus", error.httpStatus())
                                .with("errorCode", error.errorCode())
                                .with("queryId", error.queryId())
                                .json()));
        return ExitCode.of(failure.kind());
    }

    @Override
    public int misused(String operation, String message) {
        return failed(operation, new IplbException(FailureKind.USAGE, message));
    }

    private static Object calls(Report report) {
        return Fields.none()
                .with("reads", report.reads())
                .with("writes", report.writes())
                .json();
    }

    private void print(Fields object) {
        try {
            out.println(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(object.json()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can always be written", e);
        }
    }
}
