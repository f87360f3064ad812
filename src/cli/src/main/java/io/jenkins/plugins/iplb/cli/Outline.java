package io.jenkins.plugins.iplb.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Results in words; what is empty is left out. */
final class Outline {
    private Outline() {}

    /** One line for each field. */
    static List<String> of(JsonNode result) {
        return result.properties().stream()
                .filter(each -> says(each.getValue()))
                .map(each -> each.getKey() + ": " + text(each.getValue()))
                .toList();
    }

    /** A value, or values separated by commas, in one line. */
    static String text(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(Outline::text)
                    .collect(Collectors.joining(", "));
        }
        if (value.has("number")) {
            return "%s in %s"
                    .formatted(value.path("number").asText(), value.path("zone").asText());
        }
        if (value.has("status")) {
            return "%s (%s) %s"
                    .formatted(
                            value.path("id").asText(),
                            text(value.path("zones")),
                            value.path("status").asText());
        }
        return value.asText();
    }

    static boolean says(JsonNode value) {
        return value.isContainerNode() ? !value.isEmpty() : !value.isNull() && !value.isMissingNode();
    }
}
