package io.jenkins.plugins.iplb.docs.reference;

import io.jenkins.plugins.iplb.docs.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The page of the modules, made of their documentation, by which their arguments are checked. */
class ModulesReferenceTest {
    private static final Path PLUGINS = Page.ROOT.resolve("ansible/src/main/collection/plugins");
    private static final Pattern FRAGMENT = Pattern.compile("(?s)([A-Z_]+) = r'''(.*?)'''");
    private static final String OWN = "ovhiplb.loadbalancer.api";
    private static final List<String> COMMON = List.of(OWN, OWN + ".service", OWN + ".state", OWN + ".change");

    @Test
    void itIsUpToDate() throws IOException {
        Map<String, Map<?, ?>> fragments = fragments();
        Map<String, Map<?, ?>> modules = modules();
        ReferencePage page = new ReferencePage("modules.md", "Modules", getClass());
        page.line(
                "What the modules of `ovhiplb.loadbalancer` take, as `ansible-doc` says it; examples and what they return are"
                        + " there, too.");
        page.line(modules.keySet().stream()
                .map(name -> "[`%s`](%s)".formatted(name, ReferencePage.anchor(name)))
                .collect(Collectors.joining(", ")));
        page.line("## Common options");
        for (String fragment : COMMON) {
            page.line("`%s`, in those that say so below:".formatted(fragment.substring(fragment.lastIndexOf('.') + 1)));
            options(page, "", (Map<?, ?>) fragments.get(fragment).get("options"));
        }
        modules.forEach((name, documentation) -> {
            page.line("## " + name);
            page.line(markdown(documentation.get("description")));
            List<?> fragmentsOfIt = (List<?>) documentation.get("extends_documentation_fragment");
            page.line("Common options: %s."
                    .formatted(fragmentsOfIt.stream()
                            .map(String::valueOf)
                            .filter(COMMON::contains)
                            .map(each -> "`%s`".formatted(each.substring(each.lastIndexOf('.') + 1)))
                            .collect(Collectors.joining(", "))));
            if (documentation.get("options") instanceof Map<?, ?> options) {
                options(page, "", options);
            }
        });
        page.mustBeDocumented();
    }

    private static void options(ReferencePage page, String in, Map<?, ?> options) {
        if (options.isEmpty()) {
            return;
        }
        page.titles("option", "takes", "");
        rows(page, in, options);
        page.end();
    }

    private static void rows(ReferencePage page, String in, Map<?, ?> options) {
        options.forEach((name, value) -> {
            Map<?, ?> option = (Map<?, ?>) value;
            String needed = Boolean.TRUE.equals(option.get("required")) ? " (needed)" : "";
            page.row("`%s%s`%s".formatted(in, name, needed), takes(option), markdown(option.get("description")));
            if (option.get("suboptions") instanceof Map<?, ?> parts) {
                rows(page, in + name + ".", parts);
            }
        });
    }

    private static String takes(Map<?, ?> option) {
        String takes = option.get("choices") instanceof List<?> choices
                ? choices.stream().map("`%s`"::formatted).collect(Collectors.joining(", "))
                : "%s%s"
                        .formatted(
                                option.get("type"),
                                option.containsKey("elements") ? " of " + option.get("elements") : "");
        return option.containsKey("default") ? "%s; default `%s`".formatted(takes, option.get("default")) : takes;
    }

    private static String markdown(Object description) {
        return (description instanceof List<?> lines ? lines.stream() : Stream.of(description))
                .map(String::valueOf)
                .collect(Collectors.joining(" "))
                .replaceAll("[CIMB]\\(([^)]*)\\)", "`$1`");
    }

    private static Map<String, Map<?, ?>> fragments() throws IOException {
        Map<String, Map<?, ?>> fragments = new LinkedHashMap<>();
        Matcher fragment = FRAGMENT.matcher(Files.readString(PLUGINS.resolve("doc_fragments/api.py")));
        while (fragment.find()) {
            String name = fragment.group(1).equals("DOCUMENTATION")
                    ? OWN
                    : OWN + "." + fragment.group(1).toLowerCase(java.util.Locale.ROOT);
            fragments.put(name, yaml(fragment.group(2)));
        }
        return fragments;
    }

    private static Map<String, Map<?, ?>> modules() throws IOException {
        Map<String, Map<?, ?>> modules = new TreeMap<>();
        try (Stream<Path> files = Files.list(PLUGINS.resolve("modules"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".yml")).toList()) {
                String name = file.getFileName().toString().replace(".yml", "");
                modules.put(name, (Map<?, ?>) yaml(Files.readString(file)).get("DOCUMENTATION"));
            }
        }
        return modules;
    }

    private static Map<?, ?> yaml(String text) {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
    }
}
