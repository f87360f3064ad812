package io.jenkins.plugins.iplb.process;

import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.ovh.OvhClients;
import io.jenkins.plugins.iplb.ovh.Settings;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.OwnedRecord;
import io.jenkins.plugins.iplb.record.RecordFile;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.wait.Timer;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import okhttp3.OkHttpClient;

/** A process that is there for one operation. */
public final class SingleProcess {
    private final Machine machine;
    private final Function<Endpoint, OkHttpClient> http;

    /** @param http the client with which to call an endpoint */
    public SingleProcess(Machine machine, Function<Endpoint, OkHttpClient> http) {
        this.machine = machine;
        this.http = http;
    }

    /**
     * Carries an operation out, to its end, and writes nothing down.
     *
     * @param settings those that were given, by key as in {@code ovh.conf}; the others are found on the machine
     * @throws IplbException when it did not come to its end
     */
    public Report run(Operation operation, Map<String, String> settings, Options options) {
        return run(operation, client(settings), Journal.none(), options);
    }

    /**
     * Carries an operation out, to its end. When a process has died of the same operation, with the same parameters and
     * the same record, this one goes on where that was.
     *
     * @param settings those that were given, by key as in {@code ovh.conf}; the others are found on the machine
     * @param record the file to write down in
     * @throws IplbException when it did not come to its end
     */
    public Report run(Operation operation, Map<String, String> settings, Path record, Options options) {
        if (options.check()) {
            return run(operation, client(settings), RecordFile.open(record, machine.clock()), options);
        }
        try (OwnedRecord owned = OwnedRecord.open(record, machine.clock())) {
            OvhClient client = client(settings);
            String id = owned.adopt(
                            operation.name(),
                            operation.service(),
                            client.endpoint().baseUrl().toString(),
                            operation.wanted().json())
                    .orElse(options.id());
            return run(operation, client, owned, options.named(id));
        }
    }

    private Report run(Operation operation, OvhClient client, Journal journal, Options options) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(SingleProcess::daemon);
        try {
            Timer timer = machine.timer().apply(executor);
            Operations operations = new Operations(
                    client, journal, new Waiter(timer, executor), coordinators(timer, executor, options), executor);
            return operation.start().apply(operations, options).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            executor.shutdownNow();
        }
    }

    /** Who only looks need not wait for those who change something. */
    private Coordinators coordinators(Timer timer, Executor executor, Options options) {
        if (options.check()) {
            return new Coordinators(timer, executor);
        }
        Duration patience = Duration.between(machine.clock().instant(), options.deadline());
        return new Coordinators(timer, executor, new MachineTurns(machine.home(), executor, patience)::of);
    }

    private OvhClient client(Map<String, String> given) {
        Settings settings =
                Settings.find(given, machine.environment(), Settings.files(machine.workingDirectory(), machine.home()));
        return new OvhClients(http.apply(settings.endpoint()), machine.limits(), machine.clock())
                .client(settings.endpoint(), settings.credentials());
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "iplb");
        thread.setDaemon(true);
        return thread;
    }
}
