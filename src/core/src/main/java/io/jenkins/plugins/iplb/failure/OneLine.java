package io.jenkins.plugins.iplb.failure;

import java.util.regex.Pattern;

/**
 * Text of others, such as OVH's or a name, in one line: it neither begins another line of a log or a terminal nor moves or
 * marks any.
 */
public final class OneLine {
    private static final Pattern NOT_SHOWN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private OneLine() {}

    public static String of(String text) {
        return NOT_SHOWN.matcher(text).replaceAll(" ");
    }
}
