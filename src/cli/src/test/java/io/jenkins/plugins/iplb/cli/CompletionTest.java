package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.iplb.process.Machine;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;

/** What shells complete, and what the manual says. */
@ExtendWith(SandboxExtension.class)
class CompletionTest {
    private Shell shell;

    @TempDir
    private Path directory;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock) {
        shell = new Shell(sandbox, clock, directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"completion bash", "completion zsh", "completion fish", "man-page"})
    void everyCommandAndEveryOptionOfItIsThere(String command) {
        String text = shell.run(command).out().replace("\\-", "-");

        List<String> missing = new ArrayList<>();
        for (CommandSpec each : commands()) {
            String own = part(command, text, each.name());
            each.options().stream()
                    .flatMap(option -> Arrays.stream(option.names()))
                    .filter(option -> !own.contains(command.endsWith("fish") ? inFish(option) : option))
                    .filter(option -> !command.equals("man-page") || !isCommon(option))
                    .forEach(option -> missing.add(each.name() + " " + option));
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void whatIsCommonToCommandsIsInTheManualOnce() {
        String text = shell.run("man-page").out();

        assertThat(text).containsOnlyOnce("\\fB\\-\\-endpoint\\fR").contains("\\fB\\-\\-no\\-refresh\\fR");
        assertThat(text.lines()
                        .filter(line ->
                                line.startsWith(".") && !line.matches("\\.(TH|SH|SS|PP|TP|B|I|BR|br|\\\\\").*")))
                .isEmpty();
        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(text)).isTrue();
    }

    /** As bash cuts the words: it takes an equals sign for one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "iplb enab                              | enable-http2",
                "iplb set-stickiness --mo               | --mode",
                "iplb set-stickiness --mode co          | cookie",
                "iplb set-stickiness --mode = co        | cookie",
                "iplb set-stickiness --mode =           | cookie sourceIp none",
                "iplb set-stickiness --mode=s           | sourceIp",
                "iplb show --service                    | --service",
                "iplb show --service x                  | ",
                "iplb plan ipl                          | iplb.yaml iplb two.yaml",
                "iplb plan iplb.yaml --out new          | new.plan",
                "iplb ensure-frontend --no-ss           | --no-ssl",
                "iplb completion f                      | fish",
                "iplb nosuch --mo                       | ",
            })
    void bashCompletes(String typed, String offered) throws Exception {
        Files.createFile(directory.resolve("iplb.yaml"));
        Files.createFile(directory.resolve("iplb two.yaml"));
        Files.createFile(directory.resolve("new.plan"));
        Path script = Files.writeString(
                directory.resolve("completion"), shell.run("completion bash").out());
        String words =
                Arrays.stream(typed.split(" ")).map(word -> "'" + word + "'").collect(Collectors.joining(" "));

        String said = said(
                "bash",
                "--norc",
                "-c",
                ". '%s'; COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _iplb; printf '%%s\\n' \"${COMPREPLY[@]}\""
                        .formatted(script, words));

        assertThat(said.lines().collect(Collectors.joining(" "))).isEqualTo(offered == null ? "" : offered);
    }

    @Test
    void bashOfAnyAgeReadsIt() {
        assertThat(shell.run("completion bash").out())
                .doesNotContainPattern("(?m)^[^#]*(mapfile|readarray|declare -A|local -A|coproc|\\|&|&>>)")
                .doesNotContainPattern("\\$\\{\\w+(,|\\^)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iplb enab                      | enable-http2",
                "iplb set-stickiness --mo       | --mode",
                "'iplb set-stickiness --mode '  | cookie none sourceIp",
                "iplb ensure-frontend --no-ss   | --no-ssl",
                "iplb plan ipl                  | iplb.yaml",
            })
    void fishCompletes(String typed, String offered) throws Exception {
        assumeTrue(isInstalled("fish"), "fish is not installed");
        Files.createFile(directory.resolve("iplb.yaml"));
        Path script = Files.writeString(
                directory.resolve("completion"), shell.run("completion fish").out());

        String said = said("fish", "--no-config", "-c", "source '%s'; complete -C '%s'".formatted(script, typed));

        assertThat(said.lines().map(line -> line.split("\t")[0]).filter(word -> !word.equals("completion")))
                .containsExactlyInAnyOrder(offered.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iplb enab                      | iplb enable-http2",
                "iplb set-stickiness --mode=c   | iplb set-stickiness --mode=cookie",
                "iplb set-stickiness --mode c   | iplb set-stickiness --mode cookie",
                "iplb ensure-frontend --no-ss   | iplb ensure-frontend --no-ssl",
                "iplb plan ipl                  | iplb plan iplb.yaml",
            })
    void zshCompletes(String typed, String completed) throws Exception {
        assumeTrue(isInstalled("zsh"), "zsh is not installed");
        Files.createFile(directory.resolve("iplb.yaml"));
        Files.writeString(
                directory.resolve("_iplb"), shell.run("completion zsh").out());
        Path driver = Files.writeString(directory.resolve("driver.zsh"), ZSH);

        assertThat(said("zsh", "-f", driver.toString(), typed).strip()).isEqualTo(completed);
    }

    /** Types a line and a tab into a zsh, and prints what the line is then. */
    private static final String ZSH = """
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell 'PS1=; TERM=dumb; unsetopt zle_bracketed_paste; fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D'
            zpty -w shell 'told() { print -r -- "<<$BUFFER>>"; exit }; zle -N told; bindkey ^X told'
            zpty -w shell 'print read''y'
            zpty -r -m shell line '*ready*'
            zpty -w -n shell "$1"$'\\t'$'\\x18'
            while zpty -r shell line; do all+=$line; [[ $all != *'<<'*'>>'* ]] || break; done
            all=${all##*<<}
            print -r -- "${all%%>>*}"
            """;

    private static List<CommandSpec> commands() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Console console = new Console(Machine.real(), nowhere, nowhere, false);
        return Iplb.whole(console).subcommands().values().stream()
                .map(each -> each.getCommandSpec())
                .toList();
    }

    private static String inFish(String option) {
        return (option.startsWith("--") ? "-l " : "-s ") + option.replaceFirst("^--?", "") + " ";
    }

    private static boolean isCommon(String option) {
        CommandSpec common = CommandSpec.create();
        CommonOptions.addTo(common);
        return common.findOption(option) != null
                || List.of("-h", "--help", "-V", "--version").contains(option);
    }

    /** What is about that command. */
    private static String part(String of, String text, String command) {
        return switch (of) {
            case "completion bash" -> between(text, "\n    " + command + ")\n", "\n      ;;\n");
            case "completion zsh" -> between(text, "\n        " + command + ")\n", "\n          ;;\n");
            case "completion fish" ->
                text.lines()
                        .filter(line -> line.contains("from " + command + "'"))
                        .collect(Collectors.joining("\n"));
            default -> between(text.replaceAll("\\\\f.", ""), "\n.SS " + command, "\n.S");
        };
    }

    private static String between(String text, String start, String end) {
        int begin = text.indexOf(start);
        assertThat(begin).as(start).isNotNegative();
        int stop = text.indexOf(end, begin + start.length());
        return text.substring(begin, stop < 0 ? text.length() : stop);
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private String said(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("HOME", directory.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
