package io.jenkins.plugins.iplb.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** A directory in memory where the system has such a thing, for tests that write more than a disk likes. */
public final class MemoryDirectory implements TempDirFactory {
    private static final Path LINUX = Path.of("/dev/shm");
    private static final long ROOM = 1L << 30;

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
        return hasRoom() ? Files.createTempDirectory(LINUX, "junit") : Files.createTempDirectory("junit");
    }

    /** A container may have 64 MiB of it. */
    private static boolean hasRoom() throws IOException {
        return Files.isWritable(LINUX) && Files.getFileStore(LINUX).getUsableSpace() > ROOM;
    }
}
