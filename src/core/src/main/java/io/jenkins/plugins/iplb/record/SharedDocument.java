package io.jenkins.plugins.iplb.record;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/** A {@link Document} in a file that several writers share: each takes a turn to read, change and replace it. */
final class SharedDocument {
    /** A turn lasts milliseconds; who does not get one for so long waits for a process that hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** As many as Linux follows. */
    private static final int MOST_LINKS = 40;

    private final Path file;
    private final Turns turns;

    /** Those that wait for a turn: whoever gets it does what all of them want. */
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();

    /** Held by whoever takes a turn for all of them. */
    private final Object together = new Object();

    /** Let go of when memory is short: a controller may know thousands of records that nobody uses. */
    private volatile SoftReference<Known> known = new SoftReference<>(null);

    /** @param bytes what the file was like then */
    private record Known(Document content, Rendering text, byte[] bytes) {}

    /** @param over completes when it is durable */
    private record Event(UnaryOperator<Document> change, CompletableFuture<Void> over) {}

    private SharedDocument(Path file) {
        this.file = file;
        this.turns = new Turns(file.resolveSibling("." + file.getFileName() + ".lock"), PATIENCE);
    }

    /** @throws IplbException of kind {@code USAGE} when it can never be written */
    static SharedDocument open(Path path) {
        try {
            SharedDocument document = new SharedDocument(real(path));
            document.content();
            if (Files.exists(document.file) && !Files.isWritable(document.file)) {
                throw new AccessDeniedException(document.file.toString());
            }
            // Only trying tells whether a directory takes a file; permissions alone do not.
            Files.delete(Files.createTempFile(document.file.getParent(), ".iplb", ".tmp"));
            return document;
        } catch (IOException e) {
            String message =
                    "%s cannot be used as a change record: %s. Name a file in a directory that exists and can be written. Nothing was sent."
                            .formatted(path, reason(e));
            throw new IplbException(FailureKind.USAGE, message, e);
        }
    }

    String name() {
        return file.toString();
    }

    /** The file itself, whatever name it was given by. */
    Path file() {
        return file;
    }

    /** The content as it is now: since the file is only ever replaced whole, this needs no turn. */
    Document read() {
        try {
            return content();
        } catch (IOException e) {
            String message = "The change record %s cannot be read: %s.".formatted(file, reason(e));
            throw new IplbException(FailureKind.UNAVAILABLE, message, e);
        }
    }

    /**
     * Takes a turn: reads the content, lets {@code event} make another one of it, and replaces the file when that is
     * another. It is durable when this returns. What several threads want at once reaches the disk at once.
     */
    void update(UnaryOperator<Document> change) {
        Event event = new Event(change, new CompletableFuture<>());
        events.add(event);
        try {
            synchronized (together) {
                if (!event.over().isDone()) {
                    turns.take(() -> {
                        happen();
                        return null;
                    });
                }
            }
        } catch (IOException e) {
            // Another one may have had its turn meanwhile.
            if (events.remove(event)) {
                event.over().completeExceptionally(e);
            }
        }
        try {
            event.over().join();
        } catch (CompletionException e) {
            throw failure(e.getCause());
        }
    }

    private RuntimeException failure(Throwable cause) {
        if (cause instanceof IOException e) {
            String message =
                    "The change record %s cannot be written: %s. What happened before is in it; make room for it before you go on."
                            .formatted(file, reason(e));
            return new IplbException(FailureKind.UNAVAILABLE, message, e);
        }
        return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
    }

    /** All that is wanted by now, by one replacement. */
    private void happen() {
        List<Event> all = new ArrayList<>();
        for (Event event = events.poll(); event != null; event = events.poll()) {
            all.add(event);
        }
        try {
            Known before = known();
            Document content = before.content();
            for (Event event : all) {
                try {
                    content = event.change().apply(content);
                } catch (RuntimeException e) {
                    event.over().completeExceptionally(e);
                }
            }
            if (content != before.content()) {
                Rendering text = content.after(before.text());
                byte[] bytes = text.bytes();
                Replacement.of(file, bytes);
                known = new SoftReference<>(new Known(content, text, bytes));
            }
            all.forEach(event -> event.over().complete(null));
        } catch (IOException | RuntimeException | Error e) {
            all.forEach(event -> event.over().completeExceptionally(e));
        }
    }

    /** What is in the file is what it was as long as every byte is: somebody else may have replaced it at any time. */
    private Known known() throws IOException {
        byte[] bytes = content(file);
        Known last = known.get();
        if (last == null || !Arrays.equals(last.bytes(), bytes)) {
            last = new Known(parsed(bytes), Rendering.none(), bytes);
            known = new SoftReference<>(last);
        }
        return last;
    }

    private Document content() throws IOException {
        return known().content();
    }

    private Document parsed(byte[] bytes) {
        // As mktemp makes it.
        return bytes.length == 0 ? Document.empty(name()) : Document.parse(name(), bytes);
    }

    private static byte[] content(Path file) throws IOException {
        try {
            return bytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    /** Of a regular file: a device may have no end, and a pipe may never begin. */
    static byte[] bytes(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            String what = Files.isDirectory(file) ? "directory" : "device, pipe or socket";
            throw new IOException("it is a " + what + ", not a regular file");
        }
        return Files.readAllBytes(file);
    }

    /** One name per file, however it is reached: the writers of one process tell by it whether they share a file. */
    private static Path real(Path path) throws IOException {
        Path named = path.toAbsolutePath();
        // A link may lead to where nothing is yet.
        for (int links = 0; Files.isSymbolicLink(named) && !Files.exists(named); links++) {
            if (links == MOST_LINKS) {
                throw new FileSystemLoopException(path.toString());
            }
            named = named.resolveSibling(Files.readSymbolicLink(named));
        }
        if (Files.exists(named)) {
            return named.toRealPath();
        }
        return named.getParent().toRealPath().resolve(named.getFileName());
    }

    /** {@link FileSystemException} often says no more than the path. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        if (e instanceof AccessDeniedException denied) {
            return "permission denied for " + denied.getFile();
        }
        if (e instanceof FileSystemLoopException loop) {
            return loop.getFile() + " leads back to itself";
        }
        return e.getMessage();
    }
}
