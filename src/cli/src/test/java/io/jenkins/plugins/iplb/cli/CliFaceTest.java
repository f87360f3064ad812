package io.jenkins.plugins.iplb.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.faces.Face;
import io.jenkins.plugins.iplb.faces.FaceTable;
import io.jenkins.plugins.iplb.faces.FacesContract;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.parameter.Flag;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.parameter.Values;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The command line against the core. */
class CliFaceTest extends FacesContract {
    @Override
    protected Face face() {
        return new CommandLineFace();
    }

    /** A rule is a text there. */
    @Override
    protected boolean canBeSaid(FaceTable.Asked asked) {
        return asked.values()
                .valueStream()
                .noneMatch(value -> value.isArray() && value.valueStream().anyMatch(JsonNode::isObject));
    }

    private static final class CommandLineFace implements Face {
        @Override
        public String name() {
            return "iplb";
        }

        @Override
        public Optional<String> called(OperationType operation, Parameter parameter, JsonNode value) {
            boolean said = !(parameter.value() instanceof Flag) || isBoolean(value);
            return Optional.of(new OperationOptions(operation).called(parameter))
                    .filter(name -> said);
        }

        @Override
        public Optional<String> ask(
                Sandbox sandbox, TestClock clock, Path directory, OperationType operation, ObjectNode values) {
            String[] words = values.properties().stream()
                    .flatMap(each -> words(operation, operation.parameter(each.getKey()), each.getValue(), directory))
                    .toArray(String[]::new);
            Shell.Ran ran = new Shell(sandbox, clock, directory).json(operation.name(), words);
            return ran.code() == ExitCode.DONE ? Optional.empty() : Optional.of(ran.message());
        }

        private static Stream<String> words(
                OperationType operation, Parameter parameter, JsonNode value, Path directory) {
            String option = new OperationOptions(operation).called(parameter);
            if (Values.isPem(parameter.value())) {
                return Stream.of(option, file(directory.resolve(parameter.name() + ".pem"), value.asText()));
            }
            if (parameter.value() instanceof Flag) {
                return flag(option, parameter, value.asBoolean());
            }
            if (!option.startsWith("--")) {
                return Stream.of(value.asText());
            }
            if (value.isArray() && value.path(0).isObject()) {
                return rules(option, value);
            }
            if (value.isArray()) {
                return StreamSupport.stream(value.spliterator(), false)
                        .flatMap(each -> Stream.of(option, each.asText()));
            }
            String text = value.isNull() ? Parameter.NONE : value.isObject() ? value.toString() : value.asText();
            return Stream.of(option, text);
        }

        private static String file(Path file, String text) {
            try {
                return Files.write(file, text.getBytes(StandardCharsets.UTF_8)).toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Each in one text; those with a name come first. */
        private static Stream<String> rules(String option, JsonNode rules) {
            return StreamSupport.stream(rules.spliterator(), false)
                    .flatMap(rule -> Stream.concat(
                            Stream.of(option, RuleSpec.of(rule).toString()),
                            rule.has(RuleSpec.NAME)
                                    ? Stream.of(
                                            "--rule-name",
                                            rule.path(RuleSpec.NAME).textValue())
                                    : Stream.empty()));
        }

        private static Stream<String> flag(String option, Parameter parameter, boolean value) {
            if (parameter.preset().isPresent()) {
                return parameter.preset().get() == value ? Stream.empty() : Stream.of(option);
            }
            return Stream.of(value ? option : option.replaceFirst("--", "--no-"));
        }

        private static boolean isBoolean(JsonNode value) {
            return value.asText().matches("true|false");
        }
    }
}
