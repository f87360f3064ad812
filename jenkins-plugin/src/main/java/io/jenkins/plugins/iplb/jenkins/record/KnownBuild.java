package io.jenkins.plugins.iplb.jenkins.record;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.record.RecordReader;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** A build whose record tells of a load balancer. It is not loaded for that: only its record is read, and only when it is new. */
final class KnownBuild {
    private static final Logger LOGGER = Logger.getLogger(KnownBuild.class.getName());

    private final String id;
    private final String service;
    private SoftReference<Content> last = new SoftReference<>(null);

    /** @param id as {@link hudson.model.Run#getExternalizableId} has it */
    KnownBuild(String id, String service) {
        this.id = id;
        this.service = service;
    }

    String id() {
        return id;
    }

    /** What its record says about the load balancer now; nothing once the build is deleted, or its record is damaged. */
    synchronized List<RecordedEntry> entries() {
        Path file = file();
        if (file == null || !Files.exists(file)) {
            return List.of();
        }
        try {
            Version now = Version.of(file);
            Content known = last.get();
            if (known == null || !known.version().equals(now)) {
                known = new Content(now, read(file));
                last = new SoftReference<>(known);
            }
            return known.entries();
        } catch (IOException | IplbException e) {
            LOGGER.log(Level.FINE, e, () -> "Cannot read the change record of " + id);
            return List.of();
        }
    }

    private List<RecordedEntry> read(Path file) {
        return RecordReader.read(file).stream()
                .filter(entry -> service.equals(entry.service()))
                .toList();
    }

    @CheckForNull
    private Path file() {
        int hash = id.lastIndexOf('#');
        Job<?, ?> job = Jenkins.get().getItemByFullName(id.substring(0, hash), Job.class);
        return job == null
                ? null
                : job.getBuildDir().toPath().resolve(id.substring(hash + 1)).resolve(BuildRecord.FILE);
    }

    private record Content(Version version, List<RecordedEntry> entries) {}

    /** A record is only ever replaced as a whole. */
    private record Version(FileTime modified, long size, Object key) {
        static Version of(Path file) throws IOException {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Version(now.lastModifiedTime(), now.size(), now.fileKey());
        }
    }
}
