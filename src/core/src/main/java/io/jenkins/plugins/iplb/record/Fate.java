package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.annotation.JsonValue;

/** What became of a call. */
public enum Fate {
    /** Written before it was sent; it stays so when the answer, or the whole process, is lost. */
    UNKNOWN("unknown"),
    /** OVH answered that it is done. */
    DONE("done"),
    /** OVH answered that it did not happen. */
    REFUSED("refused"),
    /** No connection was made. */
    NOT_SENT("not-sent"),
    /** The answer was lost; the effect was found afterwards. */
    TOOK_EFFECT("took-effect"),
    /** The answer was lost; the effect was looked for and is not there. */
    NO_EFFECT("no-effect");

    private final String code;

    Fate(String code) {
        this.code = code;
    }

    /** The stable name in the record. */
    @JsonValue
    public String code() {
        return code;
    }
}
