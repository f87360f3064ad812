package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A record whose entries belong to the process that began them, until that ends, however it ends. What a process has
 * left open by its end may be gone on with by another one, and by one only.
 *
 * <p>Beside the file {@code name} lies an empty {@code .name.owners}: each entry stands for one byte of it, and its owner
 * holds a lock on that byte, which no crash can leave behind. One of these for each process: on POSIX, closing one gives
 * up the locks of all.
 */
public final class OwnedRecord implements Journal, AutoCloseable {
    private final RecordFile record;
    private final Path owners;
    private final Set<String> owned = new HashSet<>();
    private FileChannel locks;

    private OwnedRecord(RecordFile record, Path owners) {
        this.record = record;
        this.owners = owners;
    }

    /** As {@link RecordFile#open}. */
    public static OwnedRecord open(Path file) {
        RecordFile record = RecordFile.open(file);
        return new OwnedRecord(
                record, record.file().resolveSibling("." + record.file().getFileName() + ".owners"));
    }

    /**
     * Makes the newest open entry of the same wish one's own, unless somebody goes on with it.
     *
     * @return its id; empty when there is none
     */
    public Optional<String> adopt(String operation, String service, String endpoint, JsonNode wanted) {
        List<RecordedEntry> left = record.open(operation, service, endpoint).stream()
                .filter(entry -> entry.wanted().toString().equals(wanted.toString()))
                .toList();
        for (int i = left.size() - 1; i >= 0; i--) {
            String id = left.get(i).id();
            // Its owner may have ended it since.
            if (own(id) && record.find(id).filter(RecordedEntry::open).isPresent()) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }

    @Override
    public void write(RecordedEntry entry) {
        own(entry.id());
        record.write(entry);
    }

    @Override
    public Optional<RecordedEntry> find(String id) {
        return record.find(id);
    }

    @Override
    public List<RecordedEntry> known(String service) {
        return record.known(service);
    }

    @Override
    public Instant tick(Instant now) {
        return record.tick(now);
    }

    /** Gives up what is owned. */
    @Override
    public synchronized void close() {
        try {
            if (locks != null) {
                locks.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return false when another one has it, or when there is no telling */
    private synchronized boolean own(String id) {
        if (owned.contains(id)) {
            return true;
        }
        try {
            if (locks == null) {
                locks = FileChannel.open(owners, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            }
            return locks.tryLock(place(id), 1, false) != null && owned.add(id);
        } catch (IOException | OverlappingFileLockException e) {
            // Some network file systems have no locks: then nobody goes on with anybody's entry.
            return false;
        }
    }

    private static long place(String id) {
        return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).getLeastSignificantBits()
                & Long.MAX_VALUE >> 1;
    }
}
