package io.jenkins.plugins.iplb.jenkins.record;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.BuildListenerAdapter;

/**
 * The copy of a build's record among its artifacts, made through the build's artifact manager and without a workspace.
 * Copies are made one after the other, so that the last one made is the newest.
 */
final class RecordArchive {
    private static final Logger LOGGER = Logger.getLogger(RecordArchive.class.getName());

    /** How long the end of a change may wait for an artifact store that does not answer. */
    private static final long PATIENCE_SECONDS = 30;

    private final Run<?, ?> run;
    private CompletableFuture<Boolean> last = CompletableFuture.completedFuture(true);

    RecordArchive(Run<?, ?> run) {
        this.run = run;
    }

    /** Begins to make a copy of the record as it is now. @return whether there is one then; never fails */
    synchronized CompletableFuture<Boolean> store(TaskListener listener) {
        last = last.handleAsync((before, failure) -> copy(listener), Computer.threadPoolForRemoting);
        return last;
    }

    /** As {@link #store}, and waits for it, but not for ever. */
    boolean storeNow(TaskListener listener) {
        try {
            return store(listener).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            tell(listener, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private boolean copy(TaskListener listener) {
        if (!Files.exists(new BuildRecord(run).file())) {
            return true;
        }
        try {
            run.pickArtifactManager()
                    .archive(
                            new FilePath(run.getRootDir()),
                            new Launcher.LocalLauncher(listener),
                            BuildListenerAdapter.wrap(listener),
                            Map.of(BuildRecord.FILE, BuildRecord.FILE));
            return true;
        } catch (IOException | RuntimeException e) {
            tell(listener, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private void tell(TaskListener listener, Exception failure) {
        LOGGER.log(Level.WARNING, failure, () -> "Cannot archive the change record of " + run);
        try {
            listener.getLogger().println(Messages.RecordArchive_Failed(BuildRecord.FILE, failure));
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "The log of " + run + " does not say so, either");
        }
    }
}
