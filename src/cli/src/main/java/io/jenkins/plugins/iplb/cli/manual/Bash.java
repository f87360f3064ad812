package io.jenkins.plugins.iplb.cli.manual;

import io.jenkins.plugins.iplb.cli.manual.Described.Argument;
import io.jenkins.plugins.iplb.cli.manual.Described.Option;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Completion in bash, 3.2 or newer, with its package bash-completion or without. */
final class Bash {
    private static final String HEAD = """
            # Completion of iplb in bash: . <(iplb completion bash)
            # An option with a value is one word in bash 3.2 (--mode=cookie) and three in later ones (--mode = cookie).
            _iplb() {
              local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command='' words='' files='' i
              COMPREPLY=()
              for ((i = 1; i < COMP_CWORD; i++)); do
                case ${COMP_WORDS[i]} in
                  -*) ;;
                  *)
                    command=${COMP_WORDS[i]}
                    break
                    ;;
                esac
              done
              case $word in
                =)
                  word=''
                  ;;
                -*=*)
                  before=${word%%=*}
                  word=${word#*=}
                  ;;
                *)
                  [ "$before" != = ] || before=${COMP_WORDS[COMP_CWORD - 2]}
                  ;;
              esac
              case $command in
            """;

    private static final String TAIL = """
                *) return ;;
              esac
              if [ -n "$files" ]; then
                local IFS=$'\\n'
                # shellcheck disable=SC2207 # mapfile came with bash 4, and so did compopt, which quotes by itself
                COMPREPLY=($(compgen -f -- "$word"))
                if type compopt >/dev/null 2>&1; then
                  compopt -o filenames 2>/dev/null
                else
                  for ((i = 0; i < ${#COMPREPLY[@]}; i++)); do
                    COMPREPLY[i]=$(printf %q "${COMPREPLY[i]}")
                  done
                fi
              else
                # shellcheck disable=SC2207
                COMPREPLY=($(compgen -W "$words" -- "$word"))
              fi
            } &&
              complete -F _iplb iplb
            """;

    private Bash() {}

    static String script(Described command) {
        return Stream.concat(
                        Stream.of(new Described(
                                "''",
                                command.description(),
                                command.options(),
                                List.of(new Argument(
                                        command.commands().stream()
                                                .map(Described::name)
                                                .collect(Collectors.joining("|")),
                                        "")),
                                List.of())),
                        command.commands().stream())
                .map(Bash::branch)
                .collect(Collectors.joining("", HEAD, TAIL));
    }

    private static String branch(Described command) {
        StringBuilder text = new StringBuilder("    %s)%n".formatted(command.name()));
        String options = command.options().stream()
                .flatMap(option -> option.names().stream())
                .collect(Collectors.joining(" "));
        String values = values(command.options());
        if (!values.isEmpty()) {
            text.append("      case $before in\n").append(values).append("        *)\n");
        }
        String indent = values.isEmpty() ? "      " : "          ";
        String words = command.arguments().stream()
                .flatMap(argument -> argument.words().stream())
                .collect(Collectors.joining(" "));
        text.append("%swords='%s'%n".formatted(indent, words.isEmpty() ? options : words + " " + options));
        if (command.arguments().stream().anyMatch(Argument::isFile)) {
            text.append("%s[ \"${word#-}\" != \"$word\" ] || files=1%n".formatted(indent));
        }
        if (!values.isEmpty()) {
            text.append("          ;;\n      esac\n");
        }
        return text.append("      ;;\n").toString();
    }

    /** What comes behind the options that take something. */
    private static String values(List<Option> options) {
        TreeMap<String, Set<String>> acts = new TreeMap<>();
        for (Option option : options) {
            for (Argument value : option.value()) {
                String act = value.isFile()
                        ? "files=1"
                        : value.words().isEmpty() ? "return" : "words='%s'".formatted(String.join(" ", value.words()));
                acts.computeIfAbsent(act, some -> new TreeSet<>()).addAll(option.names());
            }
        }
        return acts.entrySet().stream()
                .map(act -> "        %s) %s ;;%n".formatted(String.join(" | ", act.getValue()), act.getKey()))
                .collect(Collectors.joining());
    }
}
