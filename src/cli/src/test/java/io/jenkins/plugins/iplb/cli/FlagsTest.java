package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Flag;
import io.jenkins.plugins.iplb.parameter.Parameter;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** picocli 4.7.7 turns a negatable option that is true by default off where it is named: both spellings of every flag are tried. */
class FlagsTest {
    static Stream<Arguments> flags() {
        return Catalogue.all().stream()
                .flatMap(operation -> operation.parameters().stream()
                        .filter(parameter -> parameter.value() instanceof Flag)
                        .map(parameter -> Arguments.of(operation.name(), parameter.name())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("flags")
    void bothSpellingsMeanWhatTheySay(String operation, String name) {
        OperationType type = Catalogue.named(operation);
        Parameter parameter = type.parameter(name);
        String option = new OperationOptions(type).called(parameter);
        boolean says = !option.startsWith("--no-");

        assertThat(given(type).get(name)).as("not given").isNull();
        assertThat(given(type, option).get(name).booleanValue()).as(option).isEqualTo(says);
        if (parameter.preset().isEmpty()) {
            String denied = option.replaceFirst("--", "--no-");
            assertThat(given(type, denied).get(name).booleanValue()).as(denied).isFalse();
        } else {
            assertThat(parameter.preset()).as("what is preset needs no word").contains(!says);
        }
    }

    /** What is needed beside it is left out. */
    private static Fields given(OperationType type, String... words) {
        OperationOptions options = new OperationOptions(type);
        CommandSpec spec = CommandSpec.create();
        options.addTo(spec);
        spec.parser().collectErrors(true);
        return options.given(new CommandLine(spec).parseArgs(words));
    }
}
