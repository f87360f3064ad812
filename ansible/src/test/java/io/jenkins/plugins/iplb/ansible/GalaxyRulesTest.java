package io.jenkins.plugins.iplb.ansible;

import static io.jenkins.plugins.iplb.ansible.ModuleRunner.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Ansible Galaxy asks of a collection before it takes it in: the rules of ansible/galaxy-importer as of July 2026, those
 * that need none of Ansible's own programs. It is asked of the archive, unpacked.
 */
class GalaxyRulesTest {
    private static final String NAME = "(?!.*__)[a-z][0-9a-z_]*";
    private static final int KIBIBYTES_OF_A_README = 512;

    /** Of which a collection needs one. */
    private static final Set<String> TAGS = Set.of(
            "ai",
            "application",
            "cloud",
            "database",
            "eda",
            "infrastructure",
            "linux",
            "monitoring",
            "networking",
            "security",
            "storage",
            "tools",
            "windows");

    @TempDir
    private static Path folder;

    private static JsonNode info;

    @BeforeAll
    static void unpack() throws Exception {
        Process tar = new ProcessBuilder("tar", "-xzf", archive().toString(), "-C", folder.toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        info = json("MANIFEST.json").path("collection_info");
    }

    @Test
    void theArchiveIsCalledAsItsManifestSays() {
        assertThat(archive().getFileName())
                .hasToString("%s-%s-%s.tar.gz".formatted(told("namespace"), told("name"), told("version")));
    }

    @Test
    void itsManifestSaysWhatItHasToSay() {
        assertThat(List.of(told("namespace"), told("name")))
                .allMatch(name -> name.matches(NAME) && name.length() <= 64);
        assertThat(told("version")).matches("[1-9]\\d*\\.\\d+\\.\\d+").hasSizeLessThanOrEqualTo(128);
        assertThat(told("description")).isNotBlank();
        assertThat(told("repository")).startsWith("https://").hasSizeLessThanOrEqualTo(2000);
        assertThat(texts(info.path("authors"))).isNotEmpty().allMatch(author -> author.length() <= 64);
        assertThat(info.path("dependencies")).isEmpty();
    }

    @Test
    void itHasOneLicenceByItsShortNameAndNoFileInItsPlace() {
        assertThat(texts(info.path("license"))).containsExactly("MIT");
        assertThat(info.path("license_file").isNull()).isTrue();
    }

    @Test
    void itsTagsAreFewAndOneIsOfThoseThatGalaxyKnows() {
        assertThat(texts(info.path("tags")))
                .hasSizeLessThanOrEqualTo(20)
                .allMatch(tag -> tag.matches(NAME) && tag.length() <= 64)
                .containsAnyElementsOf(TAGS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "CHANGELOG.md",
                "LICENSE",
                "meta/runtime.yml",
                "meta/execution-environment.yml",
                "bindep.txt"
            })
    void theFileIsThere(String file) {
        assertThat(folder.resolve(file)).isNotEmptyFile();
    }

    @Test
    void itsReadmeIsShortEnoughToBeShown() throws IOException {
        assertThat(Files.size(folder.resolve(told("readme")))).isLessThan(KIBIBYTES_OF_A_README * 1024L);
    }

    @Test
    void theVersionsOfAnsibleThatItNeedsAreSaid() throws IOException {
        assertThat(runtime().path("requires_ansible").textValue())
                .matches("(>=|<)\\d+\\.\\d+(\\.\\d+)?(,(>=|<)\\d+\\.\\d+(\\.\\d+)?)*")
                .hasSizeLessThanOrEqualTo(255);
    }

    @Test
    void everyGroupOfActionsAndEveryRouteIsOfModulesThatAreThere() throws IOException {
        List<String> modules = Documentation.modules().toList();

        runtime()
                .path("action_groups")
                .forEach(group -> assertThat(texts(group)).isNotEmpty().isSubsetOf(modules));
        Set<String> routed = new TreeSet<>();
        runtime().path("plugin_routing").path("modules").fieldNames().forEachRemaining(routed::add);
        assertThat(routed).containsExactlyInAnyOrderElementsOf(modules);
    }

    static Stream<String> modules() {
        return Documentation.modules();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyModuleIsNamedWellAndDocumented(String module) throws IOException {
        assertThat(module).matches("(?!.*__)[a-z_][0-9a-z_]*");
        assertThat(folder.resolve("plugins/modules/" + module)).isNotEmptyFile();
        JsonNode page = yaml(Files.readString(folder.resolve("plugins/modules/" + module + ".yml")));
        JsonNode documentation = page.path("DOCUMENTATION");
        for (String part : List.of("module", "short_description", "version_added")) {
            assertThat(documentation.path(part).asText()).as(part).isNotBlank();
        }
        for (String part : List.of("description", "author")) {
            assertThat(documentation.has(part)).as(part).isTrue();
        }
        assertThat(page.path("EXAMPLES").asText()).contains(module);
        assertThat(page.path("RETURN").isMissingNode()).isFalse();
    }

    @Test
    void everyRoleHasAReadmeAndADescription() throws IOException {
        try (Stream<Path> roles = Files.list(folder.resolve("roles"))) {
            assertThat(roles).isNotEmpty().allSatisfy(role -> {
                assertThat(role.getFileName().toString()).matches("(?!.*__)[a-z_][0-9a-z_]*");
                assertThat(role.resolve("README.md")).isNotEmptyFile();
                assertThat(yaml(Files.readString(role.resolve("meta/main.yml")))
                                .path("galaxy_info")
                                .path("description")
                                .textValue())
                        .isNotBlank();
            });
        }
    }

    @Test
    void whatIsInItIsWhatItsListSays() throws Exception {
        JsonNode manifest = json("MANIFEST.json").path("file_manifest_file");
        assertThat(manifest.path("chksum_sha256").textValue())
                .isEqualTo(digest(folder.resolve(manifest.path("name").textValue())));

        Set<String> listed = new TreeSet<>(Set.of("MANIFEST.json", "FILES.json"));
        for (JsonNode file : json("FILES.json").path("files")) {
            String name = file.path("name").textValue();
            listed.add(name);
            if (file.path("ftype").textValue().equals("file")) {
                assertThat(file.path("chksum_sha256").textValue()).as(name).isEqualTo(digest(folder.resolve(name)));
            }
        }
        try (Stream<Path> found = Files.walk(folder)) {
            assertThat(found.map(file ->
                            folder.equals(file) ? "." : folder.relativize(file).toString()))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    private static Path archive() {
        return Path.of(System.getProperty("collection.archive"));
    }

    private static String told(String field) {
        return info.path(field).textValue();
    }

    private static JsonNode runtime() throws IOException {
        return yaml(Files.readString(folder.resolve("meta/runtime.yml")));
    }

    private static JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(folder.resolve(file).toFile());
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    private static String digest(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
