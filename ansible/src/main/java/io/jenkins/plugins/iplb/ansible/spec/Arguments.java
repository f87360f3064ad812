package io.jenkins.plugins.iplb.ansible.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Arguments that were checked: each is there or not, and of its type. */
public final class Arguments {
    private final ObjectNode values;
    private final Function<String, Path> paths;

    /** @param paths what the text of a path means */
    Arguments(ObjectNode values, Function<String, Path> paths) {
        this.values = values;
        this.paths = paths;
    }

    public boolean has(String name) {
        return values.has(name);
    }

    /** Null when it is not given. */
    public String text(String name) {
        return values.path(name).textValue();
    }

    /** What the text means where it runs; empty when it is not given. */
    public Optional<Path> path(String name) {
        return Optional.ofNullable(text(name)).map(paths);
    }

    /** Null when it is not given. */
    public Integer number(String name) {
        if (!values.has(name)) {
            return null;
        }
        JsonNode number = values.get(name);
        if (!number.canConvertToInt()) {
            throw new Refusal("argument '%s' is out of range: %s".formatted(name, number));
        }
        return number.intValue();
    }

    /** What is given of these, for those who treat them all the same. */
    public Map<String, JsonNode> given(List<String> names) {
        Map<String, JsonNode> given = new LinkedHashMap<>();
        for (String name : names) {
            if (values.has(name)) {
                given.put(name, values.get(name));
            }
        }
        return given;
    }

    /** False when it is not given. */
    public boolean flag(String name) {
        return values.path(name).booleanValue();
    }

    /** Empty when it is not given, which is another thing than an empty list. */
    public Optional<List<String>> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : values.path(name)) {
            texts.add(each.textValue());
        }
        return has(name) ? Optional.of(texts) : Optional.empty();
    }

    /** Empty when it is not given. */
    public Optional<List<Arguments>> groups(String name) {
        List<Arguments> groups = new ArrayList<>();
        for (JsonNode each : values.path(name)) {
            groups.add(new Arguments((ObjectNode) each, paths));
        }
        return has(name) ? Optional.of(groups) : Optional.empty();
    }
}
