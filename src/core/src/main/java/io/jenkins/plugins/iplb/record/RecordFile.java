package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The change record in a file. Several of these, in one process or in many, may write to the same file at the same
 * time: every event re-reads the file, and nobody's entries are lost. A reader sees the file whole at any moment.
 *
 * <p>Beside the file {@code name} lies an empty {@code .name.lock}, by which the writers take turns; it stays.
 */
public final class RecordFile implements Journal {
    private final SharedDocument document;
    private final RecordClock clock;

    private RecordFile(SharedDocument document, RecordClock clock) {
        this.document = document;
        this.clock = clock;
    }

    /**
     * Opens the record at {@code file} for writing. The file need not exist, its directory must; it is made when the
     * first entry begins.
     *
     * @throws IplbException of kind {@code USAGE} when it can never be written: something else is there, a newer
     *     version wrote it, the directory is missing or read-only. What is there is left as it is.
     * @see RecordClock
     */
    public static RecordFile open(Path file, InstantSource clock) {
        Objects.requireNonNull(clock, "clock");
        return new RecordFile(SharedDocument.open(file), RecordClock.of(clock));
    }

    @Override
    public OpenEntry begin(Wish wish) {
        ObjectNode[] begun = new ObjectNode[1];
        document.update(content -> {
            clock.follow(content.latest());
            begun[0] = Json.MAPPER.valueToTree(RecordedEntry.begun(wish, clock.instant()));
            content.append(begun[0]);
            return true;
        });
        return new FileEntry(document, clock, wish.id(), begun[0]);
    }

    @Override
    public OpenEntry resume(String id) {
        Document content = document.read();
        ObjectNode entry = content.find(id).orElseThrow(() -> cannotResume(id, "is not in it"));
        RecordedEntry typed = content.typed(entry);
        if (!typed.open()) {
            throw cannotResume(
                    id, "ended at " + typed.endedAt() + " (" + typed.outcome().code() + ")");
        }
        return new FileEntry(document, clock, id, entry);
    }

    @Override
    public Optional<RecordedEntry> find(String id) {
        Document content = document.read();
        return content.find(id).map(content::typed);
    }

    @Override
    public List<RecordedEntry> known(String service) {
        return document.read().entries().stream()
                .filter(entry -> service.equals(entry.service()))
                .toList();
    }

    private IplbException cannotResume(String id, String why) {
        return new IplbException(
                FailureKind.USAGE,
                "%s: the entry %s cannot be gone on with: it %s.".formatted(document.name(), id, why));
    }
}
