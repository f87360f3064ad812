package io.jenkins.plugins.iplb.jenkins.log;

import hudson.console.HyperlinkNote;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.failure.OneLine;
import io.jenkins.plugins.iplb.jenkins.log.ToneNote.Tone;
import io.jenkins.plugins.iplb.jenkins.plan.BuildPlans;
import io.jenkins.plugins.iplb.jenkins.record.ChangesAction;
import io.jenkins.plugins.iplb.jenkins.record.SpokenLanguage;
import io.jenkins.plugins.iplb.operation.ConfigurationText;
import io.jenkins.plugins.iplb.operation.Drift;
import io.jenkins.plugins.iplb.operation.DriftText;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.record.RecordedTask;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.wait.Repetitions;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.net.URI;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What an operation says in the log of its build: a line when something is new, and none when it is not. A log that takes
 * no line any more holds up nothing of what is done at OVH, which is in the record all the same.
 */
public final class ReportLog implements Consumer<WaitStatus> {
    private static final Logger LOGGER = Logger.getLogger(ReportLog.class.getName());

    /** What has to do with how things stand there. */
    private static final Set<FailureKind> AT_OVH =
            EnumSet.of(FailureKind.CONFLICT, FailureKind.PREFLIGHT, FailureKind.TASK_FAILED, FailureKind.TIMEOUT);

    private final String loadBalancer;
    private final Run<?, ?> run;
    private final TaskListener listener;
    private final Repetitions repetitions = new Repetitions(InstantSource.system());
    private volatile Optional<URI> controlPanel = Optional.empty();

    /** @param loadBalancer what the job calls it */
    public ReportLog(String loadBalancer, Run<?, ?> run, TaskListener listener) {
        this.loadBalancer = OneLine.of(loadBalancer);
        this.run = run;
        this.listener = listener;
    }

    /** And where people look at it, beside this log. */
    public void isAbout(Endpoint endpoint, String service) {
        controlPanel = Endpoint.controlPanel(endpoint.baseUrl(), service);
    }

    /** What is waited for. */
    @Override
    public synchronized void accept(WaitStatus status) {
        repetitions.next(status).ifPresent(text -> {
            if (status.warning()) {
                say(Tone.WARNING, Messages.ReportLog_Warning(text));
            } else {
                say(text);
            }
        });
    }

    /**
     * How it ended, and what that makes different.
     *
     * @param check whether it was only to say what it would do
     */
    public void done(Report report, boolean check) {
        String headline = line(headline(report, check));
        String shown = report.changed() && !check ? ToneNote.encodeTo(Tone.GOOD, headline) : headline;
        print(shown + report.entry().map(id -> " (" + link(id) + ")").orElse(""));
        report.diff().forEach(difference -> print("  " + OneLine.of(difference.toString())));
    }

    /** As {@link #done}, of a whole load balancer. */
    public void configured(Report report, boolean check) {
        List<String> lines = ConfigurationText.of(report, check);
        lines.subList(0, lines.size() - 1).forEach(line -> print("  " + OneLine.of(line)));
        String sum = line(lines.get(lines.size() - 1));
        String shown = report.changed() && !check ? ToneNote.encodeTo(Tone.GOOD, sum) : sum;
        Optional<String> page =
                check ? Optional.of(planned(report)) : report.entry().map(this::link);
        print(shown + page.map(" (%s)"::formatted).orElse(""));
    }

    /** On a page of the build from now on. @return the way there */
    private String planned(Report report) {
        return link(new BuildPlans(run).keep(report), Messages.ReportLog_Plan());
    }

    /** What has drifted. */
    public void drifted(Report report) {
        List<String> lines = DriftText.of(report);
        lines.subList(0, lines.size() - 1).forEach(line -> print("  " + OneLine.of(line)));
        String sum = lines.get(lines.size() - 1);
        if (report.result().path(Drift.DRIFTED).asBoolean()) {
            say(Tone.WARNING, sum);
        } else {
            say(sum);
        }
    }

    /**
     * Where to look when it has failed, before the failure itself is said.
     *
     * @param entry what is in the record of it; empty when nothing was sent
     */
    public void failed(IplbException failure, Optional<RecordedEntry> entry) {
        entry.ifPresent(sent -> print(line(Messages.ReportLog_SentBefore()) + " (" + link(sent.id()) + ")"));
        boolean unsettled = entry.filter(sent -> !sent.unsettled().isEmpty()).isPresent();
        if (unsettled || AT_OVH.contains(failure.kind())) {
            sayWhereToLook();
        }
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
        goingOn.forEach(task -> say(Tone.WARNING, goesOn(task)));
        entry.get()
                .unsettled()
                .forEach(call -> say(Tone.BAD, Messages.ReportLog_StoppedUnsettled(call.method() + " " + call.path())));
        if (goingOn.isEmpty() && entry.get().unsettled().isEmpty()) {
            say(Messages.ReportLog_StoppedBetween());
        } else {
            controlPanel = Optional.ofNullable(entry.get().service())
                    .flatMap(service ->
                            Endpoint.controlPanel(URI.create(entry.get().endpoint()), service));
            sayWhereToLook();
        }
        print(line(Messages.ReportLog_SentBefore()) + " (" + link(entry.get().id()) + ")");
    }

    /** A URL in a log is a link on the console, and can be followed from a plain log too. */
    private void sayWhereToLook() {
        controlPanel.ifPresent(page -> say(Messages.ReportLog_ControlPanel(page)));
    }

    private static String goesOn(RecordedTask task) {
        String id = Long.toString(task.id());
        return switch (task.kind()) {
            case REFRESH -> Messages.ReportLog_RefreshGoesOn(id);
            case CERTIFICATE -> Messages.ReportLog_OrderGoesOn(id);
            case IP -> Messages.ReportLog_MoveGoesOn(id);
        };
    }

    private static String headline(Report report, boolean check) {
        String sentence = report.about()
                .map(about -> about.sentence(report.stage(check), SpokenLanguage.INSTANCE))
                .orElseGet(() -> report.operation() + ": " + verdict(report, check));
        if (report.wasIdle()) {
            return sentence + Messages.ReportLog_NothingDone();
        }
        return check && report.changed() ? sentence + " (" + Messages.ReportLog_DryRun() + ")" : sentence;
    }

    private static String verdict(Report report, boolean check) {
        if (!report.changed()) {
            return Messages.ReportLog_Unchanged();
        }
        return check ? Messages.ReportLog_WouldChange() : Messages.ReportLog_Changed();
    }

    /** To the entry, on the page of changes. */
    private String link(String id) {
        return link(ChangesAction.URL_NAME + "#" + id, Messages.ReportLog_Recorded());
    }

    /** @param page below the build */
    private String link(String page, String text) {
        return HyperlinkNote.encodeTo("/" + run.getUrl() + page, text);
    }

    private void say(String text) {
        print(line(text));
    }

    private void say(Tone tone, String text) {
        print(ToneNote.encodeTo(tone, line(text)));
    }

    private String line(String text) {
        return loadBalancer + ": " + OneLine.of(text);
    }

    private void print(String line) {
        try {
            listener.getLogger().println(line);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "The log of " + run + " does not take: " + line);
        }
    }
}
