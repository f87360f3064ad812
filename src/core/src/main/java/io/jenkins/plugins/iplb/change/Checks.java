package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.failure.InvalidInput;

/** What is true of several parameters of several changes. */
final class Checks {
    static final String NAME = "1 to 255 characters, neither blank nor digits alone, which are an id";

    private static final int LONGEST_NAME = 255;

    private Checks() {}

    /** A name that is given must say something, and cannot be taken for an id. */
    static void name(String name) {
        if (name != null && name.length() > LONGEST_NAME) {
            throw new InvalidInput("name", name.length() + " characters", NAME);
        }
        if (name != null && (name.isBlank() || name.strip().matches("\\d+"))) {
            throw new InvalidInput("name", name, NAME);
        }
    }
}
