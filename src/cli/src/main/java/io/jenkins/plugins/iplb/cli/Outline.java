package io.jenkins.plugins.iplb.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A JSON object as indented lines, without what is empty. */
final class Outline {
    private final List<String> lines = new ArrayList<>();

    private Outline() {}

    static List<String> of(JsonNode object) {
        Outline outline = new Outline();
        outline.add("", object);
        return outline.lines;
    }

    private void add(String indent, JsonNode object) {
        object.properties().forEach(each -> {
            JsonNode value = each.getValue();
            if (!says(value)) {
                return;
            }
            if (value.isObject()) {
                lines.add(indent + each.getKey());
                add(indent + "  ", value);
            } else if (value.isArray() && value.path(0).isObject()) {
                lines.add(indent + each.getKey());
                value.forEach(element -> lines.add(indent + "  - " + inOneLine(element)));
            } else {
                lines.add(indent + each.getKey() + ": " + inOneLine(value));
            }
        });
    }

    private static String inOneLine(JsonNode value) {
        if (value.isObject()) {
            return value.properties().stream()
                    .filter(each -> says(each.getValue()))
                    .map(each -> each.getKey() + " "
                            + (each.getValue().isContainerNode()
                                    ? "(" + inOneLine(each.getValue()) + ")"
                                    : inOneLine(each.getValue())))
                    .collect(Collectors.joining(", "));
        }
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(Outline::inOneLine)
                    .collect(Collectors.joining(value.path(0).isObject() ? "; " : ", "));
        }
        return value.asText();
    }

    private static boolean says(JsonNode value) {
        return value.isContainerNode() ? !value.isEmpty() : !value.isNull();
    }
}
