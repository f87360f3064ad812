package io.jenkins.plugins.iplb.cli.manual;

import io.jenkins.plugins.iplb.cli.manual.Described.Argument;
import io.jenkins.plugins.iplb.cli.manual.Described.Option;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Completion in zsh, as a file {@code _iplb} in its {@code fpath} or read as it is. */
final class Zsh {
    private static final String HEAD = """
            #compdef iplb
            # Completion of iplb in zsh: iplb completion zsh >a-folder-of-fpath/_iplb
            _iplb() {
              local curcontext=$curcontext state line
              local -a commands
              typeset -A opt_args
              _arguments -C %s '1:command:->command' '*::argument:->argument'
              case $state in
                command)
                  commands=(
            %s
                  )
                  _describe -t commands command commands
                  ;;
                argument)
                  curcontext=${curcontext%%:*:*}:iplb-$words[1]:
                  case $words[1] in
            """;

    private static final String TAIL = """
                  esac
                  ;;
              esac
            }
            if [[ $funcstack[1] == _iplb ]]; then
              _iplb "$@"
            else
              compdef _iplb iplb
            fi
            """;

    private Zsh() {}

    static String script(Described command) {
        String options = command.options().stream().flatMap(Zsh::specs).collect(Collectors.joining(" "));
        String commands = command.commands().stream()
                .map(each -> "        %s"
                        .formatted(
                                quoted(each.name() + ":" + each.firstSentence().replace(":", "\\:"))))
                .collect(Collectors.joining("\n"));
        return command.commands().stream()
                .map(Zsh::branch)
                .collect(Collectors.joining("", HEAD.formatted(options, commands), TAIL));
    }

    private static String branch(Described command) {
        Stream<String> arguments = command.arguments().stream().map(each -> quoted("*" + action(each)));
        return Stream.concat(command.options().stream().flatMap(Zsh::specs), arguments)
                .collect(Collectors.joining(
                        " \\\n            ",
                        "        %s)%n          _arguments -s \\%n            ".formatted(command.name()),
                        "\n          ;;\n"));
    }

    private static Stream<String> specs(Option option) {
        String others = option.repeated() ? "*" : "(%s)".formatted(String.join(" ", option.names()));
        String about = "[%s]"
                .formatted(escaped(Described.firstSentence(option.description()))
                        .replace("[", "\\[")
                        .replace("]", "\\]"));
        return option.names().stream()
                .map(name -> quoted(others
                        + name
                        + (option.isFlag() ? "" : "=")
                        + about
                        + option.value().stream().map(Zsh::action).collect(Collectors.joining())));
    }

    private static String action(Argument argument) {
        String act = argument.isFile() ? "_files" : "(%s)".formatted(String.join(" ", argument.words()));
        return ":%s:%s"
                .formatted(
                        escaped(argument.label()),
                        argument.isFile() || !argument.words().isEmpty() ? act : " ");
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace(":", "\\:");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
