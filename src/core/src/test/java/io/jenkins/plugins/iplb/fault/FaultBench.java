package io.jenkins.plugins.iplb.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Credentials;
import io.jenkins.plugins.iplb.ovh.Credentials.ServiceAccount;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.OvhClients;
import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.http.PathPattern;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.World;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.testing.VirtualTimer;
import io.jenkins.plugins.iplb.wait.Timer;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;

/** A bench whose operations meet faults, and the comparison of its record with what really happened. */
final class FaultBench {
    private final Bench bench;
    private final Path directory;
    private final Meddler meddler = new Meddler();
    private final OvhClients clients;
    private Credentials credentials;
    private Journal journal;
    private String service = DemoWorld.SERVICE;
    private CallObserver watcher = CallObserver.NONE;

    FaultBench(Sandbox sandbox, TestClock clock, Path directory) {
        this.bench = new Bench(sandbox, clock, directory);
        this.directory = directory;
        this.journal = bench.journal();
        this.credentials = Bench.keys(sandbox);
        OkHttpClient http = new OkHttpClient.Builder().addInterceptor(meddler).build();
        clients = new OvhClients(http, Bench.LIMITS, clock);
    }

    // ---- how it is done

    FaultBench as(Credentials other) {
        credentials = other;
        return this;
    }

    ServiceAccount account() {
        return new ServiceAccount(
                sandbox().credentials().clientId(), sandbox().credentials().clientSecret());
    }

    FaultBench journal(Journal other) {
        journal = other;
        return this;
    }

    FaultBench service(String other) {
        service = other;
        return this;
    }

    FaultBench watcher(CallObserver other) {
        watcher = other;
        return this;
    }

    Sandbox sandbox() {
        return bench.sandbox();
    }

    World world() {
        return sandbox().world();
    }

    Meddler meddler() {
        return meddler;
    }

    Journal journal() {
        return bench.journal();
    }

    /** From the start to the end. */
    Report run(Post post) {
        return bench.ended(start(post, bench.timer()));
    }

    /** From the start to the first write; nobody comes back to what it waits for then. */
    void abandon(Post post) {
        VirtualTimer timer = new VirtualTimer(bench.clock());
        CompletableFuture<Report> operation = start(post, timer);
        while (writes().isEmpty() && timer.next()) {
            // Until it has asked OVH for something that takes its time.
        }
        assertThat(operation).isNotDone();
    }

    private CompletableFuture<Report> start(Post post, Timer timer) {
        Operations operations = new Operations(
                clients.client(Endpoint.of(sandbox().httpEndpoint().toString()), credentials),
                journal,
                new Waiter(timer, Runnable::run),
                new Coordinators(timer, Runnable::run),
                Runnable::run);
        Options options = new Options(
                UUID.randomUUID().toString(),
                bench.clock().instant().plus(Bench.TIMEOUT),
                false,
                status -> {},
                Map.of("test", "faults"),
                watcher);
        return post.start(operations, world(), service, options);
    }

    IplbException failure(Post post) {
        return Bench.failure(() -> run(post));
    }

    // ---- what happened

    List<RecordedEntry> entries() {
        return bench.entries();
    }

    RecordedEntry lastEntry() {
        return bench.lastEntry();
    }

    /** The fates of the POSTs of one kind in the last entry. */
    List<Fate> fates(Post post) {
        PathPattern pattern = new PathPattern(post.path());
        return lastEntry().calls().stream()
                .filter(call -> call.method().equals("POST") && pattern.matches(call.path()))
                .map(RecordedCall::fate)
                .toList();
    }

    long effects(Post post) {
        return sandbox().calls().matching("POST", post.path()).stream()
                .filter(Exchange::effect)
                .count();
    }

    List<Exchange> writes() {
        return bench.writeCalls().stream()
                .filter(call -> !call.path().equals("/auth/oauth2/token"))
                .toList();
    }

    /**
     * The record has every write that arrived, in its order; of each whose fate it knows, it knows the right one; and it
     * has no secret.
     */
    void assertTruthful() {
        List<RecordedCall> recorded =
                entries().stream().flatMap(entry -> entry.calls().stream()).toList();
        List<Exchange> arrived = writes();
        assertThat(recorded)
                .extracting(call -> call.method() + " " + call.path())
                .containsExactlyElementsOf(arrived.stream()
                        .map(call -> call.method() + " " + call.rawPath())
                        .toList());
        assertThat(IntStream.range(0, recorded.size()).boxed())
                .allSatisfy(i -> assertRight(recorded.get(i), arrived.get(i)));
        assertThat(text()).doesNotContain(secrets());
    }

    private static void assertRight(RecordedCall said, Exchange was) {
        if (said.fate() != Fate.UNKNOWN) {
            assertThat(said.fate() == Fate.DONE || said.fate() == Fate.TOOK_EFFECT)
                    .as("the effect of %s %s by its fate %s", said.method(), said.path(), said.fate())
                    .isEqualTo(was.effect());
        }
        if (said.queryId() != null) {
            assertThat(said.queryId()).isEqualTo(was.queryId());
        }
    }

    private String text() {
        try {
            Path record = directory.resolve("iplb-changes.json");
            return Files.exists(record) ? Files.readString(record) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> secrets() {
        return Stream.of(
                        sandbox().credentials().applicationSecret(),
                        sandbox().credentials().consumerKey(),
                        sandbox().credentials().clientSecret(),
                        sandbox().credentials().accessToken())
                .toList();
    }
}
