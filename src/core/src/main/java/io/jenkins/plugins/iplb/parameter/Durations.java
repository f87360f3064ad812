package io.jenkins.plugins.iplb.parameter;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 45s}, {@code 10m}, {@code 1h}, {@code 1h30m}. */
public final class Durations {
    static final String ALLOWED = "a duration of at least a second, such as 45s, 10m or 1h30m";

    private static final Pattern PARTS = Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s)?");

    private Durations() {}

    /** @throws InvalidInput naming the parameter, for anything else and for nothing at all */
    public static Duration parse(String parameter, String text) {
        Matcher match = PARTS.matcher(text == null ? "" : text.strip());
        Duration duration = Duration.ZERO;
        if (match.matches()) {
            duration = Duration.ofHours(number(match.group(1)))
                    .plusMinutes(number(match.group(2)))
                    .plusSeconds(number(match.group(3)));
        }
        if (duration.isZero()) {
            throw new InvalidInput(parameter, text, ALLOWED);
        }
        return duration;
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
