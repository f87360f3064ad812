package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.failure.OneLine;
import io.jenkins.plugins.iplb.wait.Repetitions;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressState;

/** One line that is written over itself as long as something is waited for, and is gone after; warnings stay. */
final class MovingLine implements Progress {
    private static final int CELLS = 20;
    private static final int REDRAW_MILLIS = 200;

    private final Screen screen;
    private final Repetitions repetitions;
    private ProgressBar bar;

    MovingLine(PrintWriter err, Repetitions repetitions) {
        this.repetitions = repetitions;
        screen = new Screen(err, new ConsoleProgressBarConsumer(System.err).getMaxRenderedLength());
    }

    @Override
    public void accept(WaitStatus status) {
        if (status.warning()) {
            repetitions.next(status).ifPresent(text -> screen.keep(Progress.text(true, text)));
            return;
        }
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setInitialMax(-1)
                    .setUpdateIntervalMillis(REDRAW_MILLIS)
                    .continuousUpdate()
                    .setRenderer(MovingLine::render)
                    .setConsumer(screen)
                    .clearDisplayOnFinish()
                    .build();
        }
        bar.setExtraMessage(OneLine.of(status.text()));
        bar.maxHint(status.percent().isPresent() ? 100 : -1);
        bar.stepTo(status.percent().orElse(0));
        bar.refresh();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    private static String render(ProgressState state, int width) {
        Duration elapsed = state.getTotalElapsed();
        String line = "%s%d:%02d  %s"
                .formatted(gauge(state), elapsed.toMinutes(), elapsed.toSecondsPart(), state.getExtraMessage());
        return line.length() > width ? line.substring(0, Math.max(0, width)) : line;
    }

    private static String gauge(ProgressState state) {
        if (state.isIndefinite()) {
            return "";
        }
        int percent = (int) Math.round(100 * state.getNormalizedProgress());
        int filled = percent * CELLS / 100;
        return "[%s%s] %3d%%  ".formatted("#".repeat(filled), ".".repeat(CELLS - filled), percent);
    }

    /** Where the line is drawn, by the one who waits and by the clock. */
    private static final class Screen implements ProgressBarConsumer {
        private final PrintWriter err;
        private final int width;

        private Screen(PrintWriter err, int width) {
            this.err = err;
            this.width = width;
        }

        @Override
        public int getMaxRenderedLength() {
            return width;
        }

        @Override
        public synchronized void accept(String line) {
            err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            err.flush();
        }

        @Override
        public synchronized void clear() {
            err.print("\r" + " ".repeat(width) + "\r");
            err.flush();
        }

        private synchronized void keep(String line) {
            clear();
            err.println(line);
        }

        @Override
        public void close() {}
    }
}
