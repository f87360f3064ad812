package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.testing.Javas;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the command is started, and the archive that it is started from. The tests are of what was packaged. */
@ExtendWith(SandboxExtension.class)
class LauncherTest {
    private static final Path LAUNCHER = Path.of("../../iplb").toAbsolutePath().normalize();
    private static final String SHOW = "show --service " + Shell.SERVICE;
    private static final Ran DONE = new Ran(0, "iplb 1.0\n", "");

    @TempDir
    private Path home;

    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void prepare(Sandbox sandbox) {
        environment.putAll(SandboxEnvironment.of(sandbox));
        environment.put("HOME", home.toString());
        environment.put("PATH", System.getenv("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    /** All of this machine that will do, in the usual places. */
    static Stream<Path> javas() {
        return Javas.homes();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void everyJavaStartsFromItsOwnArchiveAfterTheFirstTimeAndSaysNothing(Path java) throws Exception {
        environment.put("JAVA_HOME", java.toString());
        Ran first = run(SHOW);
        assertThat(first.code()).isZero();
        assertThat(first.err()).isEmpty();

        Path archive = archive();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
                .isEqualTo("rw-------");
        assertThat(run(SHOW)).isEqualTo(first);
        Path loaded = home.resolve("loaded.txt");
        environment.put("_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded);
        run(SHOW);
        assertThat(Files.readString(loaded))
                .contains(Iplb.class.getName() + " source: shared objects file")
                .contains("picocli.CommandLine source: shared objects file")
                .contains("okhttp3.OkHttpClient source: shared objects file");
    }

    @Test
    void anArchiveOlderThanTheJarIsMadeAnew() throws Exception {
        Path archive = FirstRun.wasIn(home);
        FileTime old = FileTime.from(Files.getLastModifiedTime(Path.of("target/iplb.jar"))
                .toInstant()
                .minusSeconds(60));
        Files.setLastModifiedTime(archive, old);

        assertThat(run("--version")).isEqualTo(DONE);

        Eventually.holds(() -> !Files.getLastModifiedTime(archive).equals(old));
    }

    @Test
    void aStartThatADamagedArchiveEndsGoesOnWithoutItAndRemovesIt() throws Exception {
        Path archive = FirstRun.wasIn(home);
        byte[] noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);
        try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
            file.seek(file.length() / 8);
            file.write(noise);
        }

        assertThat(run("--version")).isEqualTo(DONE);

        assertThat(archive).doesNotExist();
        assertThat(home.toFile().list()).containsOnly(".cache", "directory");
        assertThat(home.resolve("directory")).isEmptyDirectory();
    }

    @Test
    void aTruncatedArchiveCostsTimeOnly() throws Exception {
        Path archive = FirstRun.wasIn(home);
        try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }

        assertThat(run("--version")).isEqualTo(DONE);
    }

    @Test
    void whereThereIsNoPlaceForAnArchiveThereIsNone() throws Exception {
        Files.createFile(home.resolve(".cache"));

        assertThat(run("--version")).isEqualTo(DONE);
        assertThat(run("--version")).isEqualTo(DONE);
    }

    @Test
    void aFullDiskCostsTimeOnly() throws Exception {
        // No file may become larger than 4 MiB: an archive is more than that.
        assertThat(start("sh", "-c", "ulimit -f 8192 && exec " + LAUNCHER + " --version")
                        .ended())
                .isEqualTo(DONE);

        Eventually.holds(() -> makers() == 0);
        assertThat(kept()).noneMatch(file -> file.endsWith(".jsa"));
        assertThat(run("--version")).isEqualTo(DONE);
    }

    @Test
    void firstRunsAtOnceMakeOneArchive() throws Exception {
        List<Started> both = List.of(start(LAUNCHER.toString(), "--version"), start(LAUNCHER.toString(), "--version"));

        for (Started each : both) {
            assertThat(each.ended()).isEqualTo(DONE);
        }

        archive();
        Eventually.holds(() -> makers() == 0);
        assertThat(kept()).hasSize(1);
        assertThat(run("--version")).isEqualTo(DONE);
    }

    @Test
    void whatJavaDoesInNoArchiveItDoesWithoutOne() throws Exception {
        FirstRun.wasIn(home);
        environment.put("JDK_JAVA_OPTIONS", "--limit-modules=java.se,jdk.crypto.ec");

        Ran ran = run("--version");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEqualTo(DONE.out());
    }

    @Test
    void whoEndsTheCommandEndsJava() throws Exception {
        FirstRun.wasIn(home);
        Started sandbox = start(LAUNCHER.toString(), "sandbox");
        Eventually.holds(() -> Files.readString(sandbox.out()).contains("TLS side"));

        sandbox.process().destroy();

        assertThat(sandbox.ended().code()).isEqualTo(143);
        Eventually.holds(() -> makers() == 0);
    }

    private Ran run(String command) throws Exception {
        return start(Stream.concat(Stream.of(LAUNCHER.toString()), Arrays.stream(command.split(" ")))
                        .toArray(String[]::new))
                .ended();
    }

    private Started start(String... command) throws IOException {
        Path out = Files.createTempFile("launcher", ".out");
        Path err = Files.createTempFile("launcher", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(home.resolve("directory")).toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Started(builder.start(), out, err);
    }

    /** Once it has been made. */
    private Path archive() throws Exception {
        Eventually.holds(() -> makers() == 0 && kept().stream().anyMatch(file -> file.endsWith(".jsa")));
        String name =
                kept().stream().filter(file -> file.endsWith(".jsa")).findAny().orElseThrow();
        return home.resolve(".cache/ovh-iplb").resolve(name);
    }

    private List<String> kept() throws IOException {
        Path folder = home.resolve(".cache/ovh-iplb");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("turn-"))
                    .toList();
        }
    }

    /** The processes that were started from that home and are there still. */
    private long makers() {
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    try {
                        return Files.readString(Path.of("/proc", Long.toString(process.pid()), "environ"))
                                .contains("HOME=" + home + "\0");
                    } catch (IOException | RuntimeException e) {
                        return false; // another one's, or gone
                    }
                })
                .count();
    }

    private record Ran(int code, String out, String err) {}

    private record Started(Process process, Path out, Path err) {
        private Ran ended() throws Exception {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended in time").isTrue();
            return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }
}
