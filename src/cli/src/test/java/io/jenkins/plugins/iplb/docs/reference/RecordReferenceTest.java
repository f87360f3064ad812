package io.jenkins.plugins.iplb.docs.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.docs.Page;
import io.jenkins.plugins.iplb.ovh.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page of the change record, made of its schema. */
class RecordReferenceTest {
    private static final String FILE =
            "src/core/src/main/resources/io/jenkins/plugins/iplb/record/iplb-changes-1.schema.json";
    private static final List<String> PARTS =
            List.of("entry", "about", "subject", "difference", "call", "task", "error");

    private JsonNode schema;

    @Test
    void itIsUpToDate() throws IOException {
        schema = Json.MAPPER.readTree(Page.ROOT.resolve(FILE).toFile());
        ReferencePage page = new ReferencePage("record.md", "The change record", getClass());
        page.line(schema.path("description").asText());
        page.line(
                "`iplb-changes.json` is described by [its schema](%s), of which this is made. Each `instant` is a moment in UTC."
                        .formatted(Path.of("../..").resolve(FILE)));
        page.line("## The document");
        fields(page, schema);
        for (String part : PARTS) {
            JsonNode described = schema.path("$defs").path(part);
            page.line("## `%s`".formatted(part));
            if (described.has("description")) {
                page.line(described.path("description").asText());
            }
            fields(page, described);
        }
        page.mustBeDocumented();
    }

    private void fields(ReferencePage page, JsonNode described) {
        List<String> needed = new ArrayList<>();
        described.path("required").forEach(each -> needed.add(each.asText()));
        page.titles("field", "is", "");
        for (Map.Entry<String, JsonNode> field : described.path("properties").properties()) {
            String mark = needed.contains(field.getKey()) ? "" : " (not always)";
            page.row("`%s`%s".formatted(field.getKey(), mark), kind(field.getValue()), words(field.getValue()));
        }
        page.end();
    }

    private String words(JsonNode field) {
        JsonNode own = field.path("description");
        return own.isMissingNode() && field.has("$ref")
                ? schema.path("$defs")
                        .path(reference(field))
                        .path("description")
                        .asText()
                : own.asText();
    }

    private static String kind(JsonNode field) {
        if (field.has("$ref")) {
            String name = reference(field);
            return PARTS.contains(name) ? "[`%s`](#%s)".formatted(name, name) : "`%s`".formatted(name);
        }
        if (field.has("const")) {
            return "`%s`".formatted(field.path("const").asText());
        }
        if (field.has("enum")) {
            List<String> words = new ArrayList<>();
            field.path("enum").forEach(each -> words.add("`%s`".formatted(each.asText())));
            return String.join(", ", words);
        }
        if (field.has("anyOf")) {
            return kind(field.path("anyOf").get(0)) + " or null";
        }
        if (field.path("type").isArray()) {
            return field.path("type").get(0).asText() + " or null";
        }
        return switch (field.path("type").asText()) {
            case "array" -> "list of " + kind(field.path("items"));
            case "" -> "JSON";
            default -> field.path("type").asText();
        };
    }

    private static String reference(JsonNode field) {
        String path = field.path("$ref").asText();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
