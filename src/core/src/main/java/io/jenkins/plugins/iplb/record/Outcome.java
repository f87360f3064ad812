package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.annotation.JsonValue;

/** How an entry ended, or that it has not. */
public enum Outcome {
    /** Not ended: under way, or its process crashed. */
    IN_PROGRESS("in-progress"),
    /** Something is different now. */
    CHANGED("changed"),
    /** Everything was as wanted already. */
    UNCHANGED("unchanged"),
    /** It could not be carried out; the calls tell how far it came. */
    FAILED("failed"),
    /** The deadline passed before it was over. */
    TIMED_OUT("timed-out"),
    /** Someone stopped it. */
    ABORTED("aborted");

    private final String code;

    Outcome(String code) {
        this.code = code;
    }

    /** The stable name in the record. */
    @JsonValue
    public String code() {
        return code;
    }
}
