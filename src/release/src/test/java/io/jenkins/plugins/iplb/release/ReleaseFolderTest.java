package io.jenkins.plugins.iplb.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What whoever downloads the release finds. */
class ReleaseFolderTest {
    private static final Path FOLDER = Path.of(System.getProperty("release.folder"));

    private static final List<String> PLUGINS = Arrays.stream(
                    System.getProperty("release.plugins").split(","))
            .filter(name -> !name.isEmpty())
            .toList();

    @Test
    void itHoldsTheCommandTheCollectionAndThePluginsAndNothingElse() throws IOException {
        List<String> expected = Stream.of(
                        Stream.of(
                                "SHA256SUMS",
                                "iplb-1.0.cdx.json",
                                "iplb-1.0.tar.gz",
                                "iplb-1.0.zip",
                                "ovhiplb-loadbalancer-1.0.0.cdx.json",
                                "ovhiplb-loadbalancer-1.0.0.tar.gz"),
                        PLUGINS.stream().flatMap(name -> Stream.of(name + ".cdx.json", name + ".hpi")))
                .flatMap(names -> names)
                .toList();

        assertThat(names()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyFileIsWhatItsChecksumSays() throws Exception {
        List<String> told = Files.readAllLines(FOLDER.resolve("SHA256SUMS"));

        assertThat(told).hasSize(names().size() - 1).isNotEmpty();
        for (String line : told) {
            String name = line.substring(64 + 2);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(FOLDER.resolve(name)));
            assertThat(line).isEqualTo(HexFormat.of().formatHex(digest) + "  " + name);
        }
    }

    @Test
    void everyPluginSaysItsNameAndTheJenkinsItNeeds() throws IOException {
        for (String plugin : PLUGINS) {
            try (JarFile hpi = new JarFile(FOLDER.resolve(plugin + ".hpi").toFile())) {
                Attributes told = hpi.getManifest().getMainAttributes();
                assertThat(told.getValue("Short-Name")).isEqualTo(plugin);
                assertThat(told.getValue("Jenkins-Version")).isEqualTo("2.541.3");
                assertThat(hpi.getEntry("WEB-INF/lib/" + plugin + ".jar")).isNotNull();
            }
        }
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toList());
        }
    }
}
