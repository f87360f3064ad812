package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.failure.OneLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Green for what is new, red for what goes, yellow for what changes or is to be minded; on a terminal only. */
final class Colour {
    private Colour() {}

    /** @param line in which names and texts of others may stand as they are */
    static String of(String line) {
        String plain = OneLine.of(line);
        return Ansi.AUTO.enabled() ? coloured(plain) : plain;
    }

    private static String coloured(String line) {
        String text = line.strip();
        if (text.isEmpty()) {
            return line;
        }
        return switch (text.charAt(0)) {
            case '+' -> in(Style.fg_green, line);
            case '-' -> in(Style.fg_red, line);
            case '~', '!' -> in(Style.fg_yellow, line);
            default -> line;
        };
    }

    private static String in(Style style, String line) {
        return style.on() + line + style.off();
    }
}
