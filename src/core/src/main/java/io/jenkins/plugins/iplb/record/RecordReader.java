package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a record that may be written to at the same time: what is read is whole. Entries come in the order in which
 * they began. Fields that this version does not know are passed over.
 *
 * <p>Every method throws an {@link IplbException} of kind {@code USAGE} when what it is given is no record, or of a
 * newer version.
 */
public final class RecordReader {
    private RecordReader() {}

    /** Whether it looks like one, and not like a change file. */
    public static boolean isOne(String text) {
        return text.stripLeading().startsWith("{") && text.contains('"' + Document.FORMAT + '"');
    }

    /** The entries of a file, of an empty one none; a file that does not exist is a {@code USAGE} error too. */
    public static List<RecordedEntry> read(Path file) {
        try {
            byte[] bytes = SharedDocument.bytes(file);
            return bytes.length == 0
                    ? List.of()
                    : Document.parse(file.toString(), bytes).entries();
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    /**
     * The entries of a stream, which is read to its end and left open.
     *
     * @param name what messages call it
     */
    public static List<RecordedEntry> read(String name, InputStream in) {
        try {
            return Document.parse(name, in.readAllBytes()).entries();
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /**
     * The entries of a document that has been parsed already.
     *
     * @param name what messages call it
     */
    public static List<RecordedEntry> read(String name, JsonNode document) {
        return Document.of(name, document).entries();
    }

    private static IplbException unreadable(String name, IOException e) {
        String message = "The change record %s cannot be read: %s.".formatted(name, SharedDocument.reason(e));
        return new IplbException(FailureKind.USAGE, message, e);
    }
}
