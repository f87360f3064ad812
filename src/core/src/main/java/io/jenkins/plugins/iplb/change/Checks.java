package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.failure.InvalidInput;

/** What is true of several parameters of several changes. */
final class Checks {
    private static final int LONGEST_NAME = 255;

    private Checks() {}

    /** A name that is given must say something. */
    static void name(String name) {
        if (name != null && (name.isBlank() || name.length() > LONGEST_NAME)) {
            throw new InvalidInput(
                    "name", name.isBlank() ? name : name.length() + " characters", "1 to 255 characters, not blank");
        }
    }
}
