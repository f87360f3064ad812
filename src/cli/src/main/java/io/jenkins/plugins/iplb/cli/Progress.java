package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.io.PrintWriter;
import java.util.function.Consumer;

/** Shows what is waited for. */
interface Progress extends Consumer<WaitStatus>, AutoCloseable {

    /** @param verbose whether other lines are written meanwhile, between which a line that moves would get lost */
    static Progress on(Console console, boolean verbose) {
        return console.terminal() && !verbose ? new MovingLine(console.err()) : new Lines(console.err());
    }

    @Override
    void close();

    static String text(WaitStatus status) {
        return (status.warning() ? "warning: " : "") + status.text();
    }

    /** A line each time something else is waited for. */
    final class Lines implements Progress {
        private final PrintWriter err;
        private String last = "";

        private Lines(PrintWriter err) {
            this.err = err;
        }

        @Override
        public void accept(WaitStatus status) {
            String text = Progress.text(status);
            if (!text.equals(last)) {
                last = text;
                err.println(text);
            }
        }

        @Override
        public void close() {}
    }
}
