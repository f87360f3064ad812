package io.jenkins.plugins.iplb.sandbox.haproxy;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Any text as one word of HAProxy's configuration language. */
final class Words {
    /** HAProxy takes 64 words in a line. */
    private static final int IN_A_LINE = 50;

    private static final Pattern PLAIN = Pattern.compile("[\\w./:,@=+-]+");
    private static final Pattern PLAIN_ARGUMENT = Pattern.compile("[\\w.-]+");

    private Words() {}

    /** Within single quotes nothing means anything; what can not stand there is escaped within double ones. */
    static String word(String text) {
        if (PLAIN.matcher(text).matches()) {
            return text;
        }
        if (text.chars().noneMatch(c -> c == '\'' || Character.isISOControl(c))) {
            return "'" + text + "'";
        }
        return text.chars()
                .filter(c -> c != 0) // which ends a text in C
                .mapToObj(Words::escaped)
                .collect(Collectors.joining("", "\"", "\""));
    }

    static String words(List<String> texts) {
        return texts.stream().map(Words::word).collect(Collectors.joining(" "));
    }

    /** A call of a sample with a text of the user's: the parentheses take quotes of their own. */
    static String call(String sample, String argument) {
        if (PLAIN_ARGUMENT.matcher(argument).matches()) {
            return sample + "(" + argument + ")";
        }
        return sample + "(\"" + argument.replace("\\", "\\\\").replace("\"", "\\\"") + "\")";
    }

    /** As many lines as it takes to keep below the number of words that a line may have. */
    static List<List<String>> lines(List<String> values) {
        return IntStream.iterate(0, from -> from < values.size(), from -> from + IN_A_LINE)
                .mapToObj(from -> values.subList(from, Math.min(from + IN_A_LINE, values.size())))
                .toList();
    }

    /** The parts of a list that is written with commas, without the blanks around them. */
    static List<String> parts(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).toList();
    }

    private static String escaped(int c) {
        return switch (c) {
            case '"', '\\', '$' -> "\\" + (char) c;
            default -> Character.isISOControl(c) && c < 0x80 ? "\\x%02x".formatted(c) : Character.toString(c);
        };
    }
}
