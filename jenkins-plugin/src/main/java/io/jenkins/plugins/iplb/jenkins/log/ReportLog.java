package io.jenkins.plugins.iplb.jenkins.log;

import hudson.console.HyperlinkNote;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.iplb.jenkins.record.ChangesAction;
import io.jenkins.plugins.iplb.jenkins.record.SpokenLanguage;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.record.RecordedTask;
import io.jenkins.plugins.iplb.record.TaskKind;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.wait.Repetitions;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What an operation says in the log of its build: a line when something is new, and none when it is not. A log that takes
 * no line any more holds up nothing of what is done at OVH, which is in the record all the same.
 */
public final class ReportLog implements Consumer<WaitStatus> {
    private static final Logger LOGGER = Logger.getLogger(ReportLog.class.getName());

    private final String loadBalancer;
    private final Run<?, ?> run;
    private final TaskListener listener;
    private final Repetitions repetitions = new Repetitions(InstantSource.system());

    /** @param loadBalancer what the job calls it */
    public ReportLog(String loadBalancer, Run<?, ?> run, TaskListener listener) {
        this.loadBalancer = loadBalancer;
        this.run = run;
        this.listener = listener;
    }

    /** What is waited for. */
    @Override
    public synchronized void accept(WaitStatus status) {
        repetitions.next(status).ifPresent(text -> say(status.warning() ? Messages.ReportLog_Warning(text) : text));
    }

    /**
     * How it ended, and what that makes different.
     *
     * @param check whether it was only to say what it would do
     */
    public void done(Report report, boolean check) {
        say(headline(report, check) + link(report));
        report.diff().forEach(difference -> print("  " + difference));
    }

    /**
     * That it was stopped, and what goes on all the same.
     *
     * @param entry what is in the record of it; empty when nothing was sent
     */
    public void stopped(Optional<RecordedEntry> entry) {
        if (entry.isEmpty()) {
            say(Messages.ReportLog_StoppedBefore());
            return;
        }
        List<RecordedTask> goingOn = entry.get().tasks().stream()
                .filter(task -> task.endedAt() == null)
                .toList();
        goingOn.forEach(task -> say(goesOn(task)));
        entry.get()
                .unsettled()
                .forEach(call -> say(Messages.ReportLog_StoppedUnsettled(call.method() + " " + call.path())));
        if (goingOn.isEmpty() && entry.get().unsettled().isEmpty()) {
            say(Messages.ReportLog_StoppedBetween());
        }
    }

    private static String goesOn(RecordedTask task) {
        String id = Long.toString(task.id());
        return task.kind() == TaskKind.REFRESH
                ? Messages.ReportLog_RefreshGoesOn(id)
                : Messages.ReportLog_MoveGoesOn(id);
    }

    private static String headline(Report report, boolean check) {
        String sentence = report.about()
                .map(about -> about.sentence(report.stage(check), SpokenLanguage.INSTANCE))
                .orElseGet(() -> report.operation() + ": " + verdict(report, check));
        return check && report.changed() ? sentence + " (" + Messages.ReportLog_DryRun() + ")" : sentence;
    }

    private static String verdict(Report report, boolean check) {
        if (!report.changed()) {
            return Messages.ReportLog_Unchanged();
        }
        return check ? Messages.ReportLog_WouldChange() : Messages.ReportLog_Changed();
    }

    private String link(Report report) {
        if (report.entry().isEmpty()) {
            return "";
        }
        String url = "/" + run.getUrl() + ChangesAction.URL_NAME + "#"
                + report.entry().get();
        return " (" + HyperlinkNote.encodeTo(url, Messages.ReportLog_Recorded()) + ")";
    }

    private void say(String text) {
        print(loadBalancer + ": " + text);
    }

    private void print(String line) {
        try {
            listener.getLogger().println(line);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "The log of " + run + " does not take: " + line);
        }
    }
}
