package io.jenkins.plugins.iplb.release;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bills of materials against what is inside, and that against what Maven Central has under the same name and version. */
class BillsOfMaterialsTest {
    private static final Path FOLDER = Path.of(System.getProperty("release.folder"));
    private static final Path REPOSITORY = Path.of(System.getProperty("maven.repository"));
    private static final Path TOP = FOLDER.resolve("../..").normalize();
    private static final Pattern PURL =
            Pattern.compile("pkg:maven/([^/]+)/([^@]+)@([^?]+)\\?(?:classifier=([^&]+)&)?type=jar");
    private static final Map<String, String> MOVED = Map.of(
            "io/github/bucket4j/", "io/jenkins/plugins/iplb/shaded/bucket4j/",
            "dev/failsafe/", "io/jenkins/plugins/iplb/shaded/failsafe/");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iplb-1.0.zip iplb-1.0/lib/ iplb-1.0/iplb.jar",
                "ovh-iplb.hpi WEB-INF/lib/ WEB-INF/lib/ovh-iplb.jar",
                "ovh-iplb-pipeline-steps.hpi WEB-INF/lib/ WEB-INF/lib/ovh-iplb-pipeline-steps.jar"
            })
    void namesEveryJarThatIsInsideAndNothingElse(String what) throws Exception {
        String[] words = what.split(" ");
        Path archive = FOLDER.resolve(words[0]);
        assumeThat(archive.toString().endsWith(".zip")
                        || System.getProperty("release.plugins").contains("ovh-iplb"))
                .isTrue();
        Map<String, byte[]> jars = entries(Files.newInputStream(archive), ".jar");
        assertThat(jars.remove(words[2])).isNotNull();

        Map<String, JsonNode> told =
                components(words[0].replaceAll("\\.(zip|hpi)$", "")).collect(toMap(c -> words[1] + jar(c), c -> c));

        assertThat(told.keySet()).isEqualTo(jars.keySet()).isNotEmpty();
        for (Map.Entry<String, JsonNode> each : told.entrySet()) {
            byte[] jar = jars.get(each.getKey());
            assertThat(sha256(each.getValue())).as(each.getKey()).isEqualTo(sha256(jar));
            assertSameClasses(each.getValue(), classes(jar));
        }
    }

    @Test
    void thatOfTheCollectionNamesAllThatItsOneJarIsMadeOf() throws Exception {
        Map<String, Long> expected = new HashMap<>(
                classes(Files.readAllBytes(TOP.resolve("ansible/target/ovh-iplb-ansible-1.0-SNAPSHOT.jar"))));
        for (JsonNode component : components("ovhiplb-loadbalancer-1.0.0").toList()) {
            Map<String, Long> part = classes(Files.readAllBytes(published(component)));
            assertThat(part).as(jar(component)).isNotEmpty();
            expected.putAll(part);
        }

        assertThat(classes(runtimeOfTheCollection())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iplb-1.0", "ovhiplb-loadbalancer-1.0.0", "ovh-iplb"})
    void namesWhatTravelsInsideTheCore(String name) throws Exception {
        assumeThat(FOLDER.resolve(name + ".cdx.json")).exists();
        JsonNode core = components(name)
                .filter(c -> c.path("name").asText().equals("ovh-iplb-core"))
                .findAny()
                .orElseThrow();
        Set<String> expected = classes(Files.readAllBytes(published(core))).keySet().stream()
                .filter(entry -> entry.contains("/shaded/"))
                .collect(toSet());

        Set<String> told = new HashSet<>();
        for (JsonNode part : core.path("components")) {
            classes(Files.readAllBytes(published(part))).keySet().stream()
                    .map(BillsOfMaterialsTest::moved)
                    .forEach(told::add);
        }

        assertThat(told).isEqualTo(expected).isNotEmpty();
    }

    @Test
    void saysNeitherWhenNorWhereItWasMade() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.list(FOLDER)) {
            all = files.filter(file -> file.toString().endsWith(".cdx.json")).toList();
        }

        assertThat(all).isNotEmpty();
        for (Path file : all) {
            JsonNode bom = new ObjectMapper().readTree(file.toFile());
            assertThat(bom.has("serialNumber")).as(file.toString()).isFalse();
            assertThat(bom.path("metadata").has("timestamp"))
                    .as(file.toString())
                    .isFalse();
            assertThat(Files.readString(file)).doesNotContain(TOP.toString(), REPOSITORY.toString());
        }
    }

    private static void assertSameClasses(JsonNode component, Map<String, Long> inside) throws IOException {
        Map<String, Long> published = classes(Files.readAllBytes(published(component)));
        if (component.has("pedigree")) {
            assertThat(inside.keySet()).as(jar(component)).isEqualTo(published.keySet());
        } else {
            assertThat(inside).as(jar(component)).isEqualTo(published);
        }
    }

    private static Stream<JsonNode> components(String name) throws IOException {
        JsonNode bom =
                new ObjectMapper().readTree(FOLDER.resolve(name + ".cdx.json").toFile());
        assertThat(bom.path("bomFormat").asText()).isEqualTo("CycloneDX");
        return StreamSupport.stream(bom.path("components").spliterator(), false);
    }

    private static String jar(JsonNode component) {
        return published(component).getFileName().toString();
    }

    /** What has this name and version: in the local repository, or as this build made it. */
    private static Path published(JsonNode component) {
        Matcher purl = PURL.matcher(component.path("purl").asText());
        assertThat(purl.matches()).as(component.path("purl").asText()).isTrue();
        assertThat(component.path("name").asText()).isEqualTo(purl.group(2));
        assertThat(component.path("version").asText()).isEqualTo(purl.group(3));
        String jar = purl.group(2) + "-" + purl.group(3) + (purl.group(4) == null ? "" : "-" + purl.group(4)) + ".jar";
        if (purl.group(2).startsWith("ovh-iplb-")) {
            return TOP.resolve("src/" + purl.group(2).substring("ovh-iplb-".length()) + "/target/" + jar);
        }
        return REPOSITORY
                .resolve(purl.group(1).replace('.', '/'))
                .resolve(purl.group(2))
                .resolve(purl.group(3))
                .resolve(jar);
    }

    private static String moved(String entry) {
        return MOVED.entrySet().stream()
                .filter(place -> entry.startsWith(place.getKey()))
                .map(place -> place.getValue() + entry.substring(place.getKey().length()))
                .findAny()
                .orElse(entry);
    }

    /** Of each class of a jar, the sum of its bytes. */
    private static Map<String, Long> classes(byte[] jar) throws IOException {
        return entries(new ByteArrayInputStream(jar), ".class").entrySet().stream()
                .filter(entry -> !entry.getKey().endsWith("module-info.class"))
                .collect(toMap(Map.Entry::getKey, entry -> {
                    CRC32 sum = new CRC32();
                    sum.update(entry.getValue());
                    return sum.getValue();
                }));
    }

    private static Map<String, byte[]> entries(InputStream archive, String ending) throws IOException {
        Map<String, byte[]> found = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(archive)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(ending)) {
                    found.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
        return found;
    }

    private static byte[] runtimeOfTheCollection() throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new GZIPInputStream(Files.newInputStream(FOLDER.resolve("ovhiplb-loadbalancer-1.0.0.tar.gz"))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().equals("runtime/iplb.jar")) {
                    return tar.readAllBytes();
                }
            }
        }
        throw new AssertionError("no runtime/iplb.jar");
    }

    private static String sha256(JsonNode component) {
        return StreamSupport.stream(component.path("hashes").spliterator(), false)
                .filter(hash -> hash.path("alg").asText().equals("SHA-256"))
                .map(hash -> hash.path("content").asText())
                .findAny()
                .orElseThrow();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
