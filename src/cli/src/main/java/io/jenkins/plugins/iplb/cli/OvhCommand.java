package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.process.Machine;
import io.jenkins.plugins.iplb.process.SingleProcess;
import io.jenkins.plugins.iplb.run.Report;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** What the commands that talk to OVH have in common: settings, record, deadline and progress. */
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

    /** Whether what it writes is to be written down. */
    boolean isRecorded() {
        return true;
    }

    private Report run(Operation operation, Duration timeout) {
        Machine machine = console().machine();
        SingleProcess process = new SingleProcess(machine, console().http());
        Map<String, String> settings = common.endpoint == null ? Map.of() : Map.of("endpoint", common.endpoint);
        try (Progress progress = Progress.on(console(), common.verbose)) {
            Options options = new Options(
                    UUID.randomUUID().toString(),
                    machine.clock().instant().plus(timeout),
                    common.check,
                    progress,
                    Map.of("command", "iplb " + name()),
                    common.verbose ? new CallPrinter(console().err()) : CallObserver.NONE);
            return isRecorded()
                    ? process.run(operation, settings, machine.path(common.record), options)
                    : process.run(operation, settings, options);
        }
    }
}
