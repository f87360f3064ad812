package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.failure.FailureKind;

/** What the shell is told. */
final class ExitCode {
    static final int DONE = 0;

    /** There is something to change, or drift. */
    static final int CHANGES = 6;

    /** Done, and nobody was told. */
    static final int UNTOLD = 7;

    private ExitCode() {}

    static int of(FailureKind kind) {
        return switch (kind) {
            case USAGE -> 2;
            case CREDENTIALS, REFUSED, PREFLIGHT, CONFLICT -> 3;
            case UNAVAILABLE, TASK_FAILED -> 4;
            case TIMEOUT -> 5;
        };
    }
}
