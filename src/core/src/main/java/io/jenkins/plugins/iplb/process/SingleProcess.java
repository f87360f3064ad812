package io.jenkins.plugins.iplb.process;

import io.jenkins.plugins.iplb.deployment.Body;
import io.jenkins.plugins.iplb.deployment.Deployment;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.lock.SharedLocks;
import io.jenkins.plugins.iplb.operation.Http2Enabling;
import io.jenkins.plugins.iplb.operation.LiveCheck;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.operation.TrafficChecking;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.ovh.OvhClients;
import io.jenkins.plugins.iplb.ovh.Settings;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.OwnedRecord;
import io.jenkins.plugins.iplb.record.RecordFile;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.wait.Timer;
import io.jenkins.plugins.iplb.wait.TurnOrder;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import java.util.function.Function;

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
        return run(operation, Body.NOTHING, invocation);
    }

    /** The same of one between whose steps something else is done. @param body does it */
    public Report run(Operation operation, Body body, Invocation invocation) {
        if (operation instanceof Operation.Checking checking) {
            return new LiveCheck(http.client()).run(checking, invocation.timeout());
        }
        Options options = invocation.options(machine.clock().instant());
        if (operation instanceof Operation.CheckingTraffic checking) {
            return ended((timer, executor) -> new TrafficChecking(new Waiter(timer, executor), machine.clock())
                    .run(
                            checking,
                            CompletableFuture.completedFuture(Collections.nCopies(
                                    checking.proof().targets().size(), http.client())),
                            options));
        }
        Optional<Path> record = invocation.record().filter(file -> needsRecord(operation));
        if (record.isEmpty()) {
            return run(operation, body, client(invocation), Journal.none(), call -> Optional.empty(), options);
        }
        if (options.check()) {
            Journal known = RecordFile.open(record.get());
            return run(operation, body, client(invocation), known, call -> Optional.empty(), options);
        }
        try (OwnedRecord owned = OwnedRecord.open(record.get())) {
            OvhClient client = client(invocation);
            return run(operation, body, client, owned, call -> left(call, owned, client), options);
        }
    }

    private static boolean needsRecord(Operation operation) {
        return !(operation instanceof Operation.OnLoadBalancer one)
                || one.mayWrite()
                || one instanceof Operation.Drifting;
    }

    /** The id under which a process has died of the same. */
    private static Optional<String> left(Operation.OnLoadBalancer operation, OwnedRecord owned, OvhClient client) {
        return owned.adopt(
                operation.name(),
                operation.service(),
                client.endpoint().baseUrl().toString(),
                operation.wanted().json());
    }

    /** @param left the id under which something was begun that is open still */
    private Report run(
            Operation operation,
            Body body,
            OvhClient client,
            Journal journal,
            Function<Operation.OnLoadBalancer, Optional<String>> left,
            Options options) {
        return ended((timer, executor) -> {
            Operations operations = new Operations(
                            client,
                            journal,
                            new Waiter(timer, executor),
                            coordinators(timer, executor, options),
                            executor,
                            left)
                    .asking(url -> CompletableFuture.completedFuture(http.client()));
            Http2Enabling.Steps steps = new Http2Enabling.Steps() {
                @Override
                public CompletableFuture<Report> run(Operation.OnLoadBalancer step, Options given) {
                    return operations.run(step, given.named(left.apply(step).orElse(given.id())));
                }

                @Override
                public boolean isOpen(Operation.Refreshing refresh) {
                    return left.apply(refresh).isPresent();
                }
            };
            if (operation instanceof Operation.Deployment deployment) {
                return Deployment.of(operations, deployment, options, body).run();
            }
            return operation instanceof Operation.EnablingHttp2 enabling
                    ? new Http2Enabling(
                                    steps,
                                    CompletableFuture.completedFuture(new LiveCheck(http.client())),
                                    executor,
                                    machine.clock())
                            .run(enabling, options)
                    : steps.run((Operation.OnLoadBalancer) operation, options);
        });
    }

    /** What this process waits for, with the one thread that all of it takes. */
    private Report ended(BiFunction<Timer, ScheduledExecutorService, CompletableFuture<Report>> begun) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(SingleProcess::daemon);
        try {
            return begun.apply(machine.timer().apply(executor), executor).join();
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
        TurnOrder turns = new MachineTurns(machine.home(), executor, patience, options.progress())::of;
        return new Coordinators(
                timer,
                executor,
                SharedLocks.of(machine.environment(), timer, executor)
                        .map(locks -> locks.around(turns))
                        .orElse(turns));
    }

    private OvhClient client(Invocation invocation) {
        Settings settings = Settings.find(
                invocation.settings(),
                machine.environment(),
                Settings.files(machine.workingDirectory(), machine.home()));
        return new OvhClients(http.client(settings.endpoint()), settings.limits(machine.limits()), machine.clock())
                .client(settings.endpoint(), settings.credentials());
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "iplb");
        thread.setDaemon(true);
        return thread;
    }
}
