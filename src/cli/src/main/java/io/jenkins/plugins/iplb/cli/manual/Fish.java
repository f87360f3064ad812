package io.jenkins.plugins.iplb.cli.manual;

import io.jenkins.plugins.iplb.cli.manual.Described.Argument;
import io.jenkins.plugins.iplb.cli.manual.Described.Option;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Completion in fish, 3.0 or newer. */
final class Fish {
    private static final String HEAD = """
            # Completion of iplb in fish: iplb completion fish | source
            complete -c iplb -f
            """;

    private Fish() {}

    static String script(Described command) {
        Stream<String> own = command.options().stream().map(option -> option("__fish_use_subcommand", option));
        Stream<String> commands = command.commands().stream()
                .map(each ->
                        line("__fish_use_subcommand", "-a " + each.name() + " -d " + quoted(each.firstSentence())));
        Stream<String> theirs = command.commands().stream().flatMap(Fish::inside);
        return Stream.of(own, commands, theirs).flatMap(lines -> lines).collect(Collectors.joining("", HEAD, ""));
    }

    private static Stream<String> inside(Described command) {
        String condition = quoted("__fish_seen_subcommand_from " + command.name());
        return Stream.concat(
                command.arguments().stream()
                        .filter(argument ->
                                argument.isFile() || !argument.words().isEmpty())
                        .map(argument -> line(condition, offered(argument))),
                command.options().stream().map(option -> option(condition, option)));
    }

    private static String option(String condition, Option option) {
        String names = option.names().stream()
                .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
                .collect(Collectors.joining(" "));
        String value = option.value().stream()
                .map(argument -> (argument.isFile() ? " -r " : " -x ") + offered(argument))
                .collect(Collectors.joining());
        return line(
                condition, (names + value).strip() + " -d " + quoted(Described.firstSentence(option.description())));
    }

    private static String offered(Argument argument) {
        if (argument.isFile()) {
            return "-F";
        }
        return argument.words().isEmpty() ? "" : "-a " + quoted(String.join(" ", argument.words()));
    }

    private static String line(String condition, String rest) {
        return "complete -c iplb -n %s %s%n".formatted(condition, rest);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
