package io.jenkins.plugins.iplb.parameter;

import io.jenkins.plugins.iplb.failure.InvalidInput;

/** The name of something that is made: it must say something, and cannot be taken for an id. */
public final class Name {
    static final String ALLOWED = "1 to 255 characters, neither blank nor digits alone, which are an id";

    private static final int LONGEST = 255;

    private Name() {}

    /**
     * The name without the blanks around it; null for none.
     *
     * @throws InvalidInput naming the parameter, for what can be no name
     */
    public static String parse(String parameter, String given) {
        if (given == null) {
            return null;
        }
        if (given.length() > LONGEST) {
            throw new InvalidInput(parameter, given.length() + " characters", ALLOWED);
        }
        if (given.isBlank() || given.strip().matches("\\d+")) {
            throw new InvalidInput(parameter, given, ALLOWED);
        }
        return given.strip();
    }
}
