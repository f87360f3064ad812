package io.jenkins.plugins.iplb.lock;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.wait.InTurn;
import io.jenkins.plugins.iplb.wait.Timer;
import io.jenkins.plugins.iplb.wait.TurnOrder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Who changes a load balancer holds its lock in a PostgreSQL database, and waits for it, beyond the turns of its own
 * machine. Nothing is stored there. A wait holds no thread. Without the lock, or when it is lost on the way, nothing is
 * written.
 */
public final class SharedLocks {
    /** The environment variable that names the database. */
    public static final String VARIABLE = "IPLB_LOCK";

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final LockDatabase database;
    private final Timer timer;
    private final Executor workers;
    private final Map<String, AdvisoryLock> locks = new ConcurrentHashMap<>();

    private SharedLocks(LockDatabase database, Timer timer, Executor workers) {
        this.database = database;
        this.timer = timer;
        this.workers = workers;
    }

    /**
     * The locks that {@code IPLB_LOCK} asks for; none when it is missing or empty.
     *
     * @throws InvalidInput when it names no PostgreSQL database
     */
    public static Optional<SharedLocks> of(Map<String, String> environment, Timer timer, Executor workers) {
        return Optional.ofNullable(environment.get(VARIABLE))
                .filter(given -> !given.isEmpty())
                .map(given -> LockDatabase.parse(VARIABLE, given, Optional.ofNullable(environment.get("PGPASSWORD"))))
                .map(database -> new SharedLocks(database, timer, workers));
    }

    /** The same order, in which who has its turn waits for the lock too. */
    public TurnOrder around(TurnOrder order) {
        return new TurnOrder() {
            @Override
            public Executor of(String loadBalancer) {
                Executor own = order.of(loadBalancer);
                return task -> own.execute(new Turn(task, lock(loadBalancer)));
            }

            @Override
            public void beforeWrite(String loadBalancer) {
                order.beforeWrite(loadBalancer);
                lock(loadBalancer).require();
            }
        };
    }

    private AdvisoryLock lock(String loadBalancer) {
        return locks.computeIfAbsent(loadBalancer, key -> new AdvisoryLock(database, key));
    }

    /** Lasts until what it is for is over. */
    private final class Turn implements InTurn.Patient, InTurn.Lasting {
        private final Runnable task;
        private final AdvisoryLock lock;
        private final CompletableFuture<Void> over = new CompletableFuture<>();

        Turn(Runnable task, AdvisoryLock lock) {
            this.task = task;
            this.lock = lock;
        }

        @Override
        public void run() {
            if (!lock.take()) {
                waits(1, () -> {}, Duration.ZERO);
                timer.after(BETWEEN_LOOKS, () -> workers.execute(this));
                return;
            }
            try {
                task.run();
            } finally {
                whole().whenComplete((done, failure) -> {
                    lock.release();
                    over.complete(null);
                });
            }
        }

        private CompletionStage<?> whole() {
            return task instanceof InTurn.Lasting lasting ? lasting.over() : CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> over() {
            return over;
        }

        @Override
        public void waits(int others, Runnable now, Duration each) {
            if (task instanceof InTurn.Patient patient) {
                patient.waits(others, now instanceof Turn turn ? turn.task : now, each);
            }
        }
    }
}
