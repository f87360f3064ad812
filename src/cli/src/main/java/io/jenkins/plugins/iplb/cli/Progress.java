package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.io.PrintWriter;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows what is waited for. */
interface Progress extends Consumer<WaitStatus>, AutoCloseable {

    static Progress on(Machine machine) {
        return machine.terminal() ? new Bar() : new Lines(machine.err());
    }

    @Override
    void close();

    /** A line each time something else is waited for. */
    final class Lines implements Progress {
        private final PrintWriter err;
        private String last = "";

        private Lines(PrintWriter err) {
            this.err = err;
        }

        @Override
        public void accept(WaitStatus status) {
            if (!status.text().equals(last)) {
                last = status.text();
                err.println(last);
            }
        }

        @Override
        public void close() {}
    }

    /** One line that moves, as long as a person watches. */
    final class Bar implements Progress {
        private ProgressBar bar;

        private Bar() {}

        @Override
        public void accept(WaitStatus status) {
            if (bar == null) {
                bar = new ProgressBarBuilder()
                        .setTaskName("waiting")
                        .setInitialMax(100)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setConsumer(new ConsoleProgressBarConsumer(System.err))
                        .clearDisplayOnFinish()
                        .build();
            }
            bar.setExtraMessage(" " + status.text());
            status.percent().ifPresent(bar::stepTo);
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }
}
