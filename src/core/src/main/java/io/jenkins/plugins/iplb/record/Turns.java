package io.jenkins.plugins.iplb.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Mutual exclusion by a file between everybody who wants to write to the same: threads of this process and other
 * processes.
 *
 * <p>A thread that was interrupted gets its turn all the same, and stays interrupted: a build that is aborted must
 * still be able to write down that it was.
 */
public final class Turns {
    private static final long POLL_MILLIS = 5;
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path lockFile;
    private final Duration patience;
    private final Runnable waiting;

    /** As the other one, and says nothing of waits. */
    public Turns(Path lockFile, Duration patience) {
        this(lockFile, patience, () -> {});
    }

    /**
     * @param lockFile made when missing, never deleted: a lock on a file that another process has just deleted keeps
     *     nobody out
     * @param patience how long to wait for another process
     * @param waiting is told about every second that another process has the turn
     */
    public Turns(Path lockFile, Duration patience, Runnable waiting) {
        this.lockFile = lockFile;
        this.patience = patience;
        this.waiting = waiting;
    }

    /** What is done in a turn; by means that an interrupt does not break, such as streams and {@code Files}. */
    public interface Action<T> {
        T run() throws IOException;
    }

    /** @throws IOException also when another process did not let go in time */
    public <T> T take(Action<T> action) throws IOException {
        // A file lock keeps other processes out, not other threads, and on POSIX closing any channel of the file gives
        // up the lock of the whole process: so the threads need a monitor around it. That must be one per file for
        // all instances, even of two class loaders in one controller. An interned string is just that, and unlike a
        // static map it goes away when nobody uses it.
        synchronized ((Turns.class.getName() + ' ' + lockFile).intern()) {
            try (FileChannel channel =
                    FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock(channel);
                return action.run();
            }
        }
    }

    /**
     * Polls, because {@link FileChannel#lock()} neither has a time limit nor survives an interrupt. Closing the channel
     * gives the lock up.
     */
    private void lock(FileChannel channel) throws IOException {
        long start = System.nanoTime();
        long told = start;
        boolean interrupted = false;
        try {
            while (channel.tryLock() == null) {
                if (System.nanoTime() - start > patience.toNanos()) {
                    throw new FileSystemException(
                            lockFile.toString(),
                            null,
                            "another process has held this lock for " + patience.toSeconds() + " seconds");
                }
                if (System.nanoTime() - told > TELL_NANOS) {
                    told = System.nanoTime();
                    waiting.run();
                }
                try {
                    Thread.sleep(POLL_MILLIS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
