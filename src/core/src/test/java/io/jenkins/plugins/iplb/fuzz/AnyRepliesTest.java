package io.jenkins.plugins.iplb.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.iplb.faces.FaceTable;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.OvhClients;
import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.RecordFile;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.testing.Deeds;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.testing.MemoryDirectory;
import io.jenkins.plugins.iplb.testing.VirtualTimer;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any operation, one of whose replies is spoiled: cut off, of another type, deep, endless, packed wrongly, a portal's page or
 * none at all. It comes to its end, as done or with an error that faces can show, and the record says of no call that it
 * had an effect, or none, when that is not so. More are tried with {@code -Dfuzz.replies=100000}, others with {@code
 * -Dfuzz.seed=2}.
 */
class AnyRepliesTest {
    private static final int REPLIES = Integer.getInteger("fuzz.replies", 250);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final OkHttpClient HTTP = new OkHttpClient();

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    @Test
    void anOperationComesToItsEndAndItsRecordIsTrueWhateverIsAnswered() {
        List<FaceTable.Asked> good = FaceTable.good().stream()
                .filter(asked ->
                        asked.values().has("service") && !asked.values().has("connectionsAt"))
                .filter(asked -> !asked.values().has("url"))
                .toList();
        Random random = new Random(SEED);
        Map<String, Integer> ends = new HashMap<>();
        for (int i = 0; i < REPLIES; i++) {
            FaceTable.Asked asked = good.get(random.nextInt(good.size()));
            SpoiledReply spoiled = new SpoiledReply(random, random.nextInt(7));
            ends.merge(end(asked, spoiled, directory.resolve(i + ".json"), i), 1, Integer::sum);
        }
        assertThat(ends).containsKeys("done", "unavailable");
        System.out.printf("any replies: seed %d, %,d operations, %s%n", SEED, REPLIES, ends);
    }

    private static String end(FaceTable.Asked template, SpoiledReply spoiled, Path record, int input) {
        TestClock clock = new TestClock();
        try (Sandbox sandbox = Sandbox.builder()
                .clock(clock)
                .world(world -> Bench.quick(FaceTable.world(world, template.operation())))
                .start()) {
            FaceTable.Asked asked = template.on(sandbox);
            VirtualTimer timer = new VirtualTimer(clock);
            OkHttpClient http = HTTP.newBuilder().addNetworkInterceptor(spoiled).build();
            Operations operations = new Operations(
                    new OvhClients(http, Bench.LIMITS, clock)
                            .client(Endpoint.of(sandbox.httpEndpoint().toString()), Bench.keys(sandbox)),
                    RecordFile.open(record),
                    new Waiter(timer, Runnable::run),
                    new Coordinators(timer, Runnable::run),
                    Runnable::run);
            Options options = new Options(
                    UUID.randomUUID().toString(),
                    clock.instant().plus(Duration.ofMinutes(20)),
                    false,
                    status -> {},
                    Map.of(),
                    CallObserver.NONE);
            Operation.OnLoadBalancer operation =
                    (Operation.OnLoadBalancer) asked.operation().operation(new Fields(asked.values()));
            Throwable failure = catchThrowable(() -> {
                CompletableFuture<?> run = operations.run(operation, options);
                timer.run();
                assertThat(run).isDone();
                run.join();
            });
            String what = "input %d, %s, spoiled: %s"
                    .formatted(input, asked.operation().name(), spoiled.spoiled());
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause != null && !(cause instanceof IplbException)) {
                throw new AssertionError(what, cause);
            }
            if (!spoiled.hasLied()) {
                assertTrue(what, record, sandbox);
            }
            return cause == null ? "done" : ((IplbException) cause).kind().code();
        }
    }

    private static void assertTrue(String what, Path record, Sandbox sandbox) {
        List<RecordedCall> said = Files.exists(record)
                ? RecordReader.read(record).stream()
                        .flatMap(entry -> entry.calls().stream())
                        .toList()
                : List.of();
        List<Exchange> arrived = Deeds.writes(sandbox);
        assertThat(said)
                .as(what)
                .extracting(call -> call.method() + " " + call.path())
                .containsExactlyElementsOf(arrived.stream()
                        .map(call -> call.method() + " " + call.rawPath())
                        .toList());
        for (int i = 0; i < said.size(); i++) {
            if (said.get(i).fate() != Fate.UNKNOWN) {
                assertThat(said.get(i).hadEffect())
                        .as("%s: %s", what, said.get(i))
                        .isEqualTo(arrived.get(i).effect());
            }
        }
    }
}
