package io.jenkins.plugins.iplb.fault;

import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.OvhClients;
import io.jenkins.plugins.iplb.record.RecordFile;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.testing.VirtualTimer;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * A process on a sandbox, in virtual time, which dies when its fuse says so: before or after a call to OVH, or anything that
 * is written down. What outlives it is at OVH and in the record.
 */
final class MortalProcess implements AutoCloseable {
    /** What takes longest to make of a client is the same for all. */
    private static final OkHttpClient HTTP = new OkHttpClient();

    private final TestClock clock;
    private final Fuse fuse;
    private final VirtualTimer timer;
    private final OkHttpClient http;
    private final Operations operations;

    private MortalProcess(Sandbox sandbox, TestClock clock, Path record, Fuse fuse, boolean ofReads) {
        this.clock = clock;
        this.fuse = fuse;
        this.timer = new VirtualTimer(clock);
        this.http = HTTP.newBuilder()
                .connectionPool(new ConnectionPool())
                .addInterceptor(chain -> proceed(chain, ofReads))
                .build();
        this.operations = new Operations(
                new OvhClients(http, Bench.LIMITS, clock)
                        .client(Endpoint.of(sandbox.httpEndpoint().toString()), Bench.keys(sandbox)),
                new MortalJournal(RecordFile.open(record), fuse),
                new Waiter(timer, Runnable::run),
                new Coordinators(timer, Runnable::run),
                Runnable::run);
    }

    /** One that dies of writes: a read leaves nothing behind. */
    static MortalProcess start(Sandbox sandbox, TestClock clock, Path record, Fuse fuse) {
        return new MortalProcess(sandbox, clock, record, fuse, false);
    }

    /** One that dies of any call. */
    static MortalProcess ofAnyCall(Sandbox sandbox, TestClock clock, Path record, Fuse fuse) {
        return new MortalProcess(sandbox, clock, record, fuse, true);
    }

    Operations operations() {
        return operations;
    }

    Options options(String id) {
        return new Options(
                id, clock.instant().plus(Duration.ofHours(1)), false, status -> {}, Map.of(), CallObserver.NONE);
    }

    /**
     * Does the work until it is over, or until it dies of it.
     *
     * @return what the work ended of; null when it ended well, anything when the process has died
     */
    Throwable end(Supplier<CompletableFuture<Report>> work) {
        return catchThrowable(() -> {
            CompletableFuture<Report> begun = work.get();
            while (!fuse.isDead() && timer.next()) {
                // Until it is over, one way or the other.
            }
            if (!fuse.isDead()) {
                begun.join();
            }
        });
    }

    private Response proceed(Interceptor.Chain chain, boolean ofReads) throws IOException {
        if (!ofReads && chain.request().method().equals("GET")) {
            return chain.proceed(chain.request());
        }
        fuse.reach("before call");
        Response answer = chain.proceed(chain.request());
        try {
            fuse.reach("after call");
            return answer;
        } catch (Fuse.Crash e) {
            answer.close();
            throw e;
        }
    }

    @Override
    public void close() {
        http.connectionPool().evictAll();
    }
}
