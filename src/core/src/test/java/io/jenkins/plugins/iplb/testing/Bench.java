package io.jenkins.plugins.iplb.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Credentials;
import io.jenkins.plugins.iplb.ovh.Credentials.ApplicationKeys;
import io.jenkins.plugins.iplb.ovh.Deadline;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.ovh.Limits;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.ovh.OvhClients;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import io.jenkins.plugins.iplb.record.EntryHeader;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.RecordFile;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.run.Run;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.sandbox.world.World;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;

/**
 * Everything of the core on one sandbox, in virtual time: whatever waits is over at once, and the sandbox's tasks have
 * moved by as much. Each operation keeps its record in one file.
 *
 * <pre>{@code
 * @ExtendWith(SandboxExtension.class)
 * class SomethingTest {
 *     private Bench bench;
 *
 *     @BeforeEach
 *     void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
 *         bench = new Bench(sandbox, clock, directory);
 *     }
 * }
 * }</pre>
 */
public final class Bench {
    public static final String SERVICE = DemoWorld.SERVICE;
    public static final Duration TIMEOUT = Duration.ofMinutes(10);

    /** Patient with no one: what fails, fails within milliseconds. */
    public static final Limits LIMITS = new Limits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            2,
            Duration.ofSeconds(5),
            Duration.ofMillis(1),
            100_000);

    private final Sandbox sandbox;
    private final TestClock clock;
    private final VirtualTimer timer;
    private final OvhClient client;
    private final Path record;
    private final Operations operations;
    private final List<WaitStatus> statuses = new ArrayList<>();

    public Bench(Sandbox sandbox, TestClock clock, Path directory) {
        this(sandbox, clock, directory, keys(sandbox));
    }

    public Bench(Sandbox sandbox, TestClock clock, Path directory, Credentials credentials) {
        this.sandbox = sandbox;
        this.clock = clock;
        this.timer = new VirtualTimer(clock);
        this.client = client(sandbox, clock, credentials);
        this.record = directory.resolve("iplb-changes.json");
        this.operations = operations(journal(), Runnable::run);
    }

    /** A world in which a refresh is over after a few looks, for who looks at what comes of it, and often. */
    public static World quick(World world) {
        return world.refreshTakes(Duration.ofSeconds(3));
    }

    /** A client of the sandbox by its first application key. */
    public static OvhClient client(Sandbox sandbox, TestClock clock) {
        return client(sandbox, clock, keys(sandbox));
    }

    private static OvhClient client(Sandbox sandbox, TestClock clock, Credentials credentials) {
        return new OvhClients(new OkHttpClient(), LIMITS, clock)
                .client(Endpoint.of(sandbox.httpEndpoint().toString()), credentials);
    }

    public static ApplicationKeys keys(Sandbox sandbox) {
        return new ApplicationKeys(
                sandbox.credentials().applicationKey(),
                sandbox.credentials().applicationSecret(),
                sandbox.credentials().consumerKey());
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public TestClock clock() {
        return clock;
    }

    public VirtualTimer timer() {
        return timer;
    }

    public OvhClient client() {
        return client;
    }

    public Operations operations() {
        return operations;
    }

    public Journal journal() {
        return RecordFile.open(record);
    }

    /** Operations of another process, or of this one after a restart. */
    public Operations operations(Journal journal, Executor workers) {
        return new Operations(
                client, journal, new Waiter(timer, Runnable::run), new Coordinators(timer, workers), workers);
    }

    /** The demo world's load balancer, past the API. */
    public ServiceSeed shop() {
        return sandbox.world().service(SERVICE);
    }

    // ---- operations from their start to their end

    public Options options(boolean check) {
        return options(check, TIMEOUT);
    }

    public Options options(boolean check, Duration timeout) {
        return options(check, timeout, status -> {});
    }

    /** @param progress is told what is waited for, too */
    public Options options(boolean check, Consumer<WaitStatus> progress) {
        return options(check, TIMEOUT, progress);
    }

    private Options options(boolean check, Duration timeout, Consumer<WaitStatus> progress) {
        return new Options(
                UUID.randomUUID().toString(),
                clock.instant().plus(timeout),
                check,
                progress.andThen(statuses::add),
                Map.of("test", "bench"),
                CallObserver.NONE);
    }

    public Report apply(Change change) {
        return ended(operations.run(Operation.of(change), options(false)));
    }

    public Report check(Change change) {
        return ended(operations.run(Operation.of(change), options(true)));
    }

    public Report refresh(RefreshRequest request) {
        return ended(operations.run(Operation.of(request), options(false)));
    }

    public Report checkRefresh(RefreshRequest request) {
        return ended(operations.run(Operation.of(request), options(true)));
    }

    /** How it fails. */
    public IplbException refusal(Change change) {
        return failure(() -> apply(change));
    }

    /** How it fails. */
    public IplbException refusal(RefreshRequest request) {
        return failure(() -> refresh(request));
    }

    /** The failure of a piece of code that must fail as faces can show it. */
    public static IplbException failure(Runnable work) {
        Throwable thrown = catchThrowable(work::run);
        assertThat(thrown).isInstanceOf(IplbException.class);
        return (IplbException) thrown;
    }

    /** Lets the time pass until all waits are over. */
    public <T> T ended(CompletableFuture<T> operation) {
        timer.run();
        assertThat(operation).as("an operation whose waits are over").isDone();
        try {
            return operation.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    // ---- parts of the core

    /** A run on its own. */
    public Run run(String operation, Deadline deadline) {
        return run(UUID.randomUUID().toString(), operation, deadline);
    }

    /** A run on its own, as after a restart. @param id an earlier run's, to go on with what it has left */
    public Run run(String id, String operation, Deadline deadline) {
        EntryHeader header = new EntryHeader(
                id, operation, SERVICE, client.endpoint().baseUrl(), Json.MAPPER.createObjectNode(), Map.of());
        return new Run(header, client, journal(), deadline, CallObserver.NONE);
    }

    public Deadline deadline() {
        return Deadline.in(TIMEOUT, clock);
    }

    /** Calls that nobody writes down. */
    public OvhSession session() {
        return client.session(CallObserver.NONE, deadline());
    }

    // ---- what became of it

    /** What waits said, repetitions left out. */
    public List<String> told() {
        return statuses.stream().map(WaitStatus::text).distinct().toList();
    }

    public List<WaitStatus> statuses() {
        return List.copyOf(statuses);
    }

    /** Forgets all calls and statuses so far. */
    public void forget() {
        sandbox.calls().clear();
        statuses.clear();
    }

    /** A wish whose preparation left its traces on the load balancer only: neither in the log of calls nor in the record. */
    public Change prepared(Function<Bench, Change> wish) {
        Change change = wish.apply(this);
        forget();
        forgetRecord();
        return change;
    }

    /** Forgets all entries so far. */
    public void forgetRecord() {
        try {
            Files.deleteIfExists(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All calls but GETs, as {@code POST /ipLoadbalancing/…}, oldest first. */
    public List<String> writes() {
        return writeCalls().stream().map(Bench::shown).toList();
    }

    public List<Exchange> writeCalls() {
        return sandbox.calls().all().stream()
                .filter(call -> !call.method().equals("GET"))
                .toList();
    }

    /** All GETs but those of the clock. */
    public List<String> reads() {
        return sandbox.calls().all().stream()
                .filter(call -> call.method().equals("GET") && !call.path().equals("/auth/time"))
                .map(Bench::shown)
                .toList();
    }

    /** The calls of one kind. @param pathPattern below the load balancer, such as {@code /tcp/route} */
    public List<Exchange> calls(String method, String pathPattern) {
        return sandbox.calls().matching(method, "/ipLoadbalancing/" + SERVICE + pathPattern);
    }

    /** The entries of the record; none when there is no record. */
    public List<RecordedEntry> entries() {
        return Files.exists(record) ? RecordReader.read(record) : List.of();
    }

    public RecordedEntry lastEntry() {
        List<RecordedEntry> all = entries();
        assertThat(all).isNotEmpty();
        return all.get(all.size() - 1);
    }

    /** An object as OVH gives it now. @param path below the load balancer */
    public ObjectNode read(Object... path) {
        List<String> segments = new ArrayList<>(List.of("ipLoadbalancing", SERVICE));
        for (Object each : path) {
            segments.addAll(List.of(each.toString().split("/")));
        }
        return (ObjectNode) session().send(ApiCall.get(segments.toArray())).body();
    }

    /** The staged objects of one kind by their name. */
    public Map<String, Item> named(String kind) {
        return shop().staged(kind).stream()
                .filter(item -> !item.text("displayName").isEmpty())
                .collect(Collectors.toMap(item -> item.text("displayName"), item -> item, (a, b) -> b));
    }

    /** The id of the staged object of that kind and name. */
    public long id(String kind, String name) {
        return named(kind).get(name).id();
    }

    /** JSON with single quotes. */
    public static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String shown(Exchange call) {
        return call.method() + " " + call.rawPath();
    }
}
