package io.jenkins.plugins.iplb.record;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;

/**
 * Replaces a file as a whole: whoever reads it, or finds it after a crash, sees the old content or the new, never a
 * part. Only for who has the {@link Turns turn}: the temporary file has one fixed name, so that one left by a crash is
 * overwritten by the next writer instead of staying for ever.
 */
public final class Replacement {
    private Replacement() {}

    /** The new content has reached the disk when this returns; when it throws, the old content is in place. */
    public static void of(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        try {
            Files.deleteIfExists(temporary);
            // Not a FileChannel: an interrupt would close that in the middle of the write.
            try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
                keepPermissions(file, temporary);
                out.write(content);
                out.getFD().sync();
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            discard(temporary, e);
            throw e;
        }
        syncDirectory(file.getParent());
    }

    /** A record that its owner has closed to others does not become readable by being written to. */
    private static void keepPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view != null && Files.exists(from)) {
            view.setPermissions(Files.getPosixFilePermissions(from));
        }
    }

    private static void discard(Path temporary, IOException cause) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Makes the rename itself survive a power cut, where the system lets a directory be opened at all. */
    private static void syncDirectory(Path directory) {
        boolean interrupted = false;
        for (boolean again = true; again; ) {
            again = false;
            try (FileChannel channel = FileChannel.open(directory)) {
                channel.force(true);
            } catch (ClosedByInterruptException e) {
                interrupted = Thread.interrupted();
                again = true;
            } catch (IOException e) {
                // Windows does not open directories; there the file system's own journal orders the rename.
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
