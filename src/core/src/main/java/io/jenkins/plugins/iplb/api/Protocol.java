package io.jenkins.plugins.iplb.api;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The three families of frontends and farms; nothing ever crosses from one to another. UDP has no routes. */
public enum Protocol {
    HTTP,
    TCP,
    UDP;

    /** How paths and parameters write it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param allowed the protocols that make sense for what is asked
     * @throws InvalidInput for {@code protocol} when the text names none of them
     */
    public static Protocol parse(String text, Protocol... allowed) {
        List<Protocol> sensible = allowed.length == 0 ? List.of(values()) : Arrays.asList(allowed);
        return sensible.stream()
                .filter(protocol -> protocol.code().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "protocol", text, sensible.stream().map(Protocol::code).collect(Collectors.joining(", "))));
    }
}
