package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.ovh.OvhClients;
import io.jenkins.plugins.iplb.ovh.Settings;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.RecordFile;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.wait.Timer;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import okhttp3.OkHttpClient;

/** What the commands that talk to OVH have in common: settings, record, deadline and progress. */
abstract class OvhCommand extends IplbCommand {

    /** Parses the parameters of the command; what is wrong with them is thrown before anything else happens. */
    abstract Wish wish();

    /** A valid wish, ready to be carried out. */
    interface Wish {
        CompletableFuture<Report> start(Operations operations, Options options);
    }

    @Override
    final void carryOut(Presenter presenter) {
        Wish wish = wish();
        Report report = carryOut(wish, timeout());
        show(report, presenter);
    }

    void show(Report report, Presenter presenter) {
        presenter.done(report, common.check, common.diff, report.entry().map(entry -> common.record));
    }

    /** Where the writes of this command are written down; one that writes nothing need not have any. */
    Journal journal() {
        Path file = machine().workingDirectory().resolve(common.record);
        return common.check && !Files.exists(file)
                ? Journal.none()
                : RecordFile.open(file, machine().clock());
    }

    private Report carryOut(Wish wish, Duration timeout) {
        Journal journal = journal();
        CallObserver watcher = common.verbose ? new CallPrinter(machine().err()) : CallObserver.NONE;
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(Daemons::thread);
        try (Progress progress = Progress.on(machine(), common.verbose)) {
            Map<String, String> by = Map.of("command", "iplb " + operation());
            Options options = new Options(
                    UUID.randomUUID().toString(),
                    machine().clock().instant().plus(timeout),
                    common.check,
                    progress,
                    by,
                    watcher);
            Timer timer = machine().timer().apply(executor);
            Operations operations = new Operations(
                    client(), journal, new Waiter(timer, executor), new Coordinators(timer, executor), executor);
            return wish.start(operations, options).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            executor.shutdownNow();
        }
    }

    private OvhClient client() {
        Machine machine = machine();
        Map<String, String> given = common.endpoint == null ? Map.of() : Map.of("endpoint", common.endpoint);
        Settings settings =
                Settings.find(given, machine.environment(), Settings.files(machine.workingDirectory(), machine.home()));
        return new OvhClients(new OkHttpClient(), machine.limits(), machine.clock())
                .client(settings.endpoint(), settings.credentials());
    }
}
