package io.jenkins.plugins.iplb.docs.pipeline;

import io.jenkins.plugins.iplb.docs.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What of the repository is a Pipeline: the example, and the blocks of the documentation. */
final class Pipelines {
    static final Path EXAMPLE = Path.of("Jenkinsfile.example");

    private Pipelines() {}

    /** By where they stand. */
    static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(EXAMPLE.toString(), example());
        Page.all().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.language().equals("groovy"))
                .forEach(block -> all.put(block.toString(), block.text()));
        return all;
    }

    static String example() {
        try {
            return Files.readString(Page.ROOT.resolve(EXAMPLE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
