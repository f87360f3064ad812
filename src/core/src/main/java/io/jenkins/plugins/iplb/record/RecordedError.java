package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.util.Objects;

/**
 * Why an entry did not end well.
 *
 * @param kind the stable name of a {@link io.jenkins.plugins.iplb.failure.FailureKind}, {@code aborted}, {@code internal}
 *     or {@code cut-off}
 * @param message one sentence for a person
 * @param httpStatus of the answer that decided it, or {@code null}
 * @param errorCode OVH's, or {@code null}
 * @param queryId OVH's name for the call, or {@code null}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordedError(String kind, String message, Integer httpStatus, String errorCode, String queryId) {
    static final String CUT_OFF = "cut-off";

    public RecordedError {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
    }

    static RecordedError cutOff() {
        return new RecordedError(
                CUT_OFF,
                "what carried it out went down before it was over: a call whose fate is unknown may have had its effect, and"
                        + " what OVH had been told to do goes on there",
                null,
                null,
                null);
    }

    /** An error that no answer of OVH belongs to. */
    public static RecordedError of(IplbException failure) {
        return new RecordedError(failure.kind().code(), failure.getMessage(), null, null, null);
    }
}
