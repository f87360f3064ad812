package io.jenkins.plugins.iplb.ovh;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Calls that need not wait for each other. */
public final class SideBySide {
    /** How many are under way at the same time, at most. */
    public static final int CALLS = 12;

    private SideBySide() {}

    /** @param work gets as many workers as there may be calls; they are gone when it is over */
    public static void with(Consumer<Executor> work) {
        ExecutorService workers = Executors.newFixedThreadPool(CALLS, SideBySide::daemon);
        try {
            work.accept(workers);
        } finally {
            workers.shutdown();
        }
    }

    /** Makes all of them, whatever becomes of one. @throws RuntimeException what the first of those that failed has said */
    public static void all(Stream<Runnable> calls) {
        with(workers -> {
            List<CompletableFuture<Void>> all =
                    calls.map(call -> CompletableFuture.runAsync(call, workers)).toList();
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .handle((done, failure) -> null)
                    .join();
            all.forEach(SideBySide::mustBeDone);
        });
    }

    /** The first goes alone: who would refuse all of them, a proxy say that wants a password, has to refuse one. */
    public static void allAfterTheFirst(Stream<Runnable> calls) {
        List<Runnable> all = calls.toList();
        all.stream().limit(1).forEach(Runnable::run);
        all(all.stream().skip(1));
    }

    private static void mustBeDone(CompletableFuture<Void> call) {
        try {
            call.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "iplb side by side");
        thread.setDaemon(true);
        return thread;
    }
}
