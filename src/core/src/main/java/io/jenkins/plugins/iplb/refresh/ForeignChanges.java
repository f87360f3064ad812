package io.jenkins.plugins.iplb.refresh;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What to do about pending changes that no known record explains: a refresh makes them live as well. */
public enum ForeignChanges {
    /** Refresh nothing. */
    REFUSE("refuse"),
    /** Refresh, and say how many there are. */
    WARN("warn"),
    /** Refresh. */
    ALLOW("allow");

    private final String code;

    ForeignChanges(String code) {
        this.code = code;
    }

    /** The word that people write. */
    @JsonValue
    public String code() {
        return code;
    }

    /** @throws InvalidInput for any other word than those of {@link #code}; null is {@link #WARN} */
    @JsonCreator
    public static ForeignChanges parse(String text) {
        if (text == null) {
            return WARN;
        }
        return Arrays.stream(values())
                .filter(each -> each.code.equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "foreignChanges",
                        text,
                        Arrays.stream(values()).map(ForeignChanges::code).collect(Collectors.joining(", "))));
    }
}
