package io.jenkins.plugins.iplb.process;

import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.LiveCheck;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
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
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A process that is there for one operation. */
public final class SingleProcess {
    private final Machine machine;
    private final HttpClients http;

    public SingleProcess(Machine machine, HttpClients http) {
        this.machine = machine;
        this.http = http;
    }

    /**
     * Carries an operation out, to its end. When a process has died of the same operation, with the same parameters and
     * the same record, this one goes on where that was.
     *
     * @throws IplbException when it did not come to its end
     */
    public Report run(Operation operation, Invocation invocation) {
        if (operation instanceof Operation.Checking checking) {
            return new LiveCheck(http.client()).run(checking, invocation.timeout());
        }
        Operation.OnLoadBalancer onLoadBalancer = (Operation.OnLoadBalancer) operation;
        Options options = invocation.options(machine.clock().instant());
        Optional<Path> record = invocation.record().filter(file -> onLoadBalancer.mayWrite());
        if (record.isEmpty()) {
            return run(onLoadBalancer, client(invocation), Journal.none(), options);
        }
        if (options.check()) {
            Journal known = RecordFile.open(record.get());
            return run(onLoadBalancer, client(invocation), known, options);
        }
        return recorded(onLoadBalancer, invocation, record.get(), options);
    }

    private Report recorded(Operation.OnLoadBalancer operation, Invocation invocation, Path record, Options options) {
        try (OwnedRecord owned = OwnedRecord.open(record)) {
            OvhClient client = client(invocation);
            String id = owned.adopt(
                            operation.name(),
                            operation.service(),
                            client.endpoint().baseUrl().toString(),
                            operation.wanted().json())
                    .orElse(options.id());
            return run(operation, client, owned, options.named(id));
        }
    }

    private Report run(Operation.OnLoadBalancer operation, OvhClient client, Journal journal, Options options) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(SingleProcess::daemon);
        try {
            Timer timer = machine.timer().apply(executor);
            Operations operations = new Operations(
                    client, journal, new Waiter(timer, executor), coordinators(timer, executor, options), executor);
            return operations.run(operation, options).join();
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
        return new Coordinators(
                timer, executor, new MachineTurns(machine.home(), executor, patience, options.progress())::of);
    }

    private OvhClient client(Invocation invocation) {
        Settings settings = Settings.find(
                invocation.settings(),
                machine.environment(),
                Settings.files(machine.workingDirectory(), machine.home()));
        return new OvhClients(http.client(settings.endpoint()), machine.limits(), machine.clock())
                .client(settings.endpoint(), settings.credentials());
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "iplb");
        thread.setDaemon(true);
        return thread;
    }
}
