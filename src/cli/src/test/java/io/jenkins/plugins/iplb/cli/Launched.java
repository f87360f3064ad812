package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the packaged command in a process of its own, with a home of its own and nothing in the environment but what is needed. */
final class Launched {
    static final Path IPLB = Path.of("../../iplb").toAbsolutePath().normalize();
    static final Path JAR = Path.of("target/iplb.jar").toAbsolutePath();

    private final Path directory;
    private final Map<String, String> environment = new TreeMap<>();

    /** In a home in which the command has run before. */
    Launched(Path home, Sandbox sandbox) throws IOException, InterruptedException {
        directory = Files.createDirectories(home.resolve("directory"));
        FirstRun.wasIn(home);
        environment.putAll(SandboxEnvironment.of(sandbox));
        environment.put("HOME", home.toString());
        environment.put("PATH", System.getenv("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    /** All of this machine that will do, in the usual places. */
    static Stream<Path> javas() {
        return LauncherTest.javas();
    }

    Launched with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Launched without(String variable) {
        environment.remove(variable);
        return this;
    }

    Path directory() {
        return directory;
    }

    /** Runs a line of a shell. */
    Ran shell(String line) throws Exception {
        Path out = Files.createTempFile("launched", ".out");
        Path err = Files.createTempFile("launched", ".err");
        // From a file: how Java hands over arguments depends on the locale of the tests.
        Path script = Files.createTempFile("launched", ".sh");
        Files.writeString(script, line + "\n");
        ProcessBuilder builder = new ProcessBuilder(List.of("sh", script.toString()))
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended in time").isTrue();
            return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
            for (Path file : List.of(out, err, script)) {
                Files.deleteIfExists(file);
            }
        }
    }

    record Ran(int code, String out, String err) {}
}
