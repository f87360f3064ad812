package io.jenkins.plugins.iplb.jenkins.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What people read in the resources of a module: views, their words, messages and help. */
public final class Texts {
    private static final List<String> LANGUAGES = List.of("_fr", "_nl");
    private static final Pattern WORDS = Pattern.compile("\\$\\{%([^}(]+)[}(]");
    private static final Pattern INLINE =
            Pattern.compile("<script|<style|javascript:|\\sstyle\\s*=|\\son[a-z]+\\s*=", Pattern.CASE_INSENSITIVE);

    private final Path resources;

    /** @param resources such as {@code src/main/resources} */
    public Texts(Path resources) {
        this.resources = resources;
    }

    /** What is there in English and lacks French or Dutch. */
    public List<String> untranslated() {
        List<String> missing = new ArrayList<>();
        for (String language : LANGUAGES) {
            files("\\w[-\\w]*\\.html").forEach(help -> lacking(missing, withSuffix(help, language), Set.of()));
            files("\\w+\\.jelly").forEach(view -> lacking(missing, properties(view, language), words(view)));
            files("(Messages|\\w*Labels)\\.properties")
                    .forEach(messages -> lacking(
                            missing,
                            withSuffix(messages, language),
                            read(messages).stringPropertyNames()));
        }
        return missing;
    }

    /** Views and help that the content security policy would break. */
    public List<Path> inline() {
        return files(".+\\.(jelly|html)")
                .filter(file -> INLINE.matcher(text(file)).find())
                .toList();
    }

    private static void lacking(List<String> missing, Path translation, Set<String> keys) {
        boolean isHelp = translation.toString().endsWith(".html");
        if (isHelp && !Files.exists(translation)) {
            missing.add(translation.toString());
        }
        if (!keys.isEmpty()) {
            Set<String> lacking = new TreeSet<>(keys);
            lacking.removeAll(read(translation).stringPropertyNames());
            lacking.forEach(key -> missing.add(translation + ": " + key));
        }
    }

    private static Set<String> words(Path view) {
        Set<String> words = new TreeSet<>();
        WORDS.matcher(text(view)).results().map(MatchResult::group).forEach(each -> words.add(key(each)));
        return words;
    }

    private static String key(String expression) {
        return expression.substring("${%".length(), expression.length() - 1);
    }

    private static Path properties(Path view, String language) {
        return view.resolveSibling(
                view.getFileName().toString().replaceFirst("\\.jelly$", "") + language + ".properties");
    }

    private static Path withSuffix(Path file, String language) {
        return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.", language + "."));
    }

    private Stream<Path> files(String name) {
        try (Stream<Path> all = Files.walk(resources)) {
            return all.filter(file -> file.getFileName().toString().matches(name)).toList().stream()
                    .filter(file -> LANGUAGES.stream()
                            .noneMatch(language -> file.getFileName().toString().contains(language + ".")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As Jelly and resource bundles read it. */
    private static Properties read(Path file) {
        Properties read = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                read.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return read;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
