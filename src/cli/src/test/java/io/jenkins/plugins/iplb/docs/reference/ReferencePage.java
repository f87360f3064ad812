package io.jenkins.plugins.iplb.docs.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.docs.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A page below {@code docs/reference} that a test makes; {@code -Dgolden=write} writes it. */
public final class ReferencePage {
    private final Path path;
    private final StringBuilder text = new StringBuilder();

    /** @param title of the page @param test who writes it */
    public ReferencePage(String name, String title, Class<?> test) {
        path = Page.ROOT.resolve("docs/reference").resolve(name);
        text.append("<!-- written by %s, -Dgolden=write -->\n".formatted(test.getSimpleName()));
        line("# " + title);
    }

    /** A paragraph, or a heading. */
    public ReferencePage line(String words) {
        text.append(words).append("\n\n");
        return this;
    }

    public ReferencePage block(String content) {
        text.append("```\n").append(content.strip()).append("\n```\n\n");
        return this;
    }

    public ReferencePage titles(String... titles) {
        row(titles);
        text.append("| ---".repeat(titles.length)).append(" |\n");
        return this;
    }

    public ReferencePage row(String... cells) {
        text.append("| ");
        for (String cell : cells) {
            text.append(cell.strip().replaceAll("\\s+", " ").replace("|", "\\|"))
                    .append(" | ");
        }
        text.setLength(text.length() - 1);
        text.append('\n');
        return this;
    }

    public ReferencePage end() {
        text.append('\n');
        return this;
    }

    /** Where a heading is led to. */
    static String anchor(String heading) {
        return "#"
                + heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-');
    }

    /** It stands in the documentation as it is. */
    public void mustBeDocumented() throws IOException {
        String whole = text.toString().strip() + "\n";
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(path.getParent());
            Files.writeString(path, whole);
        }
        assertThat(path).exists();
        assertThat(Files.readString(path)).isEqualTo(whole);
    }
}
