package io.jenkins.plugins.iplb.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Plays and tasks of Ansible's, held against the documentation of the modules that they call, by which arguments are checked. */
public final class DocumentedPlays {
    private static final Path PLUGINS = Page.ROOT.resolve("ansible/src/main/collection/plugins");
    private static final String COLLECTION = "ovhiplb.loadbalancer.";
    private static final Pattern FRAGMENT = Pattern.compile("(?s)([A-Z_]+) = r'''(.*?)'''");
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{.*}}");

    private DocumentedPlays() {}

    public static boolean isOne(String yaml) {
        return yaml.contains(COLLECTION);
    }

    /** What is no option, no choice, or missing. */
    public static List<String> mistakes(String yaml) {
        List<String> mistakes = new ArrayList<>();
        walk(new Load(LoadSettings.builder().build()).loadFromString(yaml), Map.of(), mistakes);
        return mistakes;
    }

    private static void walk(Object node, Map<?, ?> defaults, List<String> mistakes) {
        if (node instanceof List<?> list) {
            list.forEach(each -> walk(each, defaults, mistakes));
        }
        if (!(node instanceof Map<?, ?> map)) {
            return;
        }
        Map<Object, Object> known = new HashMap<>(defaults);
        if (map.get("module_defaults") instanceof Map<?, ?> given) {
            given.values().forEach(each -> known.putAll((Map<?, ?>) each));
        }
        map.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (name.startsWith(COLLECTION + "iplb_")) {
                check(
                        name.substring(COLLECTION.length()),
                        value instanceof Map<?, ?> given ? given : Map.of(),
                        known,
                        mistakes);
            } else if (!name.equals("module_defaults")) {
                walk(value, known, mistakes);
            }
        });
    }

    private static void check(String module, Map<?, ?> given, Map<?, ?> defaults, List<String> mistakes) {
        Path file = PLUGINS.resolve("modules").resolve(module + ".yml");
        if (!Files.exists(file)) {
            mistakes.add(module + ": no such module");
            return;
        }
        Map<Object, Object> options = options(file);
        given.forEach((name, value) -> {
            if (!(options.get(name) instanceof Map<?, ?> option)) {
                mistakes.add("%s: no option %s".formatted(module, name));
            } else if (option.get("choices") instanceof List<?> choices
                    && !choices.contains(value)
                    && !TEMPLATE.matcher(String.valueOf(value)).find()) {
                mistakes.add("%s: %s is none of %s".formatted(module, name, choices));
            }
        });
        options.forEach((name, option) -> {
            boolean isNeeded = option instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("required"));
            if (isNeeded && !given.containsKey(name) && !defaults.containsKey(name)) {
                mistakes.add("%s: %s is missing".formatted(module, name));
            }
        });
    }

    private static Map<Object, Object> options(Path module) {
        Map<?, ?> documentation = (Map<?, ?>) yaml(read(module)).get("DOCUMENTATION");
        Map<Object, Object> options = new HashMap<>();
        for (Object each : (List<?>) documentation.get("extends_documentation_fragment")) {
            fragment(String.valueOf(each), options);
        }
        if (documentation.get("options") instanceof Map<?, ?> own) {
            options.putAll(own);
        }
        return options;
    }

    private static void fragment(String name, Map<Object, Object> options) {
        Matcher fragment = FRAGMENT.matcher(read(PLUGINS.resolve("doc_fragments/api.py")));
        while (fragment.find()) {
            String id = COLLECTION + "api"
                    + (fragment.group(1).equals("DOCUMENTATION")
                            ? ""
                            : "." + fragment.group(1).toLowerCase(Locale.ROOT));
            if (id.equals(name) && yaml(fragment.group(2)).get("options") instanceof Map<?, ?> own) {
                options.putAll(own);
            }
        }
    }

    private static Map<?, ?> yaml(String text) {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
