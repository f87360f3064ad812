package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as it is released, from the zip: it starts on Java alone, wherever it lies. */
class ReleaseTest {
    private static final Ran DONE = new Ran(0, Iplb.VERSION + "\n", "");

    /** What a machine with Java, busybox and no more has of programs that the command starts. */
    private static final List<String> APPLETS =
            List.of("sh", "readlink", "uname", "sed", "mkdir", "find", "nice", "cmp", "mv", "rm", "chmod");

    @TempDir
    private static Path folder;

    private static Path release;

    @TempDir
    private Path home;

    private final Map<String, String> environment = new TreeMap<>();

    @BeforeAll
    static void unpack() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            Path zip = files.filter(file -> file.toString().endsWith(".zip"))
                    .findAny()
                    .orElseThrow();
            try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true));
                    Stream<Path> entries = Files.walk(inside.getPath("/"))) {
                Path place = Files.createDirectory(folder.resolve("with a blank"));
                for (Path entry : entries.filter(Files::isRegularFile).toList()) {
                    Path file = place.resolve(entry.toString().substring(1));
                    Files.createDirectories(file.getParent());
                    Files.copy(entry, file);
                    Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(entry));
                }
                release = place.resolve(zip.getFileName().toString().replace(".zip", ""));
            }
        }
    }

    @BeforeEach
    void prepare() throws IOException {
        environment.put("HOME", home.toString());
        environment.put("PATH", System.getenv("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        // So that no archive of classes is made, which takes longer than all the rest.
        Files.createFile(home.resolve(".cache"));
    }

    @Test
    void itsFolderSaysWhatItIs() throws Exception {
        assertThat(release.getFileName()).hasToString(Iplb.VERSION.replace(' ', '-'));
        assertThat(run(release.resolve("bin/iplb").toString(), "--version")).isEqualTo(DONE);
        try (JarFile jar = new JarFile(release.resolve("iplb.jar").toFile())) {
            assertThat(jar.getManifest()
                            .getMainAttributes()
                            .getValue("Class-Path")
                            .split(" "))
                    .isNotEmpty()
                    .allSatisfy(library -> assertThat(release.resolve(library)).isRegularFile());
        }
        assertThat(release.resolve("LICENSE")).hasSameBinaryContentAs(Path.of("../../LICENSE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "dash", "bash", "bash --posix", "busybox sh", "zsh --emulate sh"})
    void everyShellStartsIt(String shell) throws Exception {
        String[] words = shell.split(" ");
        assumeTrue(program(words[0]) != null, words[0] + " is not installed");

        assertThat(run(Stream.concat(
                                Arrays.stream(words),
                                Stream.of(release.resolve("bin/iplb").toString(), "--version"))
                        .toArray(String[]::new)))
                .isEqualTo(DONE);
    }

    @Test
    void busyboxAndJavaAreEnough() throws Exception {
        Path busybox = program("busybox");
        assumeTrue(busybox != null, "busybox is not installed");
        Path programs = Files.createDirectory(home.resolve("bin"));
        for (String applet : APPLETS) {
            Files.createSymbolicLink(programs.resolve(applet), busybox);
        }
        environment.put("PATH", programs.toString());

        assertThat(run(programs.resolve("sh").toString(), link(programs, release.resolve("bin/iplb")), "--version"))
                .isEqualTo(DONE);
    }

    @Test
    void itIsFoundThroughLinksAndChangesNothingWhereItLies() throws Exception {
        Files.delete(home.resolve(".cache"));
        String before = state();
        Path bin = Files.createDirectory(home.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("twice"), Path.of("../bin/once"));
        Files.createSymbolicLink(bin.resolve("once"), release.resolve("bin/iplb"));
        environment.put("PATH", bin + ":" + System.getenv("PATH"));

        assertThat(run("sh", "-c", "cd / && twice --version")).isEqualTo(DONE);
        Path caches = home.resolve(".cache/ovh-iplb");
        Eventually.holds(() -> Files.isDirectory(caches) && names(caches).anyMatch(name -> name.endsWith(".jsa")));
        assertThat(run("sh", "-c", "cd / && once --version")).isEqualTo(DONE);

        assertThat(state()).isEqualTo(before);
        assertThat(names(caches).filter(name -> name.contains(".jsa"))).hasSize(1);
    }

    /** As macOS had it until 12.3. */
    @Test
    void aReadlinkThatKnowsNoOptionWillDo() throws Exception {
        Path bin = Files.createDirectory(home.resolve("bin"));
        script(
                bin.resolve("readlink"),
                "[ $# = 1 ] || { echo 'illegal option' >&2; exit 1; }; exec " + program("readlink") + " \"$1\"");
        environment.put("PATH", bin + ":" + System.getenv("PATH"));

        assertThat(run("sh", link(bin, Path.of(link(home, release.resolve("bin/iplb")))), "--version"))
                .isEqualTo(DONE);
    }

    @Test
    void withoutJavaItSaysWhatToInstall() throws Exception {
        environment.remove("JAVA_HOME");
        Path bin = Files.createDirectory(home.resolve("bin"));
        for (String each : List.of("sh", "uname", "readlink")) {
            Files.createSymbolicLink(bin.resolve(each), program(each));
        }
        environment.put("PATH", bin.toString());

        Ran ran = run(bin.resolve("sh").toString(), release.resolve("bin/iplb").toString(), "--version");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("iplb: iplb runs on Java, and there is no program java on ")
                .endsWith(" or set JAVA_HOME to one.\n")
                .contains("Install Java 17 or newer (Debian, Ubuntu: openjdk-17-jre-headless")
                .hasLineCount(1);
    }

    @Test
    void aJavaHomeWithoutJavaIsNamed() throws Exception {
        environment.put("JAVA_HOME", home + "/none");

        Ran ran = run(release.resolve("bin/iplb").toString(), "--version");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("there is no program " + home + "/none/bin/java", "(JAVA_HOME names it)");
    }

    @Test
    void aJavaThatIsTooOldIsNamedWhetherItTellsItsVersionInAFileOrWhenAsked() throws Exception {
        Path java = Files.createDirectories(home.resolve("old/bin")).resolve("java");
        script(java, "echo 'openjdk version \"1.8.0_452\"' >&2");
        environment.put("JAVA_HOME", home + "/old");

        assertThat(run(release.resolve("bin/iplb").toString(), "--version").err())
                .contains("iplb runs on Java 17 or newer, and " + java + " on ", " is Java 1.8.0_452 (JAVA_HOME");

        Files.writeString(home.resolve("old/release"), "JAVA_VERSION=\"11.0.27\"\n");

        Ran ran = run(release.resolve("bin/iplb").toString(), "--version");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(" is Java 11.0.27 (JAVA_HOME");
    }

    @Test
    void shellcheckFindsNothingThatAPlainShDoesNotKnow() throws Exception {
        assumeTrue(program("shellcheck") != null, "shellcheck is not installed");

        assertThat(run("shellcheck", "-s", "sh", release.resolve("bin/iplb").toString()))
                .isEqualTo(new Ran(0, "", ""));
        assertThat(run(
                        "shellcheck",
                        "-s",
                        "bash",
                        release.resolve("share/completion/iplb.bash").toString()))
                .isEqualTo(new Ran(0, "", ""));
    }

    /** What can be seen without a cmd.exe. */
    @Test
    void theLauncherOfWindowsIsAsCmdReadsIt() throws Exception {
        String text = Files.readString(release.resolve("bin/iplb.cmd"), StandardCharsets.US_ASCII);
        List<String> lines = List.of(text.split("\r\n"));

        assertThat(text.replace("\r\n", "")).doesNotContain("\n", "\r");
        assertThat(lines).filteredOn(line -> line.startsWith(":")).containsExactly(":search", ":start");
        assertThat(lines)
                .filteredOn(line -> line.contains("goto "))
                .allSatisfy(line -> assertThat(lines).contains(":" + line.replaceFirst(".*goto ", "")));
        // Delayed expansion would take exclamation marks out of arguments.
        assertThat(lines).contains("setlocal EnableExtensions DisableDelayedExpansion");
        assertThat(lines)
                .filteredOn(line -> line.contains("%*"))
                .singleElement()
                .satisfies(start -> {
                    assertThat(start).startsWith("\"%iplb_java%\" ").contains(" -cp \"%~dp0..\\iplb.jar\" ");
                    assertThat(start).endsWith(" " + Iplb.class.getName() + " %*");
                    // The very next line: anything between them could change it.
                    assertThat(lines.get(lines.indexOf(start) + 1)).isEqualTo("set \"iplb_code=%ERRORLEVEL%\"");
                    assertThat(lines.get(lines.indexOf(start) + 2)).endsWith("exit /b %iplb_code%");
                });
        assertThat(lines)
                .filteredOn(line -> line.contains("echo iplb:"))
                .allSatisfy(line -> assertThat(line).startsWith(">&2 echo ").contains("Java 17 or newer", "JAVA_HOME"));
        assertThat(lines.get(lines.size() - 1)).isEqualTo("exit /b 2");
    }

    @ParameterizedTest
    @MethodSource("printed")
    void whatItPrintsOfItselfIsInIt(String place, List<String> command) throws Exception {
        Ran ran = run(Stream.concat(Stream.of(release.resolve("bin/iplb").toString()), command.stream())
                .toArray(String[]::new));

        assertThat(ran.err()).isEmpty();
        assertThat(Files.readString(release.resolve("share").resolve(place))).isEqualTo(ran.out());
    }

    static Stream<Arguments> printed() {
        return Stream.of(
                Arguments.of("man/man1/iplb.1", List.of("man-page")),
                Arguments.of("completion/iplb.bash", List.of("completion", "bash")),
                Arguments.of("completion/_iplb", List.of("completion", "zsh")),
                Arguments.of("completion/iplb.fish", List.of("completion", "fish")));
    }

    @Test
    void theManualIsSetWithoutAWarning() throws Exception {
        assumeTrue(program("groff") != null, "groff is not installed");

        Ran ran = run(
                "groff",
                "-man",
                "-Tutf8",
                "-ww",
                release.resolve("share/man/man1/iplb.1").toString());

        assertThat(ran.err()).isEmpty();
        // Bold is struck twice.
        assertThat(ran.out().replaceAll(".\b", "")).contains("set-stickiness", "OVH_APPLICATION_KEY");
    }

    /** Names, sizes, times and rights of all that was unpacked. */
    private static String state() throws IOException {
        try (Stream<Path> files = Files.walk(release)) {
            return files.map(ReleaseTest::described).sorted().collect(Collectors.joining("\n"));
        }
    }

    private static String described(Path file) {
        try {
            return "%s %d %s %s"
                    .formatted(
                            file,
                            Files.size(file),
                            Files.getLastModifiedTime(file),
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String link(Path folder, Path file) throws IOException {
        return Files.createSymbolicLink(folder.resolve("iplb"), file).toString();
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path program(String name) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private static Stream<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    private Ran run(String... command) throws Exception {
        Path out = Files.createTempFile(folder, "run", ".out");
        Path err = Files.createTempFile(folder, "run", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended in time").isTrue();
        return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private record Ran(int code, String out, String err) {}
}
