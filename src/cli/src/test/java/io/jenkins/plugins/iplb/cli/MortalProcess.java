package io.jenkins.plugins.iplb.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How a {@link MortalIplb} is started: from what was packaged and an archive of classes, as the command is. */
final class MortalProcess {
    private MortalProcess() {}

    static List<String> line(int diesAt, Stream<String> command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:SharedArchiveFile=" + FirstRun.archive(),
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-D" + MortalIplb.DIES_AT + "=" + diesAt,
                "-cp",
                Launched.JAR + ":" + testClasses(),
                MortalIplb.class.getName()));
        command.forEach(line::add);
        return line;
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
