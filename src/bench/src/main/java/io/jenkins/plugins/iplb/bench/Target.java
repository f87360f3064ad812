package io.jenkins.plugins.iplb.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.ovh.Json;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that Maven builds the benchmarks in; their figures are kept there. */
final class Target {
    private Target() {}

    static Path folder() throws URISyntaxException {
        return Path.of(Target.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .getParent();
    }

    /** Prints a table, and writes it to {@code NAME.json}. */
    static void keep(String name, Table table) throws IOException, URISyntaxException {
        System.out.println(table + "\n");
        write(name, table.json());
    }

    static void write(String name, JsonNode figures) throws IOException, URISyntaxException {
        Files.writeString(folder().resolve(name + ".json"), figures.toPrettyString() + "\n");
    }

    /** What {@link #write} has written. */
    static JsonNode read(String name) throws IOException, URISyntaxException {
        return Json.MAPPER.readTree(folder().resolve(name + ".json").toFile());
    }
}
