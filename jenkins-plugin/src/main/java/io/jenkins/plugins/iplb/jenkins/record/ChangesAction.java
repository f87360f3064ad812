package io.jenkins.plugins.iplb.jenkins.record;

import hudson.Extension;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.record.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/**
 * The page "Load balancer changes" of a build. It holds nothing of the record, which it reads from its file when
 * somebody looks.
 */
public final class ChangesAction extends BuildPage {
    /** Where the page is, below the build. */
    public static final String URL_NAME = "load-balancer-changes";

    private static final Logger LOGGER = Logger.getLogger(ChangesAction.class.getName());

    private transient RecordArchive archive;

    /** Whether the copy among the artifacts is the whole record; a controller that died owes one. */
    private boolean archived;

    ChangesAction() {}

    /**
     * That of the build, which gets it now if it has none: known to {@code build.xml} before anything is sent. It takes no
     * lock of the build: what saves a Pipeline build has its own order of locks.
     */
    static synchronized ChangesAction of(Run<?, ?> run) {
        ChangesAction known = run.getAction(ChangesAction.class);
        if (known != null) {
            return known;
        }
        ChangesAction added = new ChangesAction();
        run.addAction(added);
        try {
            run.save();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return added;
    }

    RecordArchive archive() {
        return archive;
    }

    @Override
    public void onAttached(Run<?, ?> run) {
        super.onAttached(run);
        archive = new RecordArchive(run);
    }

    @Override
    public void onLoad(Run<?, ?> run) {
        super.onLoad(run);
        if (!archived) {
            catchUp();
        }
    }

    /** Does, in the background, what the end of the controller has kept the build from doing at its own. */
    void catchUp() {
        CompletableFuture.supplyAsync(this::settle, Computer.threadPoolForRemoting)
                .thenCompose(closed -> archive.store(TaskListener.NULL).thenApply(stored -> stored && closed))
                .thenAccept(whole -> {
                    if (whole) {
                        wholeRecordIsArchived();
                    }
                });
    }

    /** @return whether the record will not change any more */
    private boolean settle() {
        if (getRun().isBuilding()) {
            return false;
        }
        try {
            new BuildRecord(getRun()).endWhatWasCutOff();
        } catch (IplbException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot end what was cut off in the record of " + getRun());
        }
        return true;
    }

    private void wholeRecordIsArchived() {
        archived = true;
        try {
            getRun().save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot save " + getRun());
        }
    }

    @Override
    protected String icon() {
        return "symbol-git-compare-outline plugin-ionicons-api";
    }

    @Override
    protected String url() {
        return URL_NAME;
    }

    @Override
    public String getDisplayName() {
        return Messages.ChangesAction_DisplayName();
    }

    /** What has been done, oldest first. */
    public List<RecordedChange> getChanges() {
        boolean building = getRun().isBuilding();
        Language language = new NamingLanguage(this::name);
        return new BuildRecord(getRun())
                .entries().stream()
                        .map(entry -> new RecordedChange(entry, building, language))
                        .toList();
    }

    /** On which load balancer, and who asked. */
    public String byline(RecordedChange change) {
        String service = change.getService();
        return service == null ? change.getBy() : bothNames(service) + " · " + change.getBy();
    }

    /** Why {@link #getChanges} cannot be shown; null when it can. */
    public String getProblem() {
        try {
            new BuildRecord(getRun()).entries();
            return null;
        } catch (IplbException e) {
            return e.getMessage();
        }
    }

    /** The record itself, as it is now, whether or not there is a copy among the artifacts. */
    @GET
    public void doJson(StaplerResponse2 response) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        Files.copy(new BuildRecord(getRun()).file(), response.getOutputStream());
    }

    /** Sees to it that a completed build has the whole record among its artifacts. */
    @Extension
    public static final class Completion extends RunListener<Run<?, ?>> {
        @Override
        public void onCompleted(Run<?, ?> run, TaskListener listener) {
            ChangesAction action = run.getAction(ChangesAction.class);
            if (action != null) {
                action.settle();
                action.archived = action.archive.storeNow(listener);
            }
        }
    }
}
