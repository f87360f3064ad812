package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.file.FileOperations;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.Values;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The option that says what placeholders of a change file stand for. */
final class ValuesOption {
    private static final String SET = "--set";

    private ValuesOption() {}

    static OptionSpec spec() {
        return OptionSpec.builder(SET)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel("NAME=VALUE")
                .description("What ${NAME} stands for in the file. Default: the environment.".replace("$", "$$"))
                .build();
    }

    /** What it was given, and the environment. */
    static Function<String, Optional<String>> of(ParseResult parsed, Console console) {
        List<String> given = parsed.matchedOptionValue(SET, List.of());
        return FileOperations.values(
                Values.ASSIGNMENTS.of(SET, Json.MAPPER.valueToTree(given)),
                console.machine().environment());
    }
}
