package io.jenkins.plugins.iplb.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** For tests that wait for what runs in the background: beside others, what is nice to them would hardly ever get a processor. */
public final class Hurry {
    private static final Path FOLDER = folder();

    private Hurry() {}

    /** This process's own path, and before it a {@code nice} that is not. */
    public static String path() {
        return FOLDER + ":" + System.getenv("PATH");
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("hurry");
            Path nice = Files.writeString(folder.resolve("nice"), "#!/bin/sh\nexec \"$@\"\n");
            // Others may run it as well.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(nice, PosixFilePermissions.fromString("rwxr-xr-x"));
            folder.toFile().deleteOnExit();
            nice.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
