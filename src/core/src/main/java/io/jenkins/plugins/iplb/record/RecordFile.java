package io.jenkins.plugins.iplb.record;

import io.jenkins.plugins.iplb.failure.IplbException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The change record in a file. Several of these, in one process or in many, may write to the same file at the same
 * time: every write begins with what is in the file then, and nobody's entries are lost. A reader sees the file whole at
 * any moment. An event costs what is new about it, and a copy of the text before it.
 *
 * <p>Beside the file {@code name} lies an empty {@code .name.lock}, by which the writers take turns; it stays.
 */
public final class RecordFile implements Journal {
    private final SharedDocument document;
    private final LogicalClock clock;

    private RecordFile(SharedDocument document, LogicalClock clock) {
        this.document = document;
        this.clock = clock;
    }

    /**
     * Opens the record at {@code file} for writing. The file need not exist, its directory must; it is made when the
     * first entry is written.
     *
     * @throws IplbException of kind {@code USAGE} when it can never be written: something else is there, a newer
     *     version wrote it, the directory is missing or read-only. What is there is left as it is.
     */
    public static RecordFile open(Path file) {
        return open(file, new LogicalClock());
    }

    /** As {@link #open(Path)}, for one of several records that are to know their common order. @param clock of them all */
    public static RecordFile open(Path file, LogicalClock clock) {
        return new RecordFile(SharedDocument.open(file), clock);
    }

    /** The file itself, whatever name it was given by. */
    Path file() {
        return document.file();
    }

    /** What says nothing new is not written. A secret is replaced here, whoever let it into the entry. */
    @Override
    public void write(RecordedEntry entry) {
        document.update(content -> observed(content).with(entry));
    }

    @Override
    public Optional<RecordedEntry> find(String id) {
        return observed(document.read()).find(id);
    }

    @Override
    public List<RecordedEntry> known(String service) {
        return observed(document.read()).entries(Map.of("service", service));
    }

    /** The entries that have not ended, of that operation on that service at that endpoint, oldest first. */
    List<RecordedEntry> open(String operation, String service, String endpoint) {
        return observed(document.read())
                .entries(Map.of(
                        "outcome", Outcome.IN_PROGRESS.code(),
                        "operation", operation,
                        "service", service,
                        "endpoint", endpoint));
    }

    @Override
    public Instant tick(Instant now) {
        return clock.tick(now);
    }

    /** What others have written is before all that is written from now on. */
    private Document observed(Document content) {
        clock.observe(content.latest());
        return content;
    }
}
