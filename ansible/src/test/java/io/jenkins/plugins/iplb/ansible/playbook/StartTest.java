package io.jenkins.plugins.iplb.ansible.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.iplb.ansible.Main;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.testing.Javas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a module starts: with which Java, and from where. */
@ExtendWith({SandboxExtension.class, AnsibleExtension.class})
class StartTest {
    private static final String INFO = """
            - ovhiplb.loadbalancer.iplb_info:
            """;

    @TempDir
    private Path fresh;

    private Ansible ansible;

    @BeforeEach
    void prepare(Sandbox sandbox, Ansible installed) {
        ansible = installed.on(sandbox);
    }

    /** All of this machine that will do, in the usual places. */
    static Stream<Path> javas() {
        return Javas.homes().map(home -> home.resolve("bin/java"));
    }

    @ParameterizedTest
    @MethodSource("javas")
    void everyJavaStartsTheSecondTimeFromAnArchiveOfItsOwnThatIsForItsOwnerAlone(Path java) throws IOException {
        inFreshHome();
        String[] withIt = {"-e", "ansible_java_interpreter=" + java};

        ansible.tasks(INFO, withIt).succeeded();

        assertThat(kept(1)).singleElement(STRING).matches(Pattern.quote(build(java)) + "-[0-9a-f]{40}\\.jsa");
        Path folder = fresh.resolve(".ansible/iplb");
        assertThat(rights(folder.resolve(kept().get(0)))).isEqualTo("rw-------");
        assertThat(rights(folder)).isEqualTo("rwx------");
        assertThat(startsFromAnArchive(withIt)).isTrue();
        assertThat(kept()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("javas")
    void namesAreReadInUtf8UnderEveryLocale(Path java) throws IOException {
        Path record = fresh.resolve("déploiement.json");

        ansible.tasks("""
                - ovhiplb.loadbalancer.iplb_farm:
                    {protocol: http, name: été-boutique, port: 80, zone: gra, record: '%s'}
                  environment: {LC_ALL: C}
                """.formatted(record), "-e", "ansible_java_interpreter=" + java)
                .succeeded();

        assertThat(Files.readString(record)).contains("été-boutique");
    }

    /** Such as rsync brings, which keeps its time. */
    @Test
    void aRuntimeThatWasReplacedByAnOlderOneHasAnArchiveOfItsOwn() throws IOException {
        inFreshHome();
        ansible.tasks(INFO).succeeded();
        kept(1);
        Path jar = ansible.home()
                .resolve(".ansible/collections/ansible_collections/ovhiplb/loadbalancer/runtime/iplb.jar");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2020-02-02T20:20:02Z")));

        ansible.tasks(INFO).succeeded();

        kept(2);
        assertThat(startsFromAnArchive()).isTrue();
    }

    @Test
    void whereAnArchiveCannotBeWrittenTheAnswerIsNothingButTheAnswer() throws IOException {
        inFreshHome();
        ansible.write("play.yml", """
                - hosts: localhost
                  gather_facts: false
                  tasks:
                    - ovhiplb.loadbalancer.iplb_info: {service: '{{ service }}'}
                """);

        // No file may become larger than 4 MiB: an archive is more than that.
        Ansible.Ran ran =
                ansible.run("sh", "-c", "ulimit -f 8192 && ansible-playbook play.yml -e service=" + DemoWorld.SERVICE);

        assertThat(ran.succeeded().output()).doesNotContain("junk");
        assertThat(kept()).noneMatch(name -> name.endsWith(".jsa"));
    }

    @Test
    void whereAnArchiveCannotBeNamedThereIsNone() throws IOException {
        Path home = Files.createDirectory(fresh.resolve("a:b"));
        ansible.with("HOME", home.toString())
                .with(
                        "ANSIBLE_COLLECTIONS_PATH",
                        ansible.home().resolve(".ansible/collections").toString());

        for (int i = 0; i < 2; i++) {
            assertThat(ansible.tasks(INFO).succeeded().output()).doesNotContain("junk");
        }

        assertThat(home.resolve(".ansible/iplb")).doesNotExist();
    }

    @Test
    void aRecordHasTheSameRightsWhetherTheCallIsTheFirstOrNot() throws IOException {
        inFreshHome();
        List<String> rights = new ArrayList<>();
        for (String stickiness : List.of("cookie", "sourceIp")) {
            Path made = fresh.resolve(stickiness + ".json");
            ansible.tasks("- ovhiplb.loadbalancer.iplb_farm: {protocol: http, name: app, stickiness: %s, record: '%s'}"
                            .formatted(stickiness, made))
                    .succeeded();
            rights.add(rights(made));
        }

        assertThat(rights.get(0)).isEqualTo(rights.get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"})
    void whoChoosesAGarbageCollectorGetsIt(String variable) {
        ansible.with(variable, "-XX:+UseParallelGC").tasks(INFO).succeeded();
    }

    @Test
    void whatJavaDoesInNoArchiveItDoesWithoutOne() throws IOException {
        inFreshHome();
        ansible.tasks(INFO).succeeded();
        kept(1);

        ansible.with("JDK_JAVA_OPTIONS", "--limit-modules=java.se").tasks(INFO).succeeded();
    }

    @Test
    void javaHomeCountsWhereThereIsNoOtherWish() {
        String java = System.getProperty("java.home");

        assertThat(ansible.with("JAVA_HOME", "/nowhere").tasks(INFO).failed().output())
                .containsPattern("there is no program /nowhere/bin/java on \\S+ \\(JAVA_HOME names it\\)\\. Install ");
        ansible.tasks(INFO, "-e", "ansible_java_interpreter=" + java + "/bin/java")
                .succeeded();
        ansible.with("JAVA_HOME", java).tasks(INFO).succeeded();
    }

    @Test
    void aTildeIsTheHomeOfWhoRunsTheModule() throws IOException {
        inFreshHome();
        hasNoPlaceForArchives();
        fakeJava(fresh, "exec " + System.getProperty("java.home") + "/bin/java \"$@\"");

        ansible.tasks(INFO, "-e", "ansible_java_interpreter=~/bin/java").succeeded();
    }

    @Test
    void whatCannotBeRunIsNoJava() throws IOException {
        Path file = Files.writeString(fresh.resolve("file"), "#!/bin/sh\n");
        for (Path wrong : List.of(fresh, file)) {
            assertThat(ansible.tasks(INFO, "-e", "ansible_java_interpreter=" + wrong)
                            .failed()
                            .output())
                    .contains("there is no program " + wrong + " on ")
                    .contains(" (ansible_java_interpreter names it). Install Java 17 or newer")
                    .doesNotContain("MODULE FAILURE");
        }
    }

    @Test
    void theWishOfAnotherHostDoesNotCountHere() {
        ansible.write("inventory", "elsewhere ansible_java_interpreter=/nowhere\n");

        ansible.play("""
                - hosts: elsewhere
                  gather_facts: false
                  tasks:
                    - ovhiplb.loadbalancer.iplb_info: {service: '{{ service }}'}
                      delegate_to: localhost
                """, "-i", "inventory").succeeded();
    }

    @Test
    void aMissingJavaIsToldWithWhatToInstall() {
        assertThat(ansible.tasks(INFO, "-e", "ansible_java_interpreter=/opt/none/bin/java")
                        .failed()
                        .output())
                .contains("This module runs on Java, and there is no program /opt/none/bin/java on ")
                .contains(
                        "Install Java 17 or newer (Debian, Ubuntu: openjdk-17-jre-headless or openjdk-21-jre-headless; "
                                + "Fedora, RHEL: java-21-openjdk-headless), or set ")
                .doesNotContain("MODULE FAILURE");
    }

    @Test
    void aJavaThatIsTooOldIsToldWithoutStartingIt(@TempDir Path home) throws IOException {
        Path java = fakeJava(home, "exit 99");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"11.0.22\"\n");

        assertThat(ansible.tasks(INFO, "-e", "ansible_java_interpreter=" + java)
                        .failed()
                        .output())
                .contains("This module runs on Java 17 or newer, and " + java + " on ")
                .contains(" is Java 11.0.22 (ansible_java_interpreter names it). Install Java 17 or newer")
                .doesNotContain("MODULE FAILURE");
    }

    @Test
    void aJavaThatDoesNotSayWhatItIsIsAsked(@TempDir Path home) throws IOException {
        Path java = fakeJava(home, "echo 'openjdk version \"1.8.0_402\"' >&2");

        // As a build server may have set them.
        ansible.with("version", "21.0.1").with("build", "21.0.1+12");

        assertThat(ansible.tasks(INFO, "-e", "ansible_java_interpreter=" + java)
                        .failed()
                        .output())
                .contains(" is Java 1.8.0_402 (ansible_java_interpreter names it). Install Java 17 or newer");
    }

    @Test
    void whoRunsTheModuleAsAnotherUserFindsTheRuntimeThere() {
        String become = INFO.stripTrailing() + "\n  become: true\n";
        String[] asOneself = {"-vvv", "-e", "ansible_become_user=" + System.getProperty("user.name")};

        assertThat(ansible.tasks(become, asOneself).succeeded().output()).contains(" PUT ");
        assertThat(ansible.home().resolve(".ansible/iplb"))
                .isDirectoryContaining(file -> file.getFileName().toString().matches("iplb-[0-9a-f]{40}\\.jar"));
        assertThat(ansible.tasks(become, asOneself).succeeded().output()).doesNotContain(".jar TO ");
    }

    @Test
    void aRuntimeThatIsBroughtAgainHasAnArchiveOfItsOwn() throws IOException {
        inFreshHome();
        String become = INFO.stripTrailing() + "\n  become: true\n";
        String[] asOneself = {"-e", "ansible_become_user=" + System.getProperty("user.name")};
        ansible.tasks(become, asOneself).succeeded();
        kept(2);
        Path folder = fresh.resolve(".ansible/iplb");
        Files.delete(folder.resolve(
                kept(2).stream().filter(name -> name.endsWith(".jar")).findAny().orElseThrow()));

        ansible.tasks(become, asOneself).succeeded();

        kept(2);
        assertThat(startsFromAnArchive(become, asOneself)).isTrue();
    }

    /** Such as nobody, whose home is none. */
    @Test
    void whoHasNoHomeGetsTheRuntimeForTheCall() {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may become somebody else unasked");

        ansible.tasks(
                        INFO.stripTrailing() + "\n  become: true\n",
                        "-e",
                        "{ansible_become_user: nobody, ansible_become_method: su, ansible_become_flags: '-s /bin/sh'}")
                .succeeded();
    }

    /** A home in which no module has run yet. */
    private void inFreshHome() {
        ansible.with("HOME", fresh.toString())
                .with(
                        "ANSIBLE_COLLECTIONS_PATH",
                        ansible.home().resolve(".ansible/collections").toString());
    }

    /** None is made there, which takes long, for who does not look at it. */
    private void hasNoPlaceForArchives() throws IOException {
        Files.createFile(Files.createDirectories(fresh.resolve(".ansible")).resolve("iplb"));
    }

    /** The names of what the modules have left in that home. */
    private List<String> kept() throws IOException {
        Path folder = fresh.resolve(".ansible/iplb");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** The same, once there are so many and no more are being made: nobody waits for an archive but this. */
    private List<String> kept(int number) throws IOException {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (kept().size() != number || kept().stream().anyMatch(name -> name.endsWith(".try"))) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return kept();
    }

    private boolean startsFromAnArchive(String... options) throws IOException {
        return startsFromAnArchive(INFO, options);
    }

    /** Java says of every class where it comes from; these options count after all others, silence among them. */
    private boolean startsFromAnArchive(String tasks, String... options) throws IOException {
        Path loaded = fresh.resolve("loaded.txt");
        ansible.with("_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded)
                .tasks(tasks, options)
                .succeeded();
        return Files.readString(loaded).contains(Main.class.getName() + " source: shared objects file");
    }

    /** As the Java tells it in a file. */
    private static String build(Path java) {
        return Javas.release(java.getParent().getParent(), "JAVA_RUNTIME_VERSION");
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static Path fakeJava(Path home, String does) throws IOException {
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + does + "\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return java;
    }
}
