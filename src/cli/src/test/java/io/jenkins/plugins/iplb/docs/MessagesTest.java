package io.jenkins.plugins.iplb.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every message that the page of troubles quotes is one of the code. */
class MessagesTest {
    private static final Pattern QUOTED = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
    private static final List<String> SOURCES = List.of(
            "src/core/src/main/java",
            "src/cli/src/main/java",
            "jenkins-plugin/src/main/java",
            "pipeline-steps/src/main/java",
            "src/core/src/main/resources",
            "jenkins-plugin/src/main/resources");

    @Test
    void everyQuotedMessageIsOneOfTheCode() {
        List<String> quoted = QUOTED.matcher(
                        Page.of(Path.of("docs/troubleshooting.md")).text())
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        String code = SOURCES.stream().flatMap(MessagesTest::texts).collect(Collectors.joining("\n"));

        assertThat(quoted).hasSizeGreaterThan(40);
        for (String message : quoted) {
            for (String part : message.split("…")) {
                assertThat(code.contains(part.strip().toLowerCase(Locale.ROOT)))
                        .as("'%s' of '%s'", part.strip(), message)
                        .isTrue();
            }
        }
    }

    /** What is written in several literals is one message. */
    private static Stream<String> texts(String folder) {
        try (Stream<Path> files = Files.walk(Page.ROOT.resolve(folder))) {
            return files
                    .filter(file -> file.toString().matches(".*\\.(java|properties)"))
                    .map(MessagesTest::read)
                    .map(text -> text.replaceAll("\"\\s*\\+\\s*\"", "").toLowerCase(Locale.ROOT))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
