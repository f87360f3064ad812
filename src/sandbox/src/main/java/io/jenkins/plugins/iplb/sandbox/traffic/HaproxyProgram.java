package io.jenkins.plugins.iplb.sandbox.traffic;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where HAProxy is installed: on the path, or where systems put what only an administrator starts. */
public final class HaproxyProgram {
    private HaproxyProgram() {}

    public static Optional<Path> find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "haproxy"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @throws IllegalStateException saying how to come by it */
    public static Path required() {
        return find().orElseThrow(() ->
                new IllegalStateException("HAProxy is not installed. On Debian and Ubuntu: apt-get install haproxy"));
    }
}
