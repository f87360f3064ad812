package io.jenkins.plugins.iplb.ansible;

import static io.jenkins.plugins.iplb.ansible.ModuleRunner.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.ansible.spec.ArgumentSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is copied from: the examples of the modules, the READMEs, the playbooks and the role. ansible-core 2.19 and later
 * print the lines of a task that fails, and those beside it; 2.14 does not start a module whose argument is a vault: so
 * a secret stands in a variable, and its name in the task.
 */
class ExamplesTest {
    private static final Pattern BLOCK = Pattern.compile("(?s)```yaml\\n(.*?)```");
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{ [^{}]+ }}");

    @Test
    void secretsAreVariables() {
        Set<String> secrets =
                Documentation.modules().flatMap(ExamplesTest::secretsOf).collect(Collectors.toSet());
        List<String> values = new ArrayList<>();

        texts().forEach(text -> collect(yaml("all:\n" + text.indent(2)), secrets, values));

        assertThat(secrets).contains("application_secret", "consumer_key", "client_secret", "access_token");
        assertThat(values)
                .isNotEmpty()
                .allMatch(value -> VARIABLE.matcher(value).matches());
    }

    /** Those whose value is not shown. */
    private static Stream<String> secretsOf(String module) {
        ArgumentSpec spec = ArgumentSpec.of(module);
        return spec.options().keySet().stream()
                .filter(option -> spec.invocation(yaml(option + ": shown"))
                        .path(option)
                        .asText()
                        .startsWith("VALUE_SPECIFIED"));
    }

    private static void collect(JsonNode node, Set<String> names, List<String> values) {
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            if (names.contains(each.getKey())) {
                values.add(each.getValue().asText());
            }
        }
        node.forEach(child -> collect(child, names, values));
    }

    private static Stream<String> texts() {
        Stream<String> examples = Documentation.modules()
                .map(module -> Documentation.of(module).all().path("EXAMPLES").textValue());
        Stream<String> files = Stream.concat(
                Stream.of("playbooks", "roles").flatMap(ExamplesTest::files),
                Stream.of(read(Path.of("../README.md")), read(inCollection("README.md")))
                        .flatMap(ExamplesTest::blocks));
        return Stream.concat(examples, files);
    }

    private static Stream<String> files(String folder) {
        try (Stream<Path> files = Files.walk(inCollection(folder))) {
            List<String> texts = files.filter(file -> file.toString().endsWith(".yml"))
                    .map(ExamplesTest::read)
                    .toList();
            return texts.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path inCollection(String name) {
        return Documentation.COLLECTION.resolve(name);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).replaceFirst("^---\\n", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> blocks(String text) {
        return BLOCK.matcher(text).results().map((MatchResult block) -> block.group(1));
    }
}
