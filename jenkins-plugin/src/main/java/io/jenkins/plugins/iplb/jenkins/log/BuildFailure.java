package io.jenkins.plugins.iplb.jenkins.log;

import hudson.AbortException;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.failure.OneLine;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** How failures of operations end a step or a build step. */
public final class BuildFailure {
    private BuildFailure() {}

    /** What to end it with: one line and no stack trace for what a person can do something about. */
    public static Exception of(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof IplbException e) {
            AbortException line = new AbortException(OneLine.of(e.getMessage()));
            line.initCause(e);
            return line;
        }
        return cause instanceof Exception e ? e : new IllegalStateException(cause);
    }

    /** Whether a gate that is told to make builds unstable may do so: a slip in the job's configuration always fails. */
    public static boolean mayBeUnstable(Throwable failure) {
        return refusal(failure).filter(e -> e.kind() != FailureKind.USAGE).isPresent();
    }

    /** What has failed, when it is something that a person can do something about. */
    public static Optional<IplbException> refusal(Throwable failure) {
        return Optional.of(cause(failure))
                .filter(IplbException.class::isInstance)
                .map(IplbException.class::cast);
    }

    private static Throwable cause(Throwable failure) {
        boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapped && failure.getCause() != null ? cause(failure.getCause()) : failure;
    }
}
