package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.failure.OneLine;
import io.jenkins.plugins.iplb.wait.Repetitions;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.io.PrintWriter;
import java.util.function.Consumer;

/** Shows what is waited for. */
interface Progress extends Consumer<WaitStatus>, AutoCloseable {

    /** @param verbose whether other lines are written meanwhile, between which a line that moves would get lost */
    static Progress on(Console console, boolean verbose) {
        Repetitions repetitions = new Repetitions(console.machine().clock());
        return console.terminal() && !verbose
                ? new MovingLine(console.err(), repetitions)
                : new Lines(console.err(), repetitions);
    }

    @Override
    void close();

    static String text(boolean warning, String text) {
        return (warning ? "warning: " : "") + OneLine.of(text);
    }

    /** A line each time something else is waited for, and when it takes long. */
    final class Lines implements Progress {
        private final PrintWriter err;
        private final Repetitions repetitions;

        private Lines(PrintWriter err, Repetitions repetitions) {
            this.err = err;
            this.repetitions = repetitions;
        }

        @Override
        public void accept(WaitStatus status) {
            repetitions.next(status).ifPresent(text -> err.println(Progress.text(status.warning(), text)));
        }

        @Override
        public void close() {}
    }
}
