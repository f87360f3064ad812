package io.jenkins.plugins.iplb.wait;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs what it is given one after the other, in that order, on the threads of another executor: at most one at a time. */
public final class InTurn implements Executor {
    private final Executor workers;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean running;
    private Runnable current;
    private Duration each = Duration.ZERO;

    public InTurn(Executor workers) {
        this.workers = workers;
    }

    /** What is told who comes before it: when it is handed over, and each time that one of them is done. */
    public interface Patient extends Runnable {
        /**
         * @param others how many come first, at least one
         * @param now the one whose turn it is
         * @param each how long a turn takes, by those that are over; zero as long as none is
         */
        void waits(int others, Runnable now, Duration each);
    }

    /** What has its turn for longer than it runs. */
    public interface Lasting extends Runnable {
        /** Completes when the next one may begin, well or not; asked for once this has run. */
        CompletionStage<?> over();
    }

    /** @throws java.util.concurrent.RejectedExecutionException when the other executor takes no more work */
    @Override
    public void execute(Runnable task) {
        int others;
        synchronized (this) {
            others = waiting.size() + (running ? 1 : 0);
            waiting.add(task);
            if (others == 0) {
                current = task;
            }
            busy = true;
        }
        if (others == 0) {
            workers.execute(this::next);
        } else {
            tell(task, others);
        }
    }

    private void tell(Runnable task, int others) {
        if (task instanceof Patient patient) {
            Runnable now;
            Duration took;
            synchronized (this) {
                now = current;
                took = each;
            }
            try {
                patient.waits(others, now, took);
            } catch (RuntimeException e) {
                // Who cannot say that it waits holds up nobody.
            }
        }
    }

    private void next() {
        Runnable task;
        List<Runnable> others;
        synchronized (this) {
            task = waiting.remove();
            current = task;
            running = true;
            others = List.copyOf(waiting);
        }
        for (int i = 0; i < others.size(); i++) {
            tell(others.get(i), i + 1);
        }
        long start = System.nanoTime();
        try {
            task.run();
        } finally {
            CompletionStage<?> over = over(task);
            if (over.toCompletableFuture().isDone()) {
                took(Duration.ofNanos(System.nanoTime() - start));
            }
            over.whenComplete((done, failure) -> handNext());
        }
    }

    private static CompletionStage<?> over(Runnable task) {
        return task instanceof Lasting lasting ? lasting.over() : CompletableFuture.completedFuture(null);
    }

    /** The last ones count most, and those that outlast what runs in them not at all: they are all different. */
    private synchronized void took(Duration turn) {
        each = each.isZero() ? turn : each.plus(turn).dividedBy(2);
    }

    private void handNext() {
        if (hasNext()) {
            try {
                workers.execute(this::next);
            } catch (RejectedExecutionException e) {
                // The process ends: what waits still is left to its next life.
            }
        }
    }

    private synchronized boolean hasNext() {
        running = false;
        busy = !waiting.isEmpty();
        return busy;
    }
}
