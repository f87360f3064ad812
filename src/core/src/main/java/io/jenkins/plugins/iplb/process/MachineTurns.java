package io.jenkins.plugins.iplb.process;

import io.jenkins.plugins.iplb.record.Turns;
import io.jenkins.plugins.iplb.wait.InTurn;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Changes of one load balancer by all processes of one user on this machine take turns: what looks before it writes must
 * not write what another one has written since. They do so by empty files in {@code ~/.cache/ovh-iplb}, which stay and
 * are few: some load balancers share one. Where they cannot be, nobody waits for anybody.
 */
final class MachineTurns {
    private static final int FILES = 64;

    private final Path directory;
    private final Executor workers;
    private final Duration patience;
    private final Consumer<WaitStatus> progress;

    /**
     * @param patience how long to wait for the others
     * @param progress is told that it is somebody else's turn
     */
    MachineTurns(Path home, Executor workers, Duration patience, Consumer<WaitStatus> progress) {
        this.progress = progress;
        this.directory = home.resolve(".cache/ovh-iplb");
        this.workers = workers;
        this.patience = patience;
    }

    /** Runs what is done to that load balancer. */
    Executor of(String loadBalancer) {
        Path file = directory.resolve("turn-" + Math.floorMod(loadBalancer.hashCode(), FILES));
        WaitStatus waiting = WaitStatus.of(
                "turn", "waiting for its turn: another process on this machine changes %s".formatted(loadBalancer));
        return task -> {
            if (task instanceof InTurn.Lasting lasting) {
                hold(lasting, file, waiting);
            } else {
                workers.execute(() -> run(task, file, () -> progress.accept(waiting)));
            }
        };
    }

    /** The lock of a file is held by a thread that does nothing else: what it is held for may need all the others. */
    private void hold(InTurn.Lasting task, Path file, WaitStatus waiting) {
        Runnable held = () -> {
            CompletableFuture.runAsync(task, workers).join();
            task.over().toCompletableFuture().exceptionally(failure -> null).join();
        };
        Thread thread = new Thread(() -> run(held, file, () -> progress.accept(waiting)), "iplb turn");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Runnable task, Path file, Runnable waiting) {
        AtomicBoolean begun = new AtomicBoolean();
        try {
            Files.createDirectories(directory);
            new Turns(file, patience, waiting).take(() -> {
                begun.set(true);
                task.run();
                return null;
            });
        } catch (IOException e) {
            // It is nobody's turn where there is no place for the files; and whose patience is over has no time left.
            if (!begun.get()) {
                task.run();
            }
        }
    }
}
