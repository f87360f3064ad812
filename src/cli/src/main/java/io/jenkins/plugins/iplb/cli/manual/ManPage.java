package io.jenkins.plugins.iplb.cli.manual;

import io.jenkins.plugins.iplb.cli.manual.Described.Option;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** The manual page, in the macros that every {@code man} knows. */
public final class ManPage {
    private static final Map<String, String> ENVIRONMENT = ordered(
            "OVH_ENDPOINT", "ovh-eu, ovh-ca, ovh-us or a base URL.",
            "OVH_APPLICATION_KEY, OVH_APPLICATION_SECRET, OVH_CONSUMER_KEY", "An application key.",
            "OVH_CLIENT_ID, OVH_CLIENT_SECRET", "A service account (OAuth2), instead of an application key.",
            "OVH_ACCESS_TOKEN", "An access token, instead of either.",
            "OVH_REQUESTS_PER_MINUTE", "How many requests the key may make, 1 to 600. Default: 60.",
            "IPLB_LOCK", "The PostgreSQL database by which several machines take turns.",
            "JAVA_HOME", "The Java that runs the command, 17 or newer. Default: the one on the PATH.",
            "https_proxy, http_proxy, no_proxy", "Proxies, and what is reached without one.");

    private static final Map<String, String> FILES = ordered(
            "./ovh.conf, ~/.ovh.conf, /etc/ovh.conf", "Credentials and the endpoint, where the environment has none.",
            "iplb-changes.json", "The record of what was done, in the directory where the command is given.",
            "~/.cache/ovh-iplb", "Archives of classes, by which Java starts quicker. They may be removed.");

    private final StringBuilder text = new StringBuilder();

    private ManPage() {}

    /**
     * @param version as the command tells it, such as {@code iplb 1.0}
     * @param common the options that are described once instead of with every command
     */
    public static String of(CommandSpec command, String version, CommandSpec common) {
        ManPage page = new ManPage();
        page.write(
                Described.of(command),
                List.of(command.usageMessage().footer()),
                version,
                Described.of(common).options());
        return page.text.toString();
    }

    private void write(Described command, List<String> footer, String version, List<Option> common) {
        Set<Option> known = new LinkedHashSet<>(common);
        text.append(".\\\" Made by: iplb man-page\n");
        text.append(".TH IPLB 1 \"\" \"%s\" \"OVHcloud Load Balancer\"%n".formatted(version));
        section("NAME");
        text.append("iplb \\- ")
                .append(escaped(lowered(command.firstSentence())))
                .append('\n');
        section("SYNOPSIS");
        text.append(".B iplb\n.I COMMAND\n[\\fIoptions\\fR]\n.br\n.B iplb\n.I COMMAND\n.B \\-\\-help\n");
        section("DESCRIPTION");
        paragraph(command.description());
        footer.stream().filter(line -> !line.isEmpty()).forEach(this::paragraph);
        section("OPTIONS");
        command.options().forEach(this::option);
        section("OPTIONS OF COMMANDS THAT ACT ON LOAD BALANCERS");
        known.forEach(this::option);
        section("COMMANDS");
        for (Described each : command.commands()) {
            text.append(".SS ").append(synopsis(each)).append('\n');
            paragraph(each.description());
            each.arguments()
                    .forEach(argument -> entry("\\fI" + escaped(argument.label()) + "\\fR", argument.description()));
            each.options().stream()
                    .filter(option -> !command.options().contains(option) && !known.contains(option))
                    .forEach(this::option);
            if (each.options().containsAll(known)) {
                text.append(".PP\nAnd the options of commands that act on load balancers.\n");
            }
        }
        section("ENVIRONMENT");
        ENVIRONMENT.forEach((names, meaning) -> entry(bold(names), meaning));
        section("FILES");
        FILES.forEach((names, meaning) -> entry(bold(names), meaning));
        section("SEE ALSO");
        text.append(".BR curl (1),\n.BR ansible\\-playbook (1)\n");
    }

    private static Map<String, String> ordered(String... keysAndValues) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static String synopsis(Described command) {
        return Stream.concat(
                        Stream.of(escaped(command.name())),
                        command.arguments().stream().map(argument -> "\\fI" + escaped(argument.label()) + "\\fR"))
                .collect(Collectors.joining(" "));
    }

    private void section(String title) {
        text.append(".SH ").append(title).append('\n');
    }

    private void paragraph(String words) {
        text.append(".PP\n").append(escaped(words)).append('\n');
    }

    private void option(Option option) {
        String value = option.value().stream()
                .map(argument -> "=\\fI" + escaped(argument.label()) + "\\fR")
                .collect(Collectors.joining());
        entry(
                option.names().stream().map(name -> bold(name) + value).collect(Collectors.joining(", ")),
                option.description());
    }

    private void entry(String name, String meaning) {
        text.append(".TP\n").append(name).append('\n').append(escaped(meaning)).append('\n');
    }

    private static String bold(String words) {
        return "\\fB" + escaped(words) + "\\fR";
    }

    private static String lowered(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }

    /** No word of it is a macro, and what is not ASCII is named: not every man expects UTF-8. */
    private static String escaped(String words) {
        String plain = words.replace("\\", "\\e").replace("-", "\\-");
        String named = plain.codePoints()
                .mapToObj(each -> each < 128 ? Character.toString(each) : "\\[u%04X]".formatted(each))
                .collect(Collectors.joining());
        return named.startsWith(".") || named.startsWith("'") ? "\\&" + named : named;
    }
}
