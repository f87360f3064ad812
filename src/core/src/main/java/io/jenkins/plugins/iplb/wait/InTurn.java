package io.jenkins.plugins.iplb.wait;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs what it is given one after the other, in that order, on the threads of another executor: at most one at a time. */
public final class InTurn implements Executor {
    private final Executor workers;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean running;

    public InTurn(Executor workers) {
        this.workers = workers;
    }

    /** What is told how many come before it: when it is handed over, and each time that one of them is done. */
    public interface Patient extends Runnable {
        /** @param others at least one */
        void waits(int others);
    }

    /** @throws java.util.concurrent.RejectedExecutionException when the other executor takes no more work */
    @Override
    public void execute(Runnable task) {
        int others;
        synchronized (this) {
            others = waiting.size() + (running ? 1 : 0);
            waiting.add(task);
            busy = true;
        }
        if (others == 0) {
            workers.execute(this::next);
        } else {
            tell(task, others);
        }
    }

    private static void tell(Runnable task, int others) {
        if (task instanceof Patient patient) {
            try {
                patient.waits(others);
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
            running = true;
            others = List.copyOf(waiting);
        }
        for (int i = 0; i < others.size(); i++) {
            tell(others.get(i), i + 1);
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
        running = false;
        busy = !waiting.isEmpty();
        return busy;
    }
}
