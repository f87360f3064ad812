package io.jenkins.plugins.iplb.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Writes a change file as people do: in their own indentation, quotes and order of things, with comments and anchors. */
final class Untidy {
    private final Random random;
    private final int step;
    private final int listStep;
    private final List<String> comments = new ArrayList<>();
    private final Map<JsonNode, String> anchors = new HashMap<>();
    private int named;
    private final StringBuilder text = new StringBuilder();

    Untidy(long seed) {
        random = new Random(seed);
        step = chance(0.7) ? 2 : 4;
        listStep = chance(0.5) ? 0 : 2;
    }

    /** All that it has written so far. */
    List<String> comments() {
        return comments;
    }

    String write(JsonNode file) {
        comment(0, 0.5);
        mapping(file, 0);
        comment(0, 0.3);
        return text.toString();
    }

    private void mapping(JsonNode fields, int column) {
        fields.properties().forEach(field -> {
            comment(column, 0.15);
            if (chance(0.03)) {
                text.append('\n');
            }
            text.append(" ".repeat(column)).append(scalar(field.getKey())).append(':');
            value(field.getValue(), column);
        });
    }

    private void value(JsonNode value, int column) {
        if (anchors.containsKey(value) && chance(0.5)) {
            text.append(" *").append(anchors.get(value));
            end();
            return;
        }
        if (chance(value.isContainerNode() ? 0.2 : 0.05) && !value.isNull() && !anchors.containsKey(value)) {
            String name = "a" + ++named;
            text.append(" &").append(name);
            written(value, column);
            anchors.put(value, name);
        } else {
            written(value, column);
        }
    }

    private void written(JsonNode value, int column) {
        boolean isInline = !value.isContainerNode() || value.isEmpty() || depth(value) <= 2 && chance(0.4);
        if (isInline) {
            String inline = inline(value);
            text.append(inline.isEmpty() ? "" : " " + inline);
            end();
        } else if (value.isArray()) {
            end();
            items(value, column + listStep);
        } else {
            end();
            merged(value, column + step);
        }
    }

    /** Some of its fields may be taken from what has them already. */
    private void merged(JsonNode fields, int column) {
        List<JsonNode> sources = anchors.keySet().stream()
                .filter(each -> each.isObject()
                        && !each.isEmpty()
                        && each.properties().stream()
                                .allMatch(field -> field.getValue().equals(fields.get(field.getKey()))))
                .toList();
        if (sources.isEmpty() || chance(0.3)) {
            mapping(fields, column);
            return;
        }
        JsonNode source = sources.get(random.nextInt(sources.size()));
        text.append(" ".repeat(column)).append("<<: *").append(anchors.get(source));
        end();
        mapping(
                ((ObjectNode) fields.deepCopy())
                        .without(source.properties().stream()
                                .map(Map.Entry::getKey)
                                .toList()),
                column);
    }

    private void items(JsonNode list, int column) {
        list.forEach(item -> {
            comment(column, 0.1);
            text.append(" ".repeat(column)).append("- ");
            if (item.isObject() && !item.isEmpty() && chance(0.6)) {
                int start = text.length();
                mapping(item, column + 2);
                int first = start;
                while (Character.isWhitespace(text.charAt(first))) {
                    first++;
                }
                if (text.charAt(first) == '#') {
                    int line = text.indexOf("\n", first) + 1;
                    String comment = text.substring(first, line);
                    text.delete(start, line);
                    text.insert(start - 2 - column, " ".repeat(column) + comment);
                    start += column + comment.length();
                    first = start;
                    while (Character.isWhitespace(text.charAt(first))) {
                        first++;
                    }
                }
                text.delete(start, first);
            } else {
                text.append(inline(item));
                end();
            }
        });
    }

    private String inline(JsonNode value) {
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(inline(item)));
            return "[" + String.join(chance(0.5) ? ", " : " , ", items) + "]";
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .map(field -> scalar(field.getKey()) + ": "
                            + (field.getValue().isNull() ? "~" : inline(field.getValue())))
                    .collect(Collectors.joining(", ", chance(0.5) ? "{" : "{ ", "}"));
        }
        if (value.isNull()) {
            return chance(0.5) ? "null" : "~";
        }
        String text = value.isTextual() ? scalar(value.textValue()) : value.toString();
        return chance(0.1) && !value.isBoolean()
                ? "'${SOME_%d:-%s}'".formatted(random.nextInt(9), value.asText().replace("'", "''"))
                : text;
    }

    private String scalar(String word) {
        boolean isPlain = word.matches("[A-Za-z][A-Za-z0-9]*(/[a-z0-9]+)?") && !word.matches("(?i)null|true|false");
        return isPlain && chance(0.8) ? word : chance(0.6) ? "'" + word + "'" : '"' + word + '"';
    }

    private static int depth(JsonNode value) {
        int deepest = 0;
        for (JsonNode each : value) {
            deepest = Math.max(deepest, 1 + depth(each));
        }
        return deepest;
    }

    private void end() {
        if (chance(0.15)) {
            text.append("  ").append(comment());
        }
        text.append('\n');
    }

    private void comment(int column, double probability) {
        if (chance(probability)) {
            text.append(" ".repeat(column)).append(comment()).append('\n');
        }
    }

    private String comment() {
        String comment = "# remark %d: 'a', {b".formatted(comments.size());
        comments.add(comment);
        return comment;
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }
}
