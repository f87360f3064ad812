package io.jenkins.plugins.iplb.wait;

import java.util.OptionalInt;

/**
 * What a wait is waiting for.
 *
 * @param text one line, the same as long as nothing has changed but the percentage
 * @param percent how far it is, 0 to 100, when OVH says
 */
public record WaitStatus(String text, OptionalInt percent) {

    public static WaitStatus of(String text) {
        return new WaitStatus(text, OptionalInt.empty());
    }
}
