package io.jenkins.plugins.iplb.sandbox.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A table in {@code docs/traffic.md} of what was seen there by a test; {@code -Dgolden=write} writes it. */
public final class TrafficTable {
    private static final Path DOCS = Path.of("../../docs/traffic.md");
    private static final String END = "<!-- end -->";

    private final StringBuilder text = new StringBuilder();
    private final String begin;

    /** @param name in the comment that it stands behind @param test who writes it */
    public TrafficTable(String name, Class<?> test, String... titles) {
        begin = "<!-- %s: written by %s -->\n".formatted(name, test.getSimpleName());
        row(titles);
        text.append("| --- ".repeat(titles.length)).append("|\n");
    }

    public TrafficTable row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        return this;
    }

    /** The documentation has it as it is. */
    public void mustBeDocumented() throws IOException {
        String docs = Files.readString(DOCS);
        assertThat(docs).contains(begin);
        int from = docs.indexOf(begin) + begin.length();
        int to = docs.indexOf(END, from);
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(DOCS, docs.substring(0, from) + text + docs.substring(to));
        } else {
            assertThat(docs.substring(from, to)).isEqualTo(text.toString());
        }
    }
}
