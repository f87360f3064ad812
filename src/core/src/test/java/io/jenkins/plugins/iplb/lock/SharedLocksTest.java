package io.jenkins.plugins.iplb.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.sandbox.testing.PostgresServer;
import io.jenkins.plugins.iplb.wait.InTurn;
import io.jenkins.plugins.iplb.wait.Timer;
import io.jenkins.plugins.iplb.wait.TurnOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines that share nothing but a real PostgreSQL. */
class SharedLocksTest {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    /** Takes longer than the server lets a session do nothing within a transaction, unless that asks for more. */
    private static final int LOOKS = (int) PostgresServer.IDLE.dividedBy(BETWEEN_LOOKS) + 20;

    private static final String SHOP = "https://eu.api.ovh.com/1.0 loadbalancer-1";

    private static PostgresServer server;

    private final List<ScheduledExecutorService> machines = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        Path directory = Files.createTempDirectory("iplb-postgresql");
        Assumptions.assumeTrue(PostgresServer.programs().isPresent(), "PostgreSQL is not installed");
        server = PostgresServer.start(PostgresServer.programs().orElseThrow(), directory);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void shutDown() {
        machines.forEach(ScheduledExecutorService::shutdownNow);
    }

    @Test
    void oneMachineAtATimeHasTheTurn() throws Exception {
        int each = 10;
        int parties = 4;
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(each * parties);
        for (int party = 0; party < parties; party++) {
            TurnOrder machine = machine(server.address());
            for (int i = 0; i < each; i++) {
                machine.of(SHOP).execute(() -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    machine.beforeWrite(SHOP);
                    inside.decrementAndGet();
                    done.countDown();
                });
            }
        }

        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(1);
    }

    @Test
    void whatLastsKeepsTheOthersOutUntilItIsOver() throws Exception {
        TurnOrder first = machine(server.address());
        TurnOrder second = machine(server.address());
        Lasting lasting = new Lasting();
        first.of(SHOP).execute(lasting);
        lasting.begun.get(60, TimeUnit.SECONDS);
        Patient other = new Patient();
        second.of(SHOP).execute(other);

        assertThat(other.waits.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(other.begun).isNotDone();
        first.beforeWrite(SHOP);
        assertThatThrownBy(() -> second.beforeWrite(SHOP))
                .isInstanceOf(IplbException.class)
                .hasMessageContaining("is not held");

        lasting.over.complete(null);
        other.begun.get(60, TimeUnit.SECONDS);
    }

    @Test
    void anotherLoadBalancerIsNotKeptWaiting() throws Exception {
        Lasting lasting = new Lasting();
        machine(server.address()).of(SHOP).execute(lasting);
        lasting.begun.get(60, TimeUnit.SECONDS);
        Patient other = new Patient();

        machine(server.address()).of(SHOP + "2").execute(other);

        other.begun.get(60, TimeUnit.SECONDS);
        assertThat(other.waits.getCount()).isEqualTo(LOOKS);
    }

    @Test
    void whoHasLostItWritesNoMore() throws Exception {
        TurnOrder machine = machine(server.address());
        Lasting lasting = new Lasting();
        machine.of(SHOP).execute(lasting);
        lasting.begun.get(60, TimeUnit.SECONDS);
        machine.beforeWrite(SHOP);

        server.endSessions();

        assertThatThrownBy(() -> machine.beforeWrite(SHOP))
                .isInstanceOf(IplbException.class)
                .hasMessageContaining("the lock of " + SHOP + " in postgresql://127.0.0.1:")
                .hasMessageContaining("was not sent");
    }

    @Test
    void whereItCannotBeHadNothingIsWritten() throws Exception {
        TurnOrder machine = machine("postgresql://127.0.0.1:1/nowhere");
        CompletableFuture<Throwable> refused = new CompletableFuture<>();

        machine.of(SHOP).execute(() -> {
            try {
                machine.beforeWrite(SHOP);
                refused.complete(null);
            } catch (IplbException e) {
                refused.complete(e);
            }
        });

        assertThat(refused.get(60, TimeUnit.SECONDS)).hasMessageContaining("refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.example",
                "mysql://db.example/ops",
                "postgresql://db.example",
                "postgresql:///ops",
                "postgresql://deploy:sandboxsecret@db.example/ops",
                "postgresql://de ploy:sandboxsecret@db.example/ops",
                "postgresql://db.example/ops?socketFactory=x",
            })
    void whatIsNoDatabaseIsRefused(String given) {
        assertThatThrownBy(() -> machine(given))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("IPLB_LOCK")
                .hasMessageContaining("postgresql://[user@]host[:port]/database")
                .hasMessageNotContaining("sandboxsecret");
    }

    @Test
    void nobodyHasToShareOne() {
        assertThat(SharedLocks.of(Map.of(), null, null)).isEmpty();
        assertThat(SharedLocks.of(Map.of("IPLB_LOCK", ""), null, null)).isEmpty();
    }

    private TurnOrder machine(String database) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        machines.add(executor);
        Timer quick = (delay, task) -> Timer.on(executor).after(BETWEEN_LOOKS, task);
        TurnOrder own = loadBalancer -> new InTurn(executor);
        TurnOrder shared = SharedLocks.of(Map.of("IPLB_LOCK", database), quick, executor)
                .orElseThrow()
                .around(own);
        return new TurnOrder() {
            private final Map<String, Executor> turns = new ConcurrentHashMap<>();

            @Override
            public Executor of(String loadBalancer) {
                return turns.computeIfAbsent(loadBalancer, shared::of);
            }

            @Override
            public void beforeWrite(String loadBalancer) {
                shared.beforeWrite(loadBalancer);
            }
        };
    }

    private static final class Lasting implements InTurn.Lasting {
        private final CompletableFuture<Void> begun = new CompletableFuture<>();
        private final CompletableFuture<Void> over = new CompletableFuture<>();

        @Override
        public void run() {
            begun.complete(null);
        }

        @Override
        public CompletionStage<?> over() {
            return over;
        }
    }

    private static final class Patient implements InTurn.Patient {
        private final CountDownLatch waits = new CountDownLatch(LOOKS);
        private final CompletableFuture<Void> begun = new CompletableFuture<>();

        @Override
        public void run() {
            begun.complete(null);
        }

        @Override
        public void waits(int others, Runnable now, Duration each) {
            waits.countDown();
        }
    }
}
