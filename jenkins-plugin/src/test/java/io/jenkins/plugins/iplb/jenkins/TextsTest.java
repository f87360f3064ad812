package io.jenkins.plugins.iplb.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.file.FileOperations;
import io.jenkins.plugins.iplb.jenkins.testing.Texts;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.DeploymentOperations;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.operation.RecordOperations;
import io.jenkins.plugins.iplb.parameter.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
    private static final Path HELP = Path.of("src/main/help");

    private final Texts texts = new Texts(Path.of("src/main/resources"));

    @Test
    void allAreInEnglishFrenchAndDutch() {
        assertThat(texts.untranslated()).isEmpty();
        assertThat(new Texts(HELP).untranslated()).isEmpty();
    }

    @Test
    void everyOperationAndEveryParameterHasALabelAndHelp() throws IOException {
        Properties labels = new Properties();
        try (InputStream in = Files.newInputStream(
                Path.of("src/main/resources/io/jenkins/plugins/iplb/jenkins/form/Labels.properties"))) {
            labels.load(in);
        }
        for (OperationType operation : operations()) {
            assertThat(labels).containsKey(operation.name());
            assertThat(HELP.resolve(operation.name() + "/operation.html")).exists();
            for (Parameter parameter : operation.parameters()) {
                assertThat(List.of(parameter.name(), operation.name() + "/" + parameter.name()))
                        .as(operation.name() + "." + parameter.name())
                        .anyMatch(text -> Files.exists(HELP.resolve(text + ".html")));
                if (!parameter.name().equals("service")) {
                    assertThat(List.of(parameter.name(), operation.name() + "." + parameter.name()))
                            .as(operation.name() + "." + parameter.name())
                            .anyMatch(labels::containsKey);
                }
            }
        }
    }

    private static List<OperationType> operations() {
        return Stream.of(Catalogue.all(), DeploymentOperations.all(), FileOperations.all(), RecordOperations.all())
                .flatMap(List::stream)
                .filter(operation -> !operation.answersSecret())
                .toList();
    }

    @Test
    void noneHoldsAScriptOrAStyle() {
        assertThat(new Texts(HELP).inline()).isEmpty();
        assertThat(texts.inline()).isEmpty();
    }
}
