package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.deployment.Body;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.process.Invocation;
import io.jenkins.plugins.iplb.process.Machine;
import io.jenkins.plugins.iplb.process.SingleProcess;
import io.jenkins.plugins.iplb.run.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a command carries operations out.
 *
 * @param command its name
 * @param check whether to write nothing
 */
record Execution(Console console, CommonOptions common, String command, boolean check) {

    Report of(Operation operation) {
        return of(operation, Body.NOTHING);
    }

    /** @param body is run between its steps */
    Report of(Operation operation, Body body) {
        Machine machine = console.machine();
        try (Progress progress = Progress.on(console, common.verbose())) {
            Invocation invocation = new Invocation(
                    common.settings(),
                    Optional.of(machine.path(common.record())),
                    common.patience(),
                    check,
                    Map.of("command", "iplb " + command),
                    progress,
                    common.verbose() ? new CallPrinter(console.err()) : CallObserver.NONE);
            return new SingleProcess(machine, console.http()).run(operation, body, invocation);
        }
    }

    /** Carries whole configurations out, one after the other, and shows what became of each. */
    List<Report> ofAll(List<? extends Operation> operations) {
        Presenter presenter = Presenter.of(console.out(), console.err(), common.output());
        List<Report> reports = new ArrayList<>();
        for (Operation operation : operations) {
            Report report = of(operation);
            presenter.configured(report, check, report.entry().map(entry -> common.record()));
            reports.add(report);
        }
        return reports;
    }
}
