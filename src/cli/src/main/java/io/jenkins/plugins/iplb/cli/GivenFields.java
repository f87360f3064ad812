package io.jenkins.plugins.iplb.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import java.util.List;

/**
 * The fields of an object as they are typed: an option that is not there mentions nothing, and the word {@code none}
 * resets. What makes no sense is passed on as text, so that the core refuses it in its own words.
 */
record GivenFields(Fields fields) {
    private static final String NONE = "none";

    static GivenFields none() {
        return new GivenFields(Fields.none());
    }

    GivenFields text(String name, String given) {
        return with(name, given, given);
    }

    GivenFields number(String name, String given) {
        boolean digits = given != null && given.matches("\\d{1,18}");
        return with(name, given, digits ? Long.valueOf(given) : given);
    }

    GivenFields flag(String name, Boolean given) {
        return given == null ? this : new GivenFields(fields.with(name, given));
    }

    GivenFields list(String name, List<String> given) {
        return given == null ? this : with(name, String.join(" ", given), given);
    }

    GivenFields json(String name, String given) {
        try {
            return with(name, given, given == null ? null : Json.MAPPER.readTree(given));
        } catch (JsonProcessingException e) {
            return text(name, given);
        }
    }

    private GivenFields with(String name, String given, Object meant) {
        return given == null ? this : new GivenFields(fields.with(name, given.equals(NONE) ? null : meant));
    }
}
