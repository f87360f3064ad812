package io.jenkins.plugins.iplb.process;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.file.ChangeFile;
import io.jenkins.plugins.iplb.file.WantedState;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Credentials;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.Limits;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.ovh.OvhClients;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.wait.Timer;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import okhttp3.OkHttpClient;

/** A change file, carried out and made live where nobody is served by it: on an API that is not OVH's, without a record. */
public final class Rehearsal {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Where nobody is: the client alone says where calls go. */
    private static final Endpoint NOWHERE = Endpoint.of("https://api.invalid/1.0");

    /** Who is called has no fair use. */
    private static final Limits UNLIMITED = new Limits(
            Limits.DEFAULT.connect(),
            Limits.DEFAULT.read(),
            Limits.DEFAULT.call(),
            Limits.DEFAULT.retries(),
            Limits.DEFAULT.retryFor(),
            Limits.DEFAULT.firstDelay(),
            100_000);

    private Rehearsal() {}

    /**
     * Returns when all of it is live.
     *
     * @param name what messages call the file
     * @param api sends every call to whoever has the load balancers of the file
     * @throws IplbException of kind {@code USAGE} when they cannot be made what the file says
     */
    public static void of(String name, ChangeFile file, OkHttpClient api, Credentials credentials) {
        OvhClient client = new OvhClients(api, UNLIMITED, CLOCK).client(NOWHERE, credentials);
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "iplb-rehearsal");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Timer timer = Timer.on(executor);
            Operations operations = new Operations(
                    client, Journal.none(), new Waiter(timer, executor), new Coordinators(timer, executor), executor);
            for (WantedState state : file.loadBalancers()) {
                operations.run(state.operation(true), options()).join();
            }
        } catch (CompletionException e) {
            if (e.getCause() instanceof IplbException refusal) {
                throw new IplbException(
                        FailureKind.USAGE,
                        "no load balancer can be made what %s says: %s".formatted(name, refusal.getMessage()),
                        refusal);
            }
            throw e;
        } finally {
            executor.shutdownNow();
        }
    }

    private static Options options() {
        return new Options(
                UUID.randomUUID().toString(),
                CLOCK.instant().plus(PATIENCE),
                false,
                status -> {},
                Map.of(),
                CallObserver.NONE);
    }
}
