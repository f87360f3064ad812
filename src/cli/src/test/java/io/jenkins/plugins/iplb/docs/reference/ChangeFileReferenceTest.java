package io.jenkins.plugins.iplb.docs.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.file.FileSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The page of the fields of change files, made of their schema, which is made of the catalogue. */
class ChangeFileReferenceTest {
    private static final List<String> PROTOCOLS = List.of("http", "tcp", "udp");

    /** Where a field is, and what it takes there, which may differ by protocol. */
    private record Field(Map<String, String> takes, String words) {}

    private final Map<String, Map<String, Field>> sections = new LinkedHashMap<>();

    @Test
    void itIsUpToDate() throws IOException {
        FileSchema.json().path("properties").properties().forEach(each -> {
            if (PROTOCOLS.contains(each.getKey())) {
                objectOf(each.getValue())
                        .path("properties")
                        .properties()
                        .forEach(section -> collection(section.getKey(), section.getValue(), each.getKey()));
            } else if (each.getKey().equals("settings")) {
                fields("settings", objectOf(each.getValue()), "");
            } else if (!each.getKey().equals("loadBalancer")) {
                collection(each.getKey(), each.getValue(), "");
            }
        });
        ReferencePage page = new ReferencePage("change-file.md", "Fields of a change file", getClass());
        page.line(
                "What stands where in an `iplb.yaml`; how it is read is told in [change files](../change-files.md). Any"
                        + " value may be a placeholder, `${NAME}`; `null` and `none` reset what can be reset.");
        sections.forEach((name, fields) -> {
            page.line("## " + name);
            page.titles("field", "takes", "of", "");
            fields.forEach((field, what) -> {
                Map<String, Set<String>> kinds = new LinkedHashMap<>();
                what.takes()
                        .forEach((protocol, takes) -> kinds.computeIfAbsent(takes, any -> new TreeSet<>())
                                .add(protocol));
                kinds.forEach((takes, protocols) ->
                        page.row("`%s`".formatted(field), takes, String.join(", ", protocols), what.words()));
            });
            page.end();
        });
        page.mustBeDocumented();
    }

    private void collection(String name, JsonNode value, String protocol) {
        JsonNode each = objectOf(objectOf(value).path("additionalProperties"));
        fields(name, each, protocol);
    }

    private void fields(String section, JsonNode object, String protocol) {
        for (Map.Entry<String, JsonNode> each : object.path("properties").properties()) {
            JsonNode value = each.getValue();
            if (objectOf(value).path("additionalProperties").has("anyOf")) {
                collection(section.replaceFirst(".*/", "") + "/" + each.getKey(), value, protocol);
                continue;
            }
            sections.computeIfAbsent(section, any -> new LinkedHashMap<>())
                    .computeIfAbsent(
                            each.getKey(),
                            any -> new Field(
                                    new LinkedHashMap<>(),
                                    value.path("description").asText()))
                    .takes()
                    .put(protocol, takes(value));
        }
    }

    private static JsonNode objectOf(JsonNode value) {
        for (JsonNode each : value.path("anyOf")) {
            if (each.has("properties") || each.has("additionalProperties")) {
                return each;
            }
        }
        return value;
    }

    private static String takes(JsonNode value) {
        List<String> kinds = new ArrayList<>();
        List<JsonNode> some = new ArrayList<>();
        (value.has("anyOf") ? value.path("anyOf") : List.of(value)).forEach(some::add);
        for (JsonNode each : some) {
            if (each.has("enum")) {
                each.path("enum").forEach(word -> kinds.add("`%s`".formatted(word.asText())));
            } else if (each.has("minimum")) {
                kinds.add("%s to %s"
                        .formatted(
                                each.path("minimum").asText(),
                                each.path("maximum").asText()));
            } else if (each.has("items")) {
                kinds.add("a list");
            } else if (each.has("properties")) {
                List<String> parts = new ArrayList<>();
                each.path("properties").fieldNames().forEachRemaining(part -> parts.add("`%s`".formatted(part)));
                kinds.add("a map of " + String.join(", ", parts));
            } else if (each.path("type").asText().equals("string") && !each.has("pattern")) {
                kinds.add("text");
            } else if (each.path("pattern").asText().endsWith("\\}$")) {
                kinds.add("`${NAME}` alone");
            }
        }
        return String.join(", ", new LinkedHashSet<>(kinds));
    }
}
