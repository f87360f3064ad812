package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.process.HttpClients;
import io.jenkins.plugins.iplb.process.Invocation;
import io.jenkins.plugins.iplb.process.Machine;
import io.jenkins.plugins.iplb.process.SingleProcess;
import io.jenkins.plugins.iplb.run.Report;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What the commands that carry an operation out have in common: settings, record, deadline and progress. */
abstract class OvhCommand extends IplbCommand {

    /** Parses the parameters of the command; what is wrong with them is thrown before anything else happens. */
    abstract Operation operation();

    @Override
    final void carryOut(Presenter presenter) {
        show(run(operation(), timeout()), presenter);
    }

    void show(Report report, Presenter presenter) {
        presenter.done(report, common.check, common.diff, report.entry().map(entry -> common.record));
    }

    private Report run(Operation operation, Duration timeout) {
        Machine machine = console().machine();
        try (Progress progress = Progress.on(console(), common.verbose)) {
            Invocation invocation = new Invocation(
                    common.endpoint == null ? Map.of() : Map.of("endpoint", common.endpoint),
                    Optional.of(machine.path(common.record)),
                    timeout,
                    common.check,
                    Map.of("command", "iplb " + name()),
                    progress,
                    common.verbose ? new CallPrinter(console().err()) : CallObserver.NONE);
            return new SingleProcess(machine, HttpClients.standard()).run(operation, invocation);
        }
    }
}
