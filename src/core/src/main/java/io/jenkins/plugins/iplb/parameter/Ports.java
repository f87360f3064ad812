package io.jenkins.plugins.iplb.parameter;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ports of a frontend, as OVH writes them: a set, in whatever order and pieces it is written. */
public final class Ports {
    static final int LAST = 49151;

    static final String ALLOWED =
            "a port from 1 to %d, an increasing range such as 6000-6010, or a comma-separated list of both"
                    .formatted(LAST);
    private static final Pattern PART = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

    private Ports() {}

    /** The ports that a text names; none for a text that names none. */
    public static BitSet set(String text) {
        BitSet ports = new BitSet();
        for (String part : text.split(",")) {
            Matcher match = PART.matcher(part.strip());
            if (match.matches()) {
                int first = Integer.parseInt(match.group(1));
                int last = match.group(2) == null ? first : Integer.parseInt(match.group(2));
                ports.set(first, Math.max(first, last) + 1);
            }
        }
        return ports;
    }

    /** The same ports without white space and leading zeros. */
    static String check(String parameter, String given) {
        List<String> parts = new ArrayList<>();
        for (String part : given.split(",", -1)) {
            Matcher match = PART.matcher(part.strip());
            if (!match.matches()) {
                throw new InvalidInput(parameter, given, ALLOWED);
            }
            int first = Integer.parseInt(match.group(1));
            int last = match.group(2) == null ? first : Integer.parseInt(match.group(2));
            boolean range = match.group(2) != null;
            if (first < 1 || last > LAST || range && last <= first) {
                throw new InvalidInput(parameter, given, ALLOWED);
            }
            parts.add(range ? first + "-" + last : Integer.toString(first));
        }
        return String.join(",", parts);
    }
}
