package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the first run of the launcher leaves for those after it: an archive of classes. It takes longer to make than most tests
 * take, so that all tests of a build share one.
 */
final class FirstRun {
    private static final Path CACHES = Path.of(".cache", "ovh-iplb");

    private FirstRun() {}

    /** The archive of the Java that runs the tests. */
    static synchronized Path archive() throws IOException, InterruptedException {
        Path home = Files.createDirectories(Path.of(
                        "target",
                        "first-run-" + Files.getLastModifiedTime(Launched.JAR).toMillis())
                .toAbsolutePath());
        if (archives(home).isEmpty()) {
            run(home);
            Eventually.holds(() -> !archives(home).isEmpty());
        }
        return archives(home).get(0);
    }

    /** As if it had been in that home. @return the archive there */
    static Path wasIn(Path home) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(home.resolve(CACHES));
        return Files.copy(archive(), folder.resolve(archive().getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** As if it had been in that home, and had made no archive there: nobody tries again. */
    static void leftNothingIn(Path home) throws IOException, InterruptedException {
        String name = archive().getFileName().toString();
        Path folder = home.resolve(CACHES);
        Files.createDirectories(folder.resolve(name + ".try"));
        Files.deleteIfExists(folder.resolve(name));
    }

    private static void run(Path home) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Launched.IPLB.toString(), "--version")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "HOME", home.toString(),
                        "PATH", System.getenv("PATH"),
                        "JAVA_HOME", System.getProperty("java.home")));
        assertThat(builder.start().waitFor()).isZero();
    }

    private static List<Path> archives(Path home) throws IOException {
        Path folder = home.resolve(CACHES);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }
}
