package io.jenkins.plugins.iplb.ansible.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With which Java a module runs, and where from. */
@ExtendWith({SandboxExtension.class, AnsibleExtension.class})
class JavaTest {
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

    /** All that this machine has in the usual places. */
    static Stream<Path> javas() throws IOException {
        Path usual = Path.of("/usr/lib/jvm");
        List<Path> installed = Files.isDirectory(usual) ? Files.list(usual).toList() : List.of();
        return Stream.concat(Stream.of(Path.of(System.getProperty("java.home"))), installed.stream())
                .map(home -> home.resolve("bin/java"))
                .filter(Files::isExecutable)
                .map(JavaTest::real)
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void everyJavaStartsFromItsOwnArchiveTheSecondTime(Path java) {
        for (int i = 0; i < 2; i++) {
            ansible.tasks(INFO, "-e", "ansible_java_interpreter=" + java).succeeded();
        }

        assertThat(ansible.home().resolve(".ansible/iplb"))
                .isDirectoryContaining(file -> file.toString().endsWith("_runtime_iplb.jar.jsa"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"})
    void whoChoosesAGarbageCollectorGetsIt(String variable) {
        ansible.with(variable, "-XX:+UseParallelGC").tasks(INFO).succeeded();
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

    private static Path fakeJava(Path home, String does) throws IOException {
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + does + "\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return java;
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
