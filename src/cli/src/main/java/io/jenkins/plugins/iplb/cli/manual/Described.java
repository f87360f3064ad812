package io.jenkins.plugins.iplb.cli.manual;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.RegexTransformer;

/**
 * A command as its help describes it.
 *
 * @param arguments what it takes beside options
 * @param commands what it is followed by, none for most
 */
record Described(
        String name, String description, List<Option> options, List<Argument> arguments, List<Described> commands) {

    /**
     * @param names in all forms
     * @param value none for a flag
     * @param repeated whether it may be given several times
     */
    record Option(List<String> names, List<Argument> value, boolean repeated, String description) {
        boolean isFlag() {
            return value.isEmpty();
        }
    }

    /** @param label as the help has it: {@code FILE}, {@code tcp|http}, {@code ID|NAME} */
    record Argument(String label, String description) {
        private static final String WORD = "[a-z][A-Za-z0-9./-]*";

        boolean isFile() {
            return label.matches("PLAN|(.*\\W)?FILE(\\W.*)?");
        }

        /** Those of its alternatives that are typed as they stand there. */
        List<String> words() {
            return Arrays.stream(label.split("\\|"))
                    .filter(word -> word.matches(WORD))
                    .toList();
        }

        private static Argument of(ArgSpec spec) {
            return new Argument(spec.paramLabel(), text(spec.description()));
        }
    }

    static Described of(CommandSpec spec) {
        return new Described(
                spec.name(),
                text(spec.usageMessage().description()),
                spec.options().stream().map(option -> option(spec, option)).toList(),
                spec.positionalParameters().stream().map(Argument::of).toList(),
                spec.subcommands().entrySet().stream().map(Described::named).toList());
    }

    private static Described named(Map.Entry<String, picocli.CommandLine> command) {
        Described described = of(command.getValue().getCommandSpec());
        return new Described(
                command.getKey(), described.description, described.options, described.arguments, described.commands);
    }

    private static Option option(CommandSpec command, OptionSpec spec) {
        Stream<String> names = Arrays.stream(spec.names());
        if (spec.negatable()) {
            RegexTransformer denied = RegexTransformer.createDefault();
            names = names.flatMap(name -> Stream.of(name, denied.makeNegative(name, command)));
        }
        return new Option(
                names.toList(),
                spec.arity().max() == 0 ? List.of() : List.of(Argument.of(spec)),
                spec.isMultiValue(),
                text(spec.description()));
    }

    /** Its lines, as they are printed. */
    private static String text(String... lines) {
        return Arrays.stream(lines).map(line -> line.replace("%%", "%")).collect(Collectors.joining(" "));
    }

    String firstSentence() {
        return firstSentence(description);
    }

    /** Short enough for a list: up to the first full stop or semicolon. */
    static String firstSentence(String description) {
        return description.split("(?<=[a-z0-9)])[.;](\\s|$)", 2)[0];
    }
}
