package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many servers of a farm may be out at the same time: so many, or a share of them.
 *
 * @param text such as {@code 2} or {@code 20%}
 */
public record AtOnce(String text) {
    static final String PARAMETER = "atOnce";
    static final String ALLOWED = "a number of servers from 1, or a share of them from 1% to 99%";

    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,3})|([1-9]\\d?)%");

    /** @throws InvalidInput for anything else */
    public AtOnce {
        text = text.strip();
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInput(PARAMETER, text, ALLOWED);
        }
    }

    /** Of so many servers: a share is rounded down, and is one server at least. */
    public int of(int servers) {
        Matcher parts = FORM.matcher(text);
        parts.matches();
        return parts.group(1) != null
                ? Integer.parseInt(parts.group(1))
                : Math.max(1, servers * Integer.parseInt(parts.group(2)) / 100);
    }
}
