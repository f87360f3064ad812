package io.jenkins.plugins.iplb.parameter;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An object by its id or by its name: digits are an id, anything else is a name.
 *
 * @param text as given
 * @param zone the only one in which it is looked for: users keep one object per zone under one name; empty for any
 */
public record Reference(String text, Optional<String> zone) {
    static final String ALLOWED = "an id (a whole number from 1) or a name";

    /** In whatever zone it is. */
    public Reference(String text) {
        this(text, Optional.empty());
    }

    /** @throws InvalidInput naming the parameter, for blank text and for numbers that are no ids */
    public static Reference parse(String parameter, String text) {
        String given = text == null ? "" : text.strip();
        boolean number = given.matches("[-+]?\\d+");
        if (given.isEmpty() || number && !given.matches("[1-9]\\d{0,17}")) {
            throw new InvalidInput(parameter, text, ALLOWED);
        }
        return new Reference(given);
    }

    /** The same in one zone only. @param only empty for any */
    public Reference in(Optional<String> only) {
        return new Reference(text, only);
    }

    /** Empty for a name. */
    public OptionalLong id() {
        boolean digits = text.chars().allMatch(Character::isDigit);
        return digits ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
