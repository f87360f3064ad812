package io.jenkins.plugins.iplb.jenkins.record;

import hudson.model.Cause;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.RecordFile;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The change record of one build, in a file of its own beside {@code build.xml}. */
public final class BuildRecord {
    /** The name of the file, and of its copy among the build's artifacts. */
    public static final String FILE = "iplb-changes.json";

    private final Run<?, ?> run;

    public BuildRecord(Run<?, ?> run) {
        this.run = run;
    }

    public Path file() {
        return run.getRootDir().toPath().resolve(FILE);
    }

    /**
     * Where operations of the build are written down. From the first entry on the build has its page of changes, and a
     * copy of the record among its artifacts, which is renewed when an entry ends.
     *
     * @param listener is told when no copy could be made, which stops nothing
     */
    public Journal journal(TaskListener listener) {
        return new ArchivedJournal(open(), run, listener);
    }

    /** What has been written down; nothing for a build that has changed nothing. */
    public List<RecordedEntry> entries() {
        return Files.exists(file()) ? RecordReader.read(file()) : List.of();
    }

    /**
     * Ends what an earlier life of the controller has left open and nobody goes on with. To be called once the build is
     * over.
     */
    void endWhatWasCutOff() {
        EntriesUnderWay underWay = EntriesUnderWay.get();
        // Before they are read, so that none is missed that ends meanwhile, and after, for what begins.
        Set<String> before = underWay.ids();
        List<RecordedEntry> cutOff = entries().stream()
                .filter(entry -> entry.open() && !before.contains(entry.id()) && !underWay.has(entry.id()))
                .toList();
        if (!cutOff.isEmpty()) {
            RecordFile record = open();
            Instant now = record.tick(IplbController.get().clock().instant());
            cutOff.forEach(entry -> record.write(entry.cutOff(now)));
        }
    }

    private RecordFile open() {
        return RecordFile.open(file(), IplbController.get().recordClock());
    }

    /**
     * Who asks, for the record.
     *
     * @param step the step or build step, as the job's author knows it
     */
    public Map<String, String> by(String step) {
        Map<String, String> by = new LinkedHashMap<>();
        by.put("build", run.getExternalizableId());
        by.put("step", step);
        Cause.UserIdCause user = run.getCause(Cause.UserIdCause.class);
        if (user != null && user.getUserId() != null) {
            by.put("user", user.getUserId());
        }
        return by;
    }
}
