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

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
        return Files.isWritable(LINUX) ? Files.createTempDirectory(LINUX, "junit") : Files.createTempDirectory("junit");
    }
}
