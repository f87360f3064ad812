package io.jenkins.plugins.iplb.wait;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs what it is given one after the other, in that order, on the threads of another executor: at most one at a time. */
public final class InTurn implements Executor {
    private final Executor workers;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    public InTurn(Executor workers) {
        this.workers = workers;
    }

    /** @throws java.util.concurrent.RejectedExecutionException when the other executor takes no more work */
    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            waiting.add(task);
            if (busy) {
                return;
            }
            busy = true;
        }
        workers.execute(this::next);
    }

    private void next() {
        Runnable task;
        synchronized (this) {
            task = waiting.remove();
        }
        try {
            task.run();
        } finally {
            handNext();
        }
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
        busy = !waiting.isEmpty();
        return busy;
    }
}
