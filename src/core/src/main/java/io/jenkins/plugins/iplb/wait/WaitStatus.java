package io.jenkins.plugins.iplb.wait;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What a wait is waiting for.
 *
 * @param text one line, the same as long as nothing has changed but the percentage
 * @param percent how far it is, 0 to 100, when OVH says
 * @param warning whether this is worth keeping: said once, before what it warns of is done
 * @param topic what is the same as long as it waits for the same, whatever the numbers in the text
 */
public record WaitStatus(String text, OptionalInt percent, boolean warning, String topic) {

    public WaitStatus(String text, OptionalInt percent) {
        this(text, percent, false, text);
    }

    /** What changes only in its numbers. */
    public static WaitStatus of(String topic, String text) {
        return new WaitStatus(text, OptionalInt.empty(), false, topic);
    }

    public static WaitStatus of(String text) {
        return new WaitStatus(text, OptionalInt.empty());
    }

    /** How long something takes as far as that is known: {@code about 40 s}, {@code about 3 min}. */
    public static String about(Duration duration) {
        long seconds = Math.max(1, duration.toSeconds());
        return "about " + (seconds < 100 ? seconds + " s" : Math.round(seconds / 60.0) + " min");
    }

    public static WaitStatus warning(String text) {
        return new WaitStatus(text, OptionalInt.empty(), true, text);
    }
}
