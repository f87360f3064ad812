package io.jenkins.plugins.iplb.failure;

import java.util.Objects;

/** A failure whose message is one sentence for the person who reads it, fit to be shown without a stack trace. */
public class IplbException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    public IplbException(FailureKind kind, String message) {
        this(kind, message, null);
    }

    /** @param message in which texts of others may stand as they are: it is made one line */
    public IplbException(FailureKind kind, String message, Throwable cause) {
        super(OneLine.of(message), cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    public FailureKind kind() {
        return kind;
    }
}
