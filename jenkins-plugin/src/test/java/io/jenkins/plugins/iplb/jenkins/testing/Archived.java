package io.jenkins.plugins.iplb.jenkins.testing;

import hudson.model.Run;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.record.BuildRecord;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Whether they are in it by now. Jenkins copies it in its place: whoever reads meanwhile finds a part of it. */
    public static boolean are(Run<?, ?> build, List<RecordedEntry> entries) throws IOException {
        try {
            return entries(build).equals(entries);
        } catch (IplbException e) {
            return false;
        }
    }

    /** Whether no entry of it is open by now. @param copy where it would be */
    public static boolean isClosed(Path copy) {
        try {
            return Files.exists(copy) && RecordReader.read(copy).stream().noneMatch(RecordedEntry::open);
        } catch (IplbException e) {
            return false;
        }
    }
}
