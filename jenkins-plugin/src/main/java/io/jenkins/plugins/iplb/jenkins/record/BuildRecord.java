package io.jenkins.plugins.iplb.jenkins.record;

import hudson.model.Run;
import io.jenkins.plugins.iplb.jenkins.IplbController;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.record.RecordFile;
import java.nio.file.Path;

/** The change record of one build, in a file of its own beside {@code build.xml}. */
public final class BuildRecord {
    public static final String FILE = "iplb-changes.json";

    private final Run<?, ?> run;

    public BuildRecord(Run<?, ?> run) {
        this.run = run;
    }

    public Path file() {
        return run.getRootDir().toPath().resolve(FILE);
    }

    /** Where operations of the build are written down. */
    public Journal journal() {
        return RecordFile.open(file(), IplbController.get().clock());
    }
}
