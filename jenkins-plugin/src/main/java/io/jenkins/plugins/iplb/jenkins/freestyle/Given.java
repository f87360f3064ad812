package io.jenkins.plugins.iplb.jenkins.freestyle;

import hudson.EnvVars;
import hudson.Util;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What forms hold, with the variables of the build put in. */
record Given(EnvVars env) {

    /** Null for nothing. */
    String text(String text) {
        return Util.fixEmptyAndTrim(env.expand(text));
    }

    /** What is separated by commas or white space. */
    List<String> list(String text) {
        String given = text(text);
        return given == null ? List.of() : Stream.of(given.split("[\\s,]+")).toList();
    }

    /** @throws InvalidInput naming the parameter, for anything but a whole number and nothing */
    Optional<Integer> number(String parameter, String text) {
        String given = text(text);
        try {
            return Optional.ofNullable(given).map(Integer::valueOf);
        } catch (NumberFormatException e) {
            throw new InvalidInput(parameter, given, "a whole number");
        }
    }
}
