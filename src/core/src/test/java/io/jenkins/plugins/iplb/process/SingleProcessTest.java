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
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedEntry;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class SingleProcessTest {
    private static final Map<String, String> NOTHING_GIVEN = Map.of();

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
    void whatIsGivenCountsBeforeWhatTheMachineSays() {
        assertThatThrownBy(() -> process()
                        .run(route("http2"), Map.of("consumer_key", "another"), options(false, CallObserver.NONE)))
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

    @Test
    void whoOnlyAsksWhatWouldChangeGoesOnWithNothingAndMakesNoRecord() {
        Options check = options(true, CallObserver.NONE);
        assertThat(process().run(route("http2"), NOTHING_GIVEN, record, check).changed())
                .isTrue();
        assertThat(record).doesNotExist();

        die(route("http2"));
        assertThat(process().run(route("http2"), NOTHING_GIVEN, record, check).entry())
                .isEmpty();
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
                        () -> process().run(farm, NOTHING_GIVEN, options(false, CallObserver.NONE)),
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

        assertThatThrownBy(
                        () -> process().run(route("http2"), NOTHING_GIVEN, nowhere, options(true, CallObserver.NONE)))
                .isInstanceOf(IplbException.class)
                .hasMessageContaining("cannot be used as a change record");
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
        return process().run(operation, NOTHING_GIVEN, record, options(false, watcher));
    }

    private SingleProcess process() {
        return new SingleProcess(machine, endpoint -> new OkHttpClient());
    }

    private Options options(boolean check, CallObserver watcher) {
        return new Options(
                UUID.randomUUID().toString(),
                machine.clock().instant().plus(Bench.TIMEOUT),
                check,
                status -> {},
                Map.of("test", "process"),
                watcher);
    }

    private static Operation route(String name) {
        return Operation.of(new EnsureRoute(
                Bench.SERVICE,
                Protocol.TCP,
                new Reference("https"),
                RouteTarget.of("web-http2", null, false, null),
                Optional.empty(),
                name,
                Optional.of(List.of(new RuleSpec("protocol", null, "is", false, "http/2.0")))));
    }

    private List<RecordedEntry> entries() {
        return RecordReader.read(record);
    }

    private List<Exchange> writes() {
        return Deeds.writes(sandbox);
    }
}
