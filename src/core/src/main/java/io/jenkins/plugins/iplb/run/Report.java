package io.jenkins.plugins.iplb.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.RecordedError;
import io.jenkins.plugins.iplb.record.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a run has done, or would do, as every face shows it.
 *
 * @param service null for an operation that concerns none
 * @param about what it is about; empty for an operation that only looks, and for one that an early release has done
 * @param changed whether it made, or would make, a difference
 * @param result the ids and values a script needs
 * @param diff one by one, in the words of the parameters
 * @param reads how many GETs were sent, retries included
 * @param writes how many other calls were sent, retries included
 * @param entry the id of its entry in the record; empty when it wrote nothing
 */
public record Report(
        String operation,
        String service,
        Optional<About> about,
        boolean changed,
        ObjectNode result,
        List<Difference> diff,
        int reads,
        int writes,
        Optional<String> entry) {

    public Report {
        boolean difference = changed;
        about = about.map(known -> known.effective(difference));
    }

    /** How far it has come. @param check whether it was only to say what it would do */
    public Stage stage(boolean check) {
        if (!changed) {
            return Stage.NOTHING_TO_DO;
        }
        return check ? Stage.PLANNED : Stage.DONE;
    }

    /** What it has done, or would do, in a sentence without its full stop: {@code Route http2 added to frontend https}. */
    public String headline(boolean check) {
        Stage stage = stage(check);
        return about.map(known -> known.sentence(stage)).orElseGet(() -> operation + ": " + verdict(stage));
    }

    /**
     * The same, and of a refresh that had nothing to do how it is had all the same: native HTTP/2 and the forwarding of logs
     * take one with nothing pending.
     *
     * @param force what a face calls that
     */
    public String headline(boolean check, String force) {
        String headline = headline(check);
        return wasIdle() ? "%s; nothing was done, %s refreshes all the same".formatted(headline, force) : headline;
    }

    /** Whether it is a refresh that had nothing to do. */
    public boolean wasIdle() {
        return !changed
                && about.filter(known -> known.subject().kind() == Kind.LOAD_BALANCER)
                        .isPresent();
    }

    private static String verdict(Stage stage) {
        return switch (stage) {
            case PLANNED -> "would change";
            case NOTHING_TO_DO -> "nothing to change";
            default -> "changed";
        };
    }

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
