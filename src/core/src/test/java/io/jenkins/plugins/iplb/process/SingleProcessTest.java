package io.jenkins.plugins.iplb.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.EnsureFarm;
import io.jenkins.plugins.iplb.change.EnsureRoute;
import io.jenkins.plugins.iplb.change.RouteTarget;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.ForeignChanges;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.testing.Deeds;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.wait.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SandboxExtension.class)
class SingleProcessTest {
    /** Goes down when it is about to make the rule of the route. */
    private static final CallObserver MORTAL = new CallObserver() {
        @Override
        public void wanted(ApiCall call) {
            if (call.path().contains("rule")) {
                throw new RejectedExecutionException("the process ends");
            }
        }

        @Override
        public void reading(ApiCall call) {}

        @Override
        public Sent writing(ApiCall call) {
            return CallObserver.NONE.writing(call);
        }

        @Override
        public void settled(ApiCall call, boolean tookEffect) {}
    };

    private Sandbox sandbox;
    private Machine machine;
    private Path record;

    @BeforeEach
    void prepare(Sandbox box, TestClock clock, @TempDir Path directory) {
        sandbox = box;
        machine = new Machine(
                Map.of(
                        "OVH_ENDPOINT",
                        sandbox.httpEndpoint().toString(),
                        "OVH_APPLICATION_KEY",
                        sandbox.credentials().applicationKey(),
                        "OVH_APPLICATION_SECRET",
                        sandbox.credentials().applicationSecret(),
                        "OVH_CONSUMER_KEY",
                        sandbox.credentials().consumerKey()),
                directory,
                directory,
                Bench.LIMITS,
                clock,
                Timer::on);
        record = machine.path("iplb-changes.json");
    }

    @Test
    void itRunsAsWhomTheMachineSays() {
        assertThat(run(route("http2"), CallObserver.NONE).changed()).isTrue();

        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(entry.endpoint()).isEqualTo(sandbox.httpEndpoint().toString());
            assertThat(entry.outcome()).isEqualTo(Outcome.CHANGED);
        });
    }

    @Test
    void whoCannotHaveTheSharedLockWritesNothing() {
        Map<String, String> environment = new HashMap<>(machine.environment());
        environment.put("IPLB_LOCK", "postgresql://127.0.0.1:1/nowhere");
        machine = new Machine(
                environment,
                machine.workingDirectory(),
                machine.home(),
                machine.limits(),
                machine.clock(),
                machine.timer());

        assertThatThrownBy(() -> run(route("http2"), CallObserver.NONE))
                .isInstanceOf(IplbException.class)
                .hasMessageContaining("in postgresql://127.0.0.1:1/nowhere is not held: Connection")
                .hasMessageContaining("was not sent");

        assertThat(sandbox.calls().all()).extracting(Exchange::method).containsOnly("GET");
        assertThat(record).doesNotExist();
    }

    @Test
    void whatIsGivenCountsBeforeWhatTheMachineSays() {
        assertThatThrownBy(() ->
                        process().run(route("http2"), invocation(Map.of("consumer_key", "another"), Optional.empty())))
                .isInstanceOf(IplbException.class)
                .extracting(failure -> ((IplbException) failure).kind())
                .isEqualTo(FailureKind.CREDENTIALS);
        assertThat(writes()).isEmpty();
    }

    @Test
    void whatAProcessOfTheSameParametersHasLeftByItsDeathIsGoneOnWith() {
        die(route("http2"));
        String left = entries().get(0).id();

        Report report = run(route("http2"), CallObserver.NONE);

        assertThat(report.entry()).contains(left);
        assertThat(entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.outcome()).isEqualTo(Outcome.CHANGED));
        assertThat(writes()).extracting(Exchange::method, Exchange::path).doesNotHaveDuplicates();
    }

    @Test
    void otherParametersAreAnotherOperation() {
        die(route("http2"));

        run(route("other"), CallObserver.NONE);

        assertThat(entries()).extracting(RecordedEntry::outcome).containsExactly(Outcome.IN_PROGRESS, Outcome.CHANGED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, -1, -5})
    void whatWasRefreshedExplainsNothingAnyMoreHoweverFarTheClocksAreApart(int ahead, TestClock api) {
        machine = new Machine(
                machine.environment(),
                machine.workingDirectory(),
                machine.home(),
                machine.limits(),
                () -> api.instant().plusSeconds(ahead),
                machine.timer());
        sandbox.world().refreshTakes(Duration.ZERO);
        run(route("http2"), CallObserver.NONE);
        run(Operation.of(refresh(ForeignChanges.REFUSE)), CallObserver.NONE);
        sandbox.world().service(Bench.SERVICE).add("tcp/farm", Map.of("zone", "gra"));

        assertThatThrownBy(() -> run(Operation.of(refresh(ForeignChanges.REFUSE)), CallObserver.NONE))
                .isInstanceOf(IplbException.class)
                .hasMessageContaining("no known record explains pending changes: 1 in gra;");
    }

    @Test
    void whoOnlyAsksWhatWouldChangeGoesOnWithNothingAndMakesNoRecord() {
        Invocation check = invocation(record, true, CallObserver.NONE);
        assertThat(process().run(route("http2"), check).changed()).isTrue();
        assertThat(record).doesNotExist();

        die(route("http2"));
        assertThat(process().run(route("http2"), check).entry()).isEmpty();
        assertThat(entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.open()).isTrue());
    }

    @Test
    void whatManyWantAtOnceIsMadeOnce() {
        Operation farm = Operation.of(new EnsureFarm(
                Bench.SERVICE,
                Protocol.HTTP,
                new Reference("green"),
                Fields.none().with("zone", "all").with("port", 8080)));

        List<CompletableFuture<Report>> all = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> process().run(farm, invocation(Map.of(), Optional.empty())),
                        task -> new Thread(task).start()))
                .limit(8)
                .toList();

        assertThat(all).map(CompletableFuture::join).filteredOn(Report::changed).hasSize(1);
        assertThat(writes()).hasSize(1);
    }

    @Test
    void whereThereIsNoPlaceForTurnsNobodyWaits() throws IOException {
        Files.writeString(machine.home().resolve(".cache"), "a file");

        assertThat(run(route("http2"), CallObserver.NONE).changed()).isTrue();
    }

    @Test
    void aRecordThatCannotBeKeptIsRefusedInCheckModeToo() {
        Path nowhere = machine.path("nowhere/changes.json");

        assertThatThrownBy(() -> process().run(route("http2"), invocation(nowhere, true, CallObserver.NONE)))
                .isInstanceOf(IplbException.class)
                .hasMessageContaining("cannot be used as a change record");
    }

    @Test
    void whatOnlyLooksNeedsNoRecord() {
        Operation show = new Operation.Showing(Bench.SERVICE, false);

        Report report = process().run(show, invocation(machine.path("nowhere/changes.json"), false, CallObserver.NONE));

        assertThat(report.result().path("serviceName").asText()).isEqualTo(Bench.SERVICE);
    }

    @Test
    void homeIsWhereTheEnvironmentSays() {
        assertThat(Machine.home(Map.of("HOME", "/home/deploy"))).isEqualTo("/home/deploy");
        assertThat(Machine.home(Map.of())).isEqualTo(System.getProperty("user.home"));
    }

    private void die(Operation operation) {
        assertThatThrownBy(() -> run(operation, MORTAL)).isInstanceOf(RejectedExecutionException.class);
        assertThat(entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.open()).isTrue());
    }

    private Report run(Operation operation, CallObserver watcher) {
        return process().run(operation, invocation(record, false, watcher));
    }

    private SingleProcess process() {
        return new SingleProcess(machine, HttpClients.on(machine));
    }

    private static Invocation invocation(Map<String, String> settings, Optional<Path> record) {
        return new Invocation(
                settings, record, Bench.TIMEOUT, false, Map.of("test", "process"), status -> {}, CallObserver.NONE);
    }

    private static Invocation invocation(Path record, boolean check, CallObserver watcher) {
        return new Invocation(
                Map.of(), Optional.of(record), Bench.TIMEOUT, check, Map.of("test", "process"), status -> {}, watcher);
    }

    private static Operation route(String name) {
        return Operation.of(new EnsureRoute(
                Bench.SERVICE,
                Protocol.TCP,
                Optional.of(new Reference("https")),
                new RouteTarget.ToFarm(new Reference("web-http2")),
                Optional.empty(),
                name,
                Optional.of(List.of(new RuleSpec("protocol", null, "is", false, "http/2.0"))),
                Map.of()));
    }

    private static RefreshRequest refresh(ForeignChanges policy) {
        return new RefreshRequest(Bench.SERVICE, List.of(), false, true, false, policy);
    }

    private List<RecordedEntry> entries() {
        return RecordReader.read(record);
    }

    private List<Exchange> writes() {
        return Deeds.writes(sandbox);
    }
}
