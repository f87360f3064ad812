package io.jenkins.plugins.iplb.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Runs tasks as if each had a thread of its own, and only one at a time: a task that pauses lets any other go on, and
 * which one, a seed decides. So what many threads would do at random happens at random, and again for the same seed.
 *
 * <p>No task may pause while it holds a lock that another one may want.
 */
public final class Interleaver implements Executor, AutoCloseable {
    private final Random random;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "interleaved");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Strand> ready = new ArrayList<>();
    private Strand running;

    public Interleaver(Random random) {
        this.random = random;
    }

    @Override
    public void execute(Runnable task) {
        ready.add(new Strand(task));
    }

    /** Lets one task run until it pauses or ends. @return false when there is none */
    public boolean next() {
        if (ready.isEmpty()) {
            return false;
        }
        next(random.nextInt(ready.size()));
        return true;
    }

    /** The same of the one that waits longest, whatever the seed. */
    public void first() {
        next(0);
    }

    private void next(int which) {
        Strand strand = ready.remove(which);
        running = strand;
        strand.goOn();
        running = null;
    }

    /** For tasks: lets others go on first, perhaps. */
    public void pause() {
        Strand strand = running;
        ready.add(strand);
        strand.rest();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** A task on its thread. The two semaphores hand over all that was written as well. */
    private final class Strand {
        private final Runnable task;
        private final Semaphore turn = new Semaphore(0);
        private final Semaphore rest = new Semaphore(0);
        private boolean started;
        private Throwable failure;

        private Strand(Runnable task) {
            this.task = task;
        }

        private void goOn() {
            if (started) {
                turn.release();
            } else {
                started = true;
                threads.execute(this::run);
            }
            rest.acquireUninterruptibly();
            if (failure != null) {
                throw new AssertionError("A task has failed", failure);
            }
        }

        private void run() {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                failure = e;
            } finally {
                rest.release();
            }
        }

        private void rest() {
            rest.release();
            turn.acquireUninterruptibly();
        }
    }
}
