package io.jenkins.plugins.iplb.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.RecordedError;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a run has done, or would do, as every face shows it.
 *
 * @param service null for an operation that concerns none
 * @param changed whether it made, or would make, a difference
 * @param result the ids and values a script needs
 * @param diff field by field
 * @param reads how many GETs were sent, retries included
 * @param writes how many other calls were sent, retries included
 * @param entry the id of its entry in the record; empty when it wrote nothing
 */
public record Report(
        String operation,
        String service,
        boolean changed,
        ObjectNode result,
        List<Difference> diff,
        int reads,
        int writes,
        Optional<String> entry) {

    /** A failure as records and scripts get to see it. */
    public static RecordedError error(IplbException failure) {
        if (failure instanceof OvhException e) {
            return new RecordedError(
                    e.kind().code(),
                    e.getMessage(),
                    e.status().isPresent() ? e.status().getAsInt() : null,
                    e.errorCode().orElse(null),
                    e.queryId().orElse(null));
        }
        return RecordedError.of(failure);
    }

    /** The failure that was recorded so. */
    static IplbException failure(RecordedError error) {
        FailureKind kind = Arrays.stream(FailureKind.values())
                .filter(each -> each.code().equals(error.kind()))
                .findFirst()
                .orElse(FailureKind.UNAVAILABLE);
        return new IplbException(kind, error.message());
    }
}
