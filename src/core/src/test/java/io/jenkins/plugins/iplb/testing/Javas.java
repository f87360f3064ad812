package io.jenkins.plugins.iplb.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** The Javas of this machine that can run what is shipped: the one that runs this, and those where Linux has them. */
public final class Javas {
    private static final Path USUAL = Path.of("/usr/lib/jvm");
    private static final int OLDEST = 17;

    private Javas() {}

    public static Stream<Path> homes() {
        return Stream.concat(
                        Stream.of(Path.of(System.getProperty("java.home"))),
                        Stream.ofNullable(USUAL.toFile().list())
                                .flatMap(Arrays::stream)
                                .map(USUAL::resolve))
                .filter(home -> Files.isExecutable(home.resolve("bin/java")) && Files.exists(home.resolve("release")))
                .map(Javas::real)
                .distinct()
                .filter(home -> Integer.parseInt(release(home, "JAVA_VERSION").split("\\D")[0]) >= OLDEST);
    }

    /** What it says of itself, such as its {@code JAVA_RUNTIME_VERSION}. */
    public static String release(Path home, String name) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.startsWith(name + "="))
                    .map(line -> line.split("\"")[1])
                    .findAny()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
