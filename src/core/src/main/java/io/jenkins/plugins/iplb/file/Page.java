package io.jenkins.plugins.iplb.file;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.file.Source.Form;
import io.jenkins.plugins.iplb.file.Source.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The text of a YAML file, and how to write into it: in the style that it has, and without losing a comment. */
final class Page {
    private final String text;
    private final List<Source> documents;
    private final List<Source> words = new ArrayList<>();
    private final List<Source> aliases = new ArrayList<>();
    private final Yaml yaml;
    private final String lineEnd;

    Page(String file, String text) {
        this.text = text;
        this.documents = Source.documents(file, text);
        this.lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
        this.yaml = style(documents);
        documents.forEach(document -> each(document, this::remember));
    }

    List<Source> documents() {
        return documents;
    }

    private void remember(Source node) {
        if (node.is(Form.ALIAS)) {
            aliases.add(node);
        } else if (node.pairs().isEmpty() && node.items().isEmpty()) {
            words.add(node);
        }
    }

    private static void each(Source node, Consumer<Source> what) {
        what.accept(node);
        node.items().forEach(item -> each(item, what));
        node.pairs().forEach(pair -> {
            each(pair.key(), what);
            each(pair.value(), what);
        });
    }

    private static Yaml style(List<Source> documents) {
        int[] steps = {0, -1};
        documents.forEach(document -> each(document, node -> {
            for (Pair pair : node.is(Form.MAPPING) ? node.pairs() : List.<Pair>of()) {
                int step = pair.value().column() - pair.key().column();
                if (pair.value().is(Form.MAPPING) && steps[0] == 0) {
                    steps[0] = step;
                } else if (pair.value().is(Form.LIST) && steps[1] < 0) {
                    steps[1] = step;
                }
            }
        }));
        int step = steps[0] == 0 ? Yaml.USUAL.step() : Math.min(steps[0], 8);
        return new Yaml(Math.max(2, step), steps[1] < 0 ? Math.min(2, step) : Math.min(steps[1], Math.max(2, step)));
    }

    /** Where a value is written. @param node as it is read @param key what it stands behind */
    Source source(YamlNode node, Place key) {
        return documents.stream()
                .flatMap(document -> find(document, node.place()).stream())
                .findFirst()
                .orElseThrow(() -> refusal(key, "is taken from elsewhere"));
    }

    private static Optional<Source> find(Source within, Place place) {
        List<Source> found = new ArrayList<>();
        each(within, node -> {
            node.items().stream().filter(item -> item.place().equals(place)).forEach(found::add);
            node.pairs().stream()
                    .map(Pair::value)
                    .filter(value -> value.place().equals(place))
                    .forEach(found::add);
        });
        return found.stream().findFirst();
    }

    /** What a node says, letter by letter. */
    String written(Source node) {
        return text.substring(node.content(), node.end());
    }

    /** That what stands there cannot be changed by changing lines. */
    static IplbException refusal(Place place, String why) {
        return new IplbException(FailureKind.REFUSED, "%s: %s".formatted(place, why));
    }

    // ---- one value in the place of another

    /** @param numeric whether what stands there is a number, so that digits need no quotes */
    void replace(Edits edits, Source node, Object value, boolean numeric) {
        if (node.is(Form.SINGLE_QUOTED, Form.DOUBLE_QUOTED) && isWord(value)) {
            edits.replace(node.content(), node.end(), Yaml.quoted(value, node.form()));
            return;
        }
        boolean isNumber = numeric && value.toString().matches("0|[1-9]\\d{0,17}");
        String inline = isNumber ? value.toString() : Yaml.inline(value);
        refuseComments(node);
        String lines = node.is(Form.LINES) ? lineEnd : "";
        edits.replace(node.content(), node.end(), (needsBlank(node) ? " " : "") + inline + lines);
    }

    private static boolean isWord(Object value) {
        return value instanceof String text ? !text.contains("\n") : value instanceof Long || value instanceof Boolean;
    }

    private boolean needsBlank(Source node) {
        return node.isEmpty() && node.content() > 0 && text.charAt(node.content() - 1) != ' ';
    }

    private void refuseComments(Source node) {
        comments(node.content(), node.end()).stream().findFirst().ifPresent(comment -> {
            throw refusal(node.place(), "there is a comment in what is to be replaced: %s".formatted(comment));
        });
    }

    // ---- more in a mapping or a list

    /**
     * Adds keys with their values.
     *
     * @param last the pair behind which they go; empty for before all of them
     * @param key of the mapping; null for a document
     */
    void add(Edits edits, Source mapping, Optional<Pair> last, Source key, Map<String, Object> values) {
        String inline = values.entrySet().stream()
                .map(each -> Yaml.inline(each.getKey(), each.getValue()))
                .collect(Collectors.joining(", "));
        switch (mapping.form()) {
            case MAPPING -> {
                String lines = indented(mapping.column(), yaml.lines(values));
                if (last.isPresent()) {
                    below(edits, last.get().end(), lines);
                } else {
                    int first = mapping.pairs().get(0).key().start();
                    edits.replace(first, first, lines.substring(mapping.column()) + blanks(mapping.column()));
                }
            }
            case FLOW_MAPPING -> {
                int behind = mapping.pairs().isEmpty()
                        ? mapping.content() + 1
                        : mapping.pairs().get(mapping.pairs().size() - 1).end();
                edits.replace(behind, behind, (mapping.pairs().isEmpty() ? "" : ", ") + inline);
            }
            case ALIAS ->
                edits.replace(mapping.content(), mapping.end(), "{<<: %s, %s}".formatted(written(mapping), inline));
            default -> {
                if (mapping.inFlow()) {
                    edits.replace(
                            mapping.content(), mapping.end(), (needsBlank(mapping) ? " " : "") + "{" + inline + "}");
                } else {
                    int column = key == null ? 0 : key.column() + yaml.step();
                    instead(edits, mapping, indented(column, yaml.lines(values)));
                }
            }
        }
    }

    /** Adds values to a list. @param key of the list */
    void add(Edits edits, Source list, Source key, List<Object> values) {
        String inline = values.stream().map(Yaml::inline).collect(Collectors.joining(", "));
        switch (list.form()) {
            case LIST -> below(edits, list.end(), indented(list.column(), items(values)));
            case FLOW_LIST -> {
                int behind = list.items().isEmpty()
                        ? list.content() + 1
                        : list.items().get(list.items().size() - 1).end();
                edits.replace(behind, behind, (list.items().isEmpty() ? "" : ", ") + inline);
            }
            default -> {
                if (list.inFlow()) {
                    edits.replace(list.content(), list.end(), (needsBlank(list) ? " " : "") + "[" + inline + "]");
                } else {
                    instead(edits, list, indented(key.column() + yaml.listStep(), items(values)));
                }
            }
        }
    }

    private String items(List<Object> values) {
        return new Yaml(2, 0).lines(values);
    }

    /** Lines of what a key has, which has nothing yet, or a word for it. */
    private void instead(Edits edits, Source nothing, String lines) {
        int from = nothing.content();
        while (!nothing.isEmpty() && text.charAt(from - 1) == ' ') {
            from--;
        }
        int rest = lineEnd(nothing.end());
        String kept = text.substring(nothing.end(), rest);
        edits.replace(from, next(rest), kept + lineEnd + lines);
    }

    private void below(Edits edits, int end, String lines) {
        boolean isLine = end > 0 && text.charAt(end - 1) == '\n';
        int behind = isLine ? end : next(lineEnd(end));
        boolean isOpen = behind == text.length() && !text.endsWith("\n");
        edits.replace(behind, behind, (isOpen ? lineEnd : "") + lines);
    }

    private String indented(int column, String lines) {
        return lines.lines().map(line -> blanks(column) + line + lineEnd).collect(Collectors.joining());
    }

    private static String blanks(int column) {
        return " ".repeat(column);
    }

    // ---- less

    /** Removes a key with its value. Comments stay, in lines of their own. */
    void remove(Edits edits, Source mapping, Pair pair) {
        refuseNeeded(pair.key().start(), pair.end());
        int at = mapping.pairs().indexOf(pair);
        List<int[]> spans = mapping.pairs().stream()
                .map(each -> new int[] {each.key().start(), each.end()})
                .toList();
        if (mapping.is(Form.FLOW_MAPPING)) {
            removeInline(edits, pair.key().place(), spans, at);
        } else if (isFirstInLine(pair.key().start())) {
            removeLines(edits, pair.key().start(), pair.end());
        } else if (at + 1 < spans.size()) {
            int next = spans.get(at + 1)[0];
            int line = lineStart(pair.key().start());
            String before = text.substring(line, pair.key().start());
            edits.remove(line, next, kept(line, next, pair.key().start() - line) + before);
        } else {
            refuseComments(pair.value());
            edits.remove(pair.key().start(), pair.end(), "{}");
        }
    }

    /** Removes an item of a list, in the same way. */
    void remove(Edits edits, Source list, Source item) {
        refuseNeeded(item.start(), item.end());
        if (list.is(Form.FLOW_LIST)) {
            List<int[]> spans = list.items().stream()
                    .map(each -> new int[] {each.start(), each.end()})
                    .toList();
            removeInline(edits, item.place(), spans, list.items().indexOf(item));
            return;
        }
        int dash = dash(item);
        if (!isFirstInLine(dash)) {
            throw refusal(item.place(), "is gone, and what stands beside it in its line is not");
        }
        removeLines(edits, dash, item.end());
    }

    private int dash(Source item) {
        int dash = item.start() - 1;
        while (dash > 0 && Character.isWhitespace(text.charAt(dash))) {
            dash--;
        }
        if (text.charAt(dash) != '-') {
            throw refusal(item.place(), "stands neither in a line of its own nor behind a dash");
        }
        return dash;
    }

    private void removeLines(Edits edits, int start, int end) {
        int from = lineStart(start);
        boolean isLine = text.charAt(end - 1) == '\n';
        int to = isLine ? end : next(lineEnd(end));
        edits.remove(from, to, kept(from, to, start - from));
    }

    /** The comments in what goes, each in a line of its own. */
    private String kept(int from, int to, int column) {
        return comments(from, to).stream()
                .map(comment -> blanks(column) + comment + lineEnd)
                .collect(Collectors.joining());
    }

    private void removeInline(Edits edits, Place place, List<int[]> spans, int at) {
        int from = at > 0 ? spans.get(at - 1)[1] : spans.get(0)[0];
        int to = at > 0 || spans.size() == 1 ? spans.get(at)[1] : spans.get(1)[0];
        comments(from, to).stream().findFirst().ifPresent(comment -> {
            throw refusal(place, "there is a comment in what is gone: %s".formatted(comment));
        });
        edits.remove(from, to, "");
    }

    /** What others take from it must not go. */
    private void refuseNeeded(int start, int end) {
        List<Source> anchored = new ArrayList<>();
        documents.forEach(document -> each(document, node -> {
            if (!node.is(Form.ALIAS) && node.anchor().isPresent() && node.start() >= start && node.end() <= end) {
                anchored.add(node);
            }
        }));
        for (Source anchor : anchored) {
            aliases.stream()
                    .filter(alias -> alias.start() >= end && alias.anchor().equals(anchor.anchor()))
                    .findFirst()
                    .ifPresent(alias -> {
                        throw refusal(
                                anchor.place(),
                                "&%s is to go, and line %d takes it: write there what it says first"
                                        .formatted(
                                                anchor.anchor().orElseThrow(),
                                                alias.place().line()));
                    });
        }
    }

    /** Makes a mapping of names to objects a list of objects with names. */
    void list(Edits edits, Source mapping, Function<Pair, String> named) {
        boolean isFlow = mapping.is(Form.FLOW_MAPPING);
        if (isFlow) {
            edits.rebuild(mapping.content(), mapping.content() + 1, "[");
            edits.rebuild(mapping.end() - 1, mapping.end(), "]");
        } else if (!mapping.is(Form.MAPPING)) {
            throw refusal(mapping.place(), "one without a name is there: write them in a list");
        }
        for (Pair pair : mapping.pairs()) {
            int key = pair.key().start();
            Source value = pair.value();
            int inside = value.column() - mapping.column();
            if (value.is(Form.FLOW_MAPPING) && value.anchor().isEmpty()) {
                String opened = (isFlow ? "{" : "- {") + named.apply(pair);
                edits.rebuild(key, value.content() + 1, opened + (value.pairs().isEmpty() ? "" : ", "));
            } else if (value.is(Form.MAPPING) && value.anchor().isEmpty() && inside >= 2) {
                int colon = text.indexOf(':', pair.key().end());
                edits.rebuild(key, colon + 1, "-" + blanks(inside - 1) + named.apply(pair));
            } else {
                throw refusal(pair.key().place(), "one without a name is beside it: write them in a list");
            }
        }
    }

    // ---- lines and comments

    private boolean isFirstInLine(int at) {
        return text.substring(lineStart(at), at).isBlank();
    }

    private int lineStart(int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    /** Before the line break. */
    private int lineEnd(int at) {
        int end = text.indexOf('\n', at);
        int behind = end < 0 ? text.length() : end;
        return behind > at && text.charAt(behind - 1) == '\r' ? behind - 1 : behind;
    }

    /** Behind the line break there. */
    private int next(int lineEnd) {
        return text.startsWith("\r\n", lineEnd) ? lineEnd + 2 : Math.min(lineEnd + 1, text.length());
    }

    /** What stands behind a # that is part of no value. */
    private List<String> comments(int start, int end) {
        List<String> comments = new ArrayList<>();
        int at = start;
        while (at < end) {
            int here = at;
            Optional<Source> word = words.stream()
                    .filter(each -> each.content() <= here && here < each.end() && !isHeader(each, here))
                    .findFirst();
            boolean isComment = text.charAt(at) == '#' && (at == 0 || Character.isWhitespace(text.charAt(at - 1)));
            if (word.isPresent()) {
                at = word.get().end();
            } else if (isComment) {
                comments.add(text.substring(at, lineEnd(at)));
                at = lineEnd(at);
            } else {
                at++;
            }
        }
        return comments;
    }

    /** Whether it stands behind the sign of a text that begins in the next line. */
    private boolean isHeader(Source word, int at) {
        return word.is(Form.LINES) && at < lineEnd(word.content());
    }
}
