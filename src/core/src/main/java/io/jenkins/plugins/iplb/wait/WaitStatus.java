package io.jenkins.plugins.iplb.wait;

import java.util.OptionalInt;

/**
 * What a wait is waiting for.
 *
 * @param text one line, the same as long as nothing has changed but the percentage
 * @param percent how far it is, 0 to 100, when OVH says
 * @param warning whether this is worth keeping: said once, before what it warns of is done
 */
public record WaitStatus(String text, OptionalInt percent, boolean warning) {

    public WaitStatus(String text, OptionalInt percent) {
        this(text, percent, false);
    }

    public static WaitStatus of(String text) {
        return new WaitStatus(text, OptionalInt.empty());
    }

    public static WaitStatus warning(String text) {
        return new WaitStatus(text, OptionalInt.empty(), true);
    }
}
