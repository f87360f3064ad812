package io.jenkins.plugins.iplb.operation;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static io.jenkins.plugins.iplb.testing.Bench.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.MoveFailover;
import io.jenkins.plugins.iplb.change.SetStickiness;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.ApiReply;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Limits;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.ovh.OvhClients;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.ovh.SideBySide;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.Outcome;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.testing.Gathering;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SandboxExtension.class)
class OperationsTest {
    private static final SetStickiness STICKY =
            new SetStickiness(SERVICE, Protocol.HTTP, new Reference("app"), "cookie");
    private static final MoveFailover MOVE = new MoveFailover(IpBlock.parse("ip", DemoWorld.MOVABLE_IP), SERVICE);

    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
    }

    @Test
    void showReadsAllThatTheProjectChangesInOvhsWords() {
        bench.shop().add("tcp/route", Map.of("action", Map.of("type", "reject")));
        bench.shop().refresh();
        bench.shop().add("udp/farm", Map.of("zone", "gra", "port", 53));

        Report report =
                bench.ended(bench.operations().run(new Operation.Showing(SERVICE, false), bench.options(false)));

        ObjectNode shown = report.result();
        assertThat(shown.path("serviceName").asText()).isEqualTo(SERVICE);
        assertThat(shown.path("zones")).isEqualTo(json("['gra','rbx']"));
        assertThat(shown.path("pendingChanges")).isEqualTo(json("[{'zone':'gra','number':1}]"));
        assertThat(shown.path("failoverIps")).isEqualTo(json("['%s']".formatted(DemoWorld.ATTACHED_IP)));
        assertThat(names(shown.at("/frontends/tcp"))).containsExactly("https");
        assertThat(names(shown.at("/farms/tcp"))).containsExactly("web-http1", "web-http2");
        assertThat(shown.at("/farms/udp")).hasSize(1);
        assertThat(fieldNames(shown.at("/routes/tcp/0")))
                .containsExactlyInAnyOrder("routeId", "displayName", "frontendId", "weight", "action", "rules");
        assertThat(fieldNames(shown.at("/runningTasks/0")))
                .containsExactlyInAnyOrder("id", "action", "status", "progress", "zones", "creationDate", "doneDate");
        assertThat(report.changed()).isFalse();
        assertThat(bench.reads()).hasSize(15);
        assertThat(bench.entries()).isEmpty();
    }

    @Test
    void showReadsTheServersOfEachFarmWhenTheyAreWanted() {
        Gathering lists = Gathering.of(
                SideBySide.CALLS, bench.sandbox(), call -> call.path().startsWith("/ipLoadbalancing/" + SERVICE + "/"));
        Gathering servers = Gathering.of(3, bench.sandbox(), call -> call.path().endsWith("/server"));

        Report report = bench.ended(bench.operations().run(new Operation.Showing(SERVICE, true), bench.options(false)));

        JsonNode app = report.result().at("/farms/http/0");
        assertThat(app.path("displayName").textValue()).isEqualTo("app");
        assertThat(app.path("servers")).isNotEmpty().allSatisfy(server -> {
            assertThat(server.path("serverId").isIntegralNumber()).isTrue();
            assertThat(server.path("status").textValue()).isEqualTo("active");
        });
        assertThat(report.result().at("/farms/tcp"))
                .hasSize(2)
                .allSatisfy(farm -> assertThat(farm.path("servers")).isNotEmpty());
        assertThat(bench.reads()).hasSize(15 + 3);
        assertThat(lists.wasComplete()).isTrue();
        assertThat(servers.wasComplete()).isTrue();
    }

    /** Ten requests a minute are enough for two changes and a half. */
    @Test
    void whoWaitsForItsTurnIsToldForWhomAndForAboutHowLong() {
        Queue<Runnable> workers = new ArrayDeque<>();
        OvhClient client = new OvhClients(new OkHttpClient(), perMinute(10), bench.clock())
                .client(bench.client().endpoint(), Bench.keys(bench.sandbox()));
        Operations operations = new Operations(
                client,
                bench.journal(),
                new Waiter(bench.timer(), workers::add),
                new Coordinators(bench.timer(), workers::add),
                workers::add);
        List<String> told = new ArrayList<>();
        for (int build = 1; build <= 4; build++) {
            String name = "shop#" + build;
            operations.run(
                    Operation.of(new SetStickiness(SERVICE, Protocol.HTTP, new Reference("app"), "cookie")),
                    new Options(
                            name,
                            bench.deadline().at(),
                            false,
                            status -> told.add(name + ": " + status.text()),
                            Map.of("build", name),
                            CallObserver.NONE));
        }

        assertThat(told)
                .containsExactly(
                        "shop#2: waiting for its turn: another change of %s comes first, now that of shop#1"
                                .formatted(SERVICE),
                        "shop#3: waiting for its turn: 2 other changes of %s come first, now that of shop#1"
                                .formatted(SERVICE),
                        "shop#4: waiting about 12 s for its turn, by 10 requests a minute of this key: 3 other changes of %s come first, now that of shop#1"
                                .formatted(SERVICE));
    }

    private static Limits perMinute(int requests) {
        Limits usual = Bench.LIMITS;
        return new Limits(
                usual.connect(),
                usual.read(),
                usual.call(),
                usual.retries(),
                usual.retryFor(),
                usual.firstDelay(),
                requests);
    }

    @Test
    void theCallsAreCountedAndSeenByTheWatcherAfterTheyAreInTheRecord() {
        List<String> seen = new ArrayList<>();
        Options options = new Options(
                "run-1", bench.deadline().at(), false, status -> {}, Map.of("build", "shop #7"), new CallObserver() {
                    @Override
                    public void reading(ApiCall call) {
                        seen.add("GET");
                    }

                    @Override
                    public Sent writing(ApiCall call) {
                        seen.add(call.method() + ", in the record "
                                + bench.lastEntry().calls().size());
                        return new Sent() {
                            @Override
                            public void succeeded(ApiReply reply) {
                                seen.add(reply.status() + ", in the record "
                                        + bench.lastEntry().calls().get(0).fate());
                            }

                            @Override
                            public void failed(OvhException failure) {
                                seen.add("failed");
                            }
                        };
                    }

                    @Override
                    public void settled(ApiCall call, boolean tookEffect) {}
                });

        Report report = bench.ended(bench.operations().run(Operation.of(STICKY), options));

        assertThat(seen).containsExactly("GET", "PUT, in the record 1", "200, in the record DONE");
        assertThat(report.reads()).isEqualTo(1);
        assertThat(report.writes()).isEqualTo(1);
        assertThat(bench.lastEntry().by()).containsOnly(Map.entry("build", "shop #7"));
    }

    @Test
    void aChangeThatOvhRefusesEndsItsEntryWithWhatOvhSaid() {
        bench.sandbox().faults().on("PUT", "/ipLoadbalancing/**").status(409);

        IplbException failure = bench.refusal(STICKY);

        RecordedEntry entry = bench.lastEntry();
        assertThat(entry.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(entry.error().kind()).isEqualTo(failure.kind().code()).isEqualTo("conflict");
        assertThat(entry.error().httpStatus()).isEqualTo(409);
        assertThat(entry.error().queryId())
                .isNotBlank()
                .isEqualTo(((OvhException) failure).queryId().orElseThrow());
        assertThat(entry.error().message()).isEqualTo(failure.getMessage());
        assertThat(entry.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.fate()).isEqualTo(Fate.REFUSED));
    }

    @Test
    void aChangeThatFailsBeforeItsFirstWriteLeavesNoEntry() {
        bench.sandbox().faults().on("GET", "/ipLoadbalancing/**").status(403);

        assertThat(bench.refusal(STICKY).kind()).isEqualTo(FailureKind.CREDENTIALS);
        assertThat(bench.entries()).isEmpty();
    }

    @Test
    void aDeadlineThatHasPassedSendsNothing() {
        CompletableFuture<Report> operation =
                bench.operations().run(Operation.of(STICKY), bench.options(false, Duration.ZERO));

        IplbException failure = Bench.failure(() -> bench.ended(operation));

        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(bench.reads()).isEmpty();
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void oneDeadlineBoundsTheWaitToo() {
        bench.sandbox().faults().nextTaskEndsIn(TaskEnding.hang);
        Instant before = bench.clock().instant();
        CompletableFuture<Report> operation =
                bench.operations().run(Operation.of(MOVE), bench.options(false, Duration.ofSeconds(45)));

        IplbException failure = Bench.failure(() -> bench.ended(operation));

        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(bench.clock().instant()).isEqualTo(before.plusSeconds(45));
    }

    @Test
    void everyMethodReturnsBeforeItHasDoneAnything() {
        List<Runnable> work = new ArrayList<>();
        Operations lazy = bench.operations(Journal.none(), work::add);

        CompletableFuture<Report> operation = lazy.run(Operation.of(STICKY), bench.options(false));

        assertThat(operation).isNotDone();
        assertThat(bench.sandbox().calls().all()).isEmpty();
        work.forEach(Runnable::run);
        assertThat(operation).isCompleted();
    }

    @Test
    void nothingIsSentWhenTheEntryCannotBeBegun() {
        Journal full = new Journal() {
            @Override
            public void write(RecordedEntry entry) {
                throw new IplbException(FailureKind.USAGE, "disk full");
            }

            @Override
            public Optional<RecordedEntry> find(String id) {
                return Optional.empty();
            }

            @Override
            public List<RecordedEntry> known(String service) {
                return List.of();
            }

            @Override
            public Instant tick(Instant now) {
                return now;
            }
        };
        Operations operations = bench.operations(full, Runnable::run);

        IplbException failure =
                Bench.failure(() -> bench.ended(operations.run(Operation.of(STICKY), bench.options(false))));

        assertThat(failure).hasMessage("disk full");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void withoutARecordEverythingWorksTheSame() {
        Operations operations = bench.operations(Journal.none(), Runnable::run);

        assertThat(bench.ended(operations.run(Operation.of(MOVE), bench.options(false)))
                        .changed())
                .isTrue();
        assertThat(bench.ended(operations.run(Operation.of(STICKY), bench.options(false)))
                        .changed())
                .isTrue();
        assertThat(bench.ended(operations.run(
                                Operation.of(new RefreshRequest(SERVICE, List.of(), false, true)),
                                bench.options(false)))
                        .changed())
                .isTrue();
        assertThat(bench.entries()).isEmpty();
    }

    @Test
    void aFailureThatIsNoneOfOursIsRecordedAndKeptAsItIs() {
        IllegalStateException slip = new IllegalStateException("slip");
        Options options = new Options(
                "run-1",
                bench.deadline().at(),
                false,
                status -> {
                    if (!status.warning()) {
                        throw slip;
                    }
                },
                Map.of(),
                CallObserver.NONE);

        CompletableFuture<Report> operation = bench.operations().run(Operation.of(MOVE), options);

        assertThatThrownBy(operation::join)
                .isInstanceOf(CompletionException.class)
                .hasCause(slip);
        assertThat(bench.lastEntry().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(bench.lastEntry().error().kind()).isEqualTo("internal");
    }

    @Test
    void anOperationThatLosesItsWorkersIsLeftAndNotEnded() {
        List<Runnable> work = new ArrayList<>();
        Operations dying = new Operations(
                bench.client(),
                bench.journal(),
                new Waiter(bench.timer(), this::nobody),
                new Coordinators(bench.timer(), work::add),
                work::add);
        Options options = bench.options(false);
        CompletableFuture<Report> left = dying.run(Operation.of(MOVE), options);
        work.forEach(Runnable::run);

        assertThatThrownBy(left::join).hasCauseInstanceOf(RejectedExecutionException.class);
        assertThat(bench.lastEntry().outcome()).isEqualTo(Outcome.IN_PROGRESS);

        Report report = bench.ended(bench.operations().run(Operation.of(MOVE), options));

        assertThat(report.changed()).isTrue();
        assertThat(bench.entries()).hasSize(1);
        assertThat(bench.lastEntry().outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(bench.writes()).hasSize(1);
    }

    private void nobody(Runnable work) {
        throw new RejectedExecutionException("no workers");
    }

    private static List<String> names(JsonNode objects) {
        return objects.findValuesAsText("displayName");
    }

    private static List<String> fieldNames(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
