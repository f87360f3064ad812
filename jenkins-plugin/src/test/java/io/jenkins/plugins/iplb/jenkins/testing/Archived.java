package io.jenkins.plugins.iplb.jenkins.testing;

import hudson.model.Run;
import io.jenkins.plugins.iplb.jenkins.record.BuildRecord;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import jenkins.util.VirtualFile;

/** The copy of a build's record among its artifacts. */
public final class Archived {
    private Archived() {}

    /** What is in it; nothing when there is none. */
    public static List<RecordedEntry> entries(Run<?, ?> build) throws IOException {
        VirtualFile artifact = build.getArtifactManager().root().child(BuildRecord.FILE);
        if (!artifact.exists()) {
            return List.of();
        }
        try (InputStream in = artifact.open()) {
            return RecordReader.read(BuildRecord.FILE, in);
        }
    }
}
