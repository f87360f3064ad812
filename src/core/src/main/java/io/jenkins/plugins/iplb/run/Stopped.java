package io.jenkins.plugins.iplb.run;

import java.util.concurrent.CancellationException;

/** A run that somebody stopped before it was over. */
final class Stopped extends CancellationException {
    private static final long serialVersionUID = 1L;

    Stopped(Throwable cause) {
        super("it was stopped before it was over");
        initCause(cause);
    }
}
