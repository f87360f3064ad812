package io.jenkins.plugins.iplb.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param path below the root of the repository
 */
public record Page(Path path, String text) {
    public static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static final Pattern FENCE = Pattern.compile("^( *)(```+|~~~+)(.*)$");
    private static final Pattern REASON = Pattern.compile("<!-- not run: (.+) -->");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.+?) *#*$");
    private static final Pattern LINK =
            Pattern.compile("!?\\[(?:[^\\[\\]]|\\[[^\\]]*])*]\\(<?([^)\\s>]+)>?(?: \"[^\"]*\")?\\)");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");

    /**
     * A fenced block.
     *
     * @param page below the root
     * @param line of its fence, from 1
     * @param language empty for none
     * @param notRun why it is not run, if the comment before it says so
     */
    public record Block(Path page, int line, String language, String text, Optional<String> notRun) {
        @Override
        public String toString() {
            return page + ":" + line;
        }
    }

    /** Where a line of text leads. */
    public record Link(Path page, int line, String target) {
        @Override
        public String toString() {
            return "%s:%d: %s".formatted(page, line, target);
        }
    }

    /** The README and everything below {@code docs}. */
    public static List<Page> all() {
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md")),
                            files.filter(file -> file.toString().endsWith(".md"))
                                    .sorted())
                    .map(file -> of(ROOT.relativize(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param path below the root */
    public static Page of(Path path) {
        try {
            return new Page(path, Files.readString(ROOT.resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher open = FENCE.matcher(lines.get(i));
            if (!open.matches()) {
                continue;
            }
            int begin = i++;
            StringBuilder inside = new StringBuilder();
            while (i < lines.size() && !lines.get(i).strip().equals(open.group(2))) {
                inside.append(lines.get(i++)).append('\n');
            }
            blocks.add(new Block(
                    path, begin + 1, open.group(3).strip(), inside.toString().stripIndent(), reason(lines, begin)));
        }
        return blocks;
    }

    private static Optional<String> reason(List<String> lines, int fence) {
        int before = fence - 1;
        while (before >= 0 && lines.get(before).isBlank()) {
            before--;
        }
        return Optional.of(REASON.matcher(before < 0 ? "" : lines.get(before).strip()))
                .filter(Matcher::matches)
                .map(found -> found.group(1));
    }

    /** Lines outside of blocks, the others empty. */
    private List<String> prose() {
        List<String> prose = new ArrayList<>();
        String fence = null;
        for (String line : text.lines().toList()) {
            Matcher mark = FENCE.matcher(line);
            if (fence == null && mark.matches()) {
                fence = mark.group(2);
                prose.add("");
            } else if (fence != null) {
                fence = line.strip().equals(fence) ? null : fence;
                prose.add("");
            } else {
                prose.add(line);
            }
        }
        return prose;
    }

    public List<Link> links() {
        List<Link> links = new ArrayList<>();
        List<String> prose = prose();
        for (int i = 0; i < prose.size(); i++) {
            Matcher link = LINK.matcher(CODE.matcher(prose.get(i)).replaceAll("code"));
            while (link.find()) {
                links.add(new Link(path, i + 1, link.group(1)));
            }
        }
        return links;
    }

    /** What can stand behind {@code #}, as GitHub makes it of headings. */
    public Set<String> anchors() {
        Set<String> anchors = new HashSet<>();
        for (String line : prose()) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String anchor = heading.group(1)
                        .replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-');
                String unique = anchor;
                for (int i = 1; !anchors.add(unique); i++) {
                    unique = anchor + "-" + i;
                }
            }
        }
        return anchors;
    }
}
