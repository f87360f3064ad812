package io.jenkins.plugins.iplb.testing;

import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Deadline;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.ovh.OvhClients;
import io.jenkins.plugins.iplb.record.EntryHeader;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.LogicalClock;
import io.jenkins.plugins.iplb.record.RecordFile;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.run.Run;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;

/**
 * Several builds of one controller on a sandbox, in virtual time: each build has a record of its own, and each knows the
 * records of all. The controller's clock may differ from that of the API, and each call may take its time.
 */
public final class Controller {
    private final VirtualTimer timer;
    private final InstantSource clock;
    private final OvhClient client;
    private final List<Journal> records;
    private final Coordinators coordinators;

    /**
     * @param builds how many there are
     * @param ahead how far the controller's clock is ahead of the API's
     * @param call how long a call takes
     */
    public Controller(Sandbox sandbox, TestClock api, Path directory, int builds, Duration ahead, Duration call) {
        this.timer = new VirtualTimer(api);
        this.clock = () -> api.instant().plus(ahead);
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    api.advance(call);
                    return chain.proceed(chain.request());
                })
                .build();
        this.client = new OvhClients(http, Bench.LIMITS, clock)
                .client(Endpoint.of(sandbox.httpEndpoint().toString()), Bench.keys(sandbox));
        LogicalClock common = new LogicalClock();
        this.records = IntStream.range(0, builds)
                .<Journal>mapToObj(build -> RecordFile.open(directory.resolve("build-" + build + ".json"), common))
                .toList();
        this.coordinators = new Coordinators(timer, Runnable::run);
    }

    /** The record of that build, as the build sees it. */
    public Journal record(int build) {
        return new SharedKnowledge(records.get(build), records);
    }

    public Report change(int build, Change change) {
        return ended(operations(build).run(Operation.of(change), options(false)));
    }

    public Report refresh(int build, RefreshRequest request) {
        return ended(operations(build).run(Operation.of(request), options(false)));
    }

    public Report checkRefresh(int build, RefreshRequest request) {
        return ended(operations(build).run(Operation.of(request), options(true)));
    }

    /** A run of that build that nothing has been said of yet. */
    public Run run(int build, String service) {
        EntryHeader header = new EntryHeader(
                UUID.randomUUID().toString(),
                RefreshRequest.OPERATION,
                service,
                client.endpoint().baseUrl(),
                Fields.none().json(),
                Map.of());
        return new Run(header, client, record(build), Deadline.in(Bench.TIMEOUT, clock), CallObserver.NONE);
    }

    private Operations operations(int build) {
        return new Operations(client, record(build), new Waiter(timer, Runnable::run), coordinators, Runnable::run);
    }

    private Options options(boolean check) {
        return new Options(
                UUID.randomUUID().toString(),
                clock.instant().plus(Bench.TIMEOUT),
                check,
                status -> {},
                Map.of(),
                CallObserver.NONE);
    }

    private <T> T ended(CompletableFuture<T> operation) {
        timer.run();
        try {
            return operation.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private record SharedKnowledge(Journal own, List<Journal> all) implements Journal {
        @Override
        public void write(RecordedEntry entry) {
            own.write(entry);
        }

        @Override
        public Optional<RecordedEntry> find(String id) {
            return own.find(id);
        }

        @Override
        public List<RecordedEntry> known(String service) {
            return all.stream().flatMap(each -> each.known(service).stream()).toList();
        }

        @Override
        public Instant tick(Instant now) {
            return own.tick(now);
        }
    }
}
