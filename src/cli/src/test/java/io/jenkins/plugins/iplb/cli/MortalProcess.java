package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a {@link MortalIplb} is started: from what was packaged and a class data archive of it, as the command is. To start
 * it a hundred times from class files takes twice as long.
 */
record MortalProcess(Path archive) {
    private static final Path JAR = Path.of("target/iplb.jar").toAbsolutePath();

    /** Makes the archive. */
    static MortalProcess prepare(Path directory) throws IOException, InterruptedException {
        Path classes = directory.resolve("classes");
        Path archive = directory.resolve("iplb.jsa");
        run(classes, java("-cp", JAR.toString(), "io.jenkins.plugins.iplb.process.ClassList"));
        run(
                directory.resolve("archive.txt"),
                java(
                        "-Xshare:dump",
                        "-XX:SharedClassListFile=" + classes,
                        "-XX:SharedArchiveFile=" + archive,
                        "-cp",
                        JAR.toString()));
        return new MortalProcess(archive);
    }

    List<String> line(int diesAt, Stream<String> command) {
        List<String> line = java(
                "-XX:SharedArchiveFile=" + archive,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-D" + MortalIplb.DIES_AT + "=" + diesAt,
                "-cp",
                JAR + ":" + testClasses(),
                MortalIplb.class.getName());
        command.forEach(line::add);
        return line;
    }

    private static List<String> java(String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of(arguments));
        return line;
    }

    private static void run(Path output, List<String> line) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(line)
                        .redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .as("%s", line)
                .isZero();
    }

    private static Path testClasses() {
        try {
            return Path.of(MortalIplb.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
