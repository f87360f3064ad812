package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Values that the tests of this package share. */
final class Samples {
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Samples() {}

    static EntryHeader header() {
        return header("add-route");
    }

    static EntryHeader header(String operation) {
        return new EntryHeader(
                UUID.randomUUID().toString(),
                operation,
                "loadbalancer-0123456789abcdef",
                URI.create("https://eu.api.ovh.com/1.0"),
                json("{'protocol': 'tcp', 'frontendId': 11, 'weight': 0}"),
                Map.of("build", "shop/deploy #12"));
    }

    static About about() {
        return new About(Effect.ADDED, Subject.of(Kind.ROUTE, "http2").in(Subject.of(Kind.FRONTEND, "https", 11L)));
    }

    /** JSON in single quotes. */
    static ObjectNode json(String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode onDisk(Path file) {
        try {
            return MAPPER.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
