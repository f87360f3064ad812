package io.jenkins.plugins.iplb.ansible.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.iplb.ansible.Documentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The collection as Ansible's own tools see it. */
@ExtendWith(AnsibleExtension.class)
class CollectionTest {
    private Ansible ansible;

    @BeforeEach
    void prepare(Ansible installed) {
        ansible = installed;
    }

    static Stream<String> modules() {
        return Documentation.modules();
    }

    @Test
    void theArchiveIsInstalledInACleanHome() {
        assertThat(ansible.run("ansible-galaxy", "collection", "list")
                        .succeeded()
                        .output())
                .containsPattern("ovhiplb.loadbalancer +1\\.0\\.0");
    }

    @Test
    void theArchiveIsWhatAnsiblesOwnToolWouldBuild(@TempDir Path target) throws IOException {
        ansible.run(
                        "ansible-galaxy",
                        "collection",
                        "build",
                        System.getProperty("collection.folder"),
                        "--output-path",
                        target.toString())
                .succeeded();

        Path built =
                target.resolve(Path.of(System.getProperty("collection.archive")).getFileName());
        assertThat(content(built)).isEqualTo(content(Path.of(System.getProperty("collection.archive"))));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyModuleHasItsPage(String module) {
        assertThat(ansible.run("ansible-doc", "-t", "module", "ovhiplb.loadbalancer." + module)
                        .succeeded()
                        .output())
                .contains("> OVHIPLB.LOADBALANCER." + module.toUpperCase(Locale.ROOT))
                .contains("OPTIONS (= is mandatory):", "EXAMPLES:", "RETURN VALUES:", "check_mode:", "Java 17")
                .doesNotContain("ERROR", "WARNING");
    }

    @Test
    void everyModuleIsListed() {
        assertThat(ansible.run("ansible-doc", "-t", "module", "-l", "ovhiplb.loadbalancer")
                        .succeeded()
                        .output()
                        .lines()
                        .map(line -> line.split(" +")[0]))
                .containsExactlyInAnyOrderElementsOf(modules()
                        .map(module -> "ovhiplb.loadbalancer." + module)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"iplb_http2", "iplb_rolling"})
    void everyRoleHasItsPage(String role) {
        assertThat(ansible.run("ansible-doc", "-t", "role", "ovhiplb.loadbalancer." + role)
                        .succeeded()
                        .output())
                .contains(role + "_service", "ENTRY POINT: main");
    }

    /**
     * Those of the tests of {@code ansible-test sanity} that need nothing but Ansible. The others bring packages of their
     * own from the network (changelog, import, pep8, pylint, runtime-metadata, yamllint: two of them are below), know modules in Python and PowerShell only
     * (validate-modules, pslint), look at files that are called .sh only (shellcheck: it is below as well), or ask every
     * Python there is (compile).
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "action-plugin-docs",
                "ansible-doc",
                "empty-init",
                "future-import-boilerplate",
                "ignores",
                "line-endings",
                "metaclass-boilerplate",
                "no-assert",
                "no-basestring",
                "no-dict-iteritems",
                "no-dict-iterkeys",
                "no-dict-itervalues",
                "no-get-exception",
                "no-illegal-filenames",
                "no-main-display",
                "no-smart-quotes",
                "no-unicode-literals",
                "replace-urlopen",
                "shebang",
                "symlinks",
                "use-argspec-type-path",
                "use-compat-six"
            })
    void itPassesAnsiblesOwnTest(String test) {
        ansible.in(collection())
                .run("ansible-test", "sanity", "--test", test, "--python", "default")
                .succeeded();
    }

    /** What ansible-test would run in packages of its own, by its rules. */
    @Test
    void itsYamlPassesTheLinter() {
        assumeThat(AnsibleExtension.isInstalled("yamllint")).isTrue();

        ansible.in(collection())
                .run(
                        "yamllint",
                        "-c",
                        rules().resolve("yamllint/config/default.yml").toString(),
                        ".")
                .succeeded();
    }

    /** As {@link #itsYamlPassesTheLinter}. */
    @Test
    void itsPythonIsInPythonsStyle() throws IOException {
        assumeThat(AnsibleExtension.isInstalled("pycodestyle")).isTrue();
        String ignored = String.join(",", Files.readAllLines(rules().resolve("pep8/current-ignore.txt")));

        ansible.in(collection())
                .run("pycodestyle", "--max-line-length", "160", "--ignore", ignored, "plugins")
                .succeeded();
    }

    /** As {@link #itsYamlPassesTheLinter}; all modules are the same file. */
    @Test
    void itsLauncherPassesTheLinter() throws IOException {
        assumeThat(AnsibleExtension.isInstalled("shellcheck")).isTrue();
        String ignored = String.join(",", Files.readAllLines(rules().resolve("shellcheck/exclude.txt")));

        ansible.in(collection())
                .run("shellcheck", "-e", ignored, "plugins/modules/iplb_info")
                .succeeded();
    }

    private Path collection() {
        return ansible.home().resolve(".ansible/collections/ansible_collections/ovhiplb/loadbalancer");
    }

    /** Where ansible-test, which lies beside Ansible, keeps what it configures its linters with. */
    private Path rules() {
        Matcher place = Pattern.compile("ansible python module location = (.*)")
                .matcher(ansible.run("ansible", "--version").succeeded().output());
        assertThat(place.find()).isTrue();
        return Path.of(place.group(1)).resolveSibling("ansible_test/_util/controller/sanity");
    }

    /** What an archive says of its files, and of itself. */
    private static Map<String, JsonNode> content(Path archive) throws IOException {
        Path folder = Files.createTempDirectory(archive.getParent(), "content");
        try {
            new ProcessBuilder("tar", "xzf", archive.toString(), "-C", folder.toString(), "MANIFEST.json", "FILES.json")
                    .inheritIO()
                    .start()
                    .waitFor();
            ObjectMapper json = new ObjectMapper();
            Map<String, JsonNode> content = new TreeMap<>();
            json.readTree(folder.resolve("FILES.json").toFile())
                    .path("files")
                    .forEach(file -> content.put(file.path("name").asText(), file));
            content.put(
                    "MANIFEST.json",
                    json.readTree(folder.resolve("MANIFEST.json").toFile()).path("collection_info"));
            return content;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            Files.delete(folder.resolve("MANIFEST.json"));
            Files.delete(folder.resolve("FILES.json"));
            Files.delete(folder);
        }
    }
}
