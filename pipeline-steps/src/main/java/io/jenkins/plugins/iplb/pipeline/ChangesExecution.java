package io.jenkins.plugins.iplb.pipeline;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.jenkins.controller.HeldTurns;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.log.BuildFailure;
import io.jenkins.plugins.iplb.jenkins.log.ReportLog;
import io.jenkins.plugins.iplb.jenkins.record.BuildRecord;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.operation.Rollback;
import io.jenkins.plugins.iplb.operation.Transaction;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.HeldTurn;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.refresh.RefreshState;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Runs a block in the turn of its load balancer, without a thread: waits for the turn, looks whether a refresh is possible,
 * runs the body, makes live what it has staged, or undoes it.
 *
 * <p>Each phase is on disk before anything of it is done, and what is done has an id that follows from that of the
 * transaction: whoever begins a phase again goes on with it.
 */
final class ChangesExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ChangesExecution.class.getName());
    private static final String FUNCTION = "iplbChanges";

    /** What it is at. */
    private enum Phase {
        /** It waits for its turn, and looks before the body begins. */
        OPENING,
        /** The body runs. */
        BODY,
        /** What is staged is made live. */
        CLOSING,
        /** It is undone. */
        UNDOING
    }

    private final ChangesStep step;
    private final String id = UUID.randomUUID().toString();
    private volatile Phase phase = Phase.OPENING;
    private volatile long deadline;
    private volatile String kept;
    private volatile String awaited;
    private volatile BodyExecution body;
    private volatile Throwable failure;

    /** What a Pipeline returns is for it to keep. */
    private volatile Object value;

    private transient CompletableFuture<?> underWay;
    private transient boolean over;

    ChangesExecution(StepContext context, ChangesStep step) {
        super(context);
        this.step = step;
    }

    // ---- what Pipeline calls

    @Override
    public boolean start() {
        enter(Phase.OPENING);
        return false;
    }

    @Override
    public void onResume() {
        if (phase == Phase.BODY) {
            deadline = untilNext();
        }
        work(this::goOn);
    }

    /** Ends what it waits for: before the body nothing has happened, and after it what has happened is undone. */
    @Override
    public void stop(@NonNull Throwable cause) {
        BodyExecution running = body;
        switch (phase) {
            case OPENING -> {
                if (running == null || !running.cancel(cause)) {
                    giveUp(cause);
                }
            }
            case BODY -> {
                if (running == null || !running.cancel(cause)) {
                    LOGGER.log(Level.FINE, cause, () -> id + " has no body that could be stopped");
                }
            }
            case CLOSING -> {
                failure = cause;
                callOff();
                enter(Phase.UNDOING);
            }
            default ->
                Computer.threadPoolForRemoting.execute(() -> {
                    callOff();
                    say(WaitStatus.warning(Messages.ChangesExecution_notUndone(cause.getMessage(), how())));
                    giveUp(failure == null ? cause : failure);
                });
        }
    }

    @Override
    public String getStatus() {
        return phase == Phase.BODY ? "has its turn" : awaited == null ? "asking OVH" : awaited;
    }

    /** Told by Pipeline, in the thread in which it keeps its program: what is kept knows whether the body has begun. */
    private final class Body extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        @Override
        public void onStart(StepContext context) {
            phase = Phase.BODY;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            value = result;
            enter(Phase.CLOSING);
        }

        @Override
        public void onFailure(StepContext context, Throwable cause) {
            failure = Program.keepable(cause);
            enter(Phase.UNDOING);
        }
    }

    // ---- one phase after the other

    private void enter(Phase next) {
        phase = next;
        deadline = untilNext();
        Program.save(getContext(), this::work, this::goOn, this::failed);
    }

    private long untilNext() {
        return IplbController.get().clock().instant().plus(step.patience()).toEpochMilli();
    }

    private void work(Runnable task) {
        try {
            IplbController.get().workers().execute(task);
        } catch (RejectedExecutionException e) {
            left(e);
        }
    }

    private void goOn() {
        if (isOver()) {
            return;
        }
        Phase now = phase;
        try {
            Scene scene = new Scene();
            HeldTurns.get()
                    .take(scene.transaction, scene.build, scene.endpoint(), () -> underWay(scene.hold()))
                    .whenComplete((turn, cause) -> work(() -> {
                        if (cause != null) {
                            ended(now, cause);
                        } else {
                            goOn(now, scene, turn);
                        }
                    }));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            ended(now, e);
        }
    }

    private void goOn(Phase now, Scene scene, HeldTurn turn) {
        try {
            if (phase != now || isOver()) {
                return;
            }
            switch (now) {
                case OPENING -> open(scene, turn);
                case CLOSING -> close(scene, turn);
                case UNDOING -> undo(scene, turn);
                default -> LOGGER.log(Level.FINE, () -> id + " has its turn again");
            }
        } catch (RuntimeException e) {
            ended(now, e);
        }
    }

    private void open(Scene scene, HeldTurn turn) {
        Operation.OnLoadBalancer preflight =
                Operation.of(new RefreshRequest(scene.target.service(), List.of(), true, true));
        underWay(scene.operations(turn).run(preflight, scene.options("preflight", true)))
                .whenComplete((looked, cause) -> {
                    if (cause != null) {
                        ended(Phase.OPENING, cause);
                    } else if (!isOver()) {
                        body = getContext()
                                .newBodyInvoker()
                                .withContext(
                                        new OpenTransaction(id, step.choice().name(), scene.target))
                                .withCallback(new Body())
                                .start();
                    }
                });
    }

    private void close(Scene scene, HeldTurn turn) {
        String own = part("refresh");
        List<RecordedEntry> before =
                scene.record().stream().filter(entry -> !entry.id().equals(own)).toList();
        if (!scene.transaction.hasStaged(before)) {
            succeeded();
            return;
        }
        Operation.Refreshing refresh = new Operation.Refreshing(
                scene.transaction.refresh(before), Optional.ofNullable(kept).map(RefreshState::fromJson), this::keep);
        underWay(scene.operations(turn).run(refresh, scene.transaction.of(scene.options("refresh", false))))
                .whenComplete((report, cause) -> {
                    if (cause == null) {
                        scene.log.done(report, false);
                        succeeded();
                    } else {
                        ended(Phase.CLOSING, cause);
                    }
                });
    }

    private void undo(Scene scene, HeldTurn turn) {
        Operation.Undoing undoing = new Operation.Undoing(scene.target.service(), () -> rollback(scene));
        underWay(scene.operations(turn).run(undoing, scene.options("undo", false)))
                .whenComplete((report, cause) -> {
                    if (cause == null) {
                        tellUndone(scene, report);
                        giveUp(failure);
                    } else {
                        ended(Phase.UNDOING, cause);
                    }
                });
    }

    private Rollback rollback(Scene scene) {
        List<RecordedEntry> record = scene.record();
        return step.undoesWhatIsLive() ? scene.transaction.undoing(record) : scene.transaction.puttingBack(record);
    }

    private void tellUndone(Scene scene, Report report) {
        if (report.changed()) {
            scene.log.configured(report, false);
        }
        List<RecordedEntry> record = scene.record();
        boolean isLive = scene.transaction.isLive(record);
        if (isLive && !step.undoesWhatIsLive()) {
            say(WaitStatus.warning(Messages.ChangesExecution_left(how())));
        } else if (isLive) {
            say(WaitStatus.of(Messages.ChangesExecution_undone()));
        } else if (report.changed()) {
            String pending = pending(report);
            say(WaitStatus.of(
                    pending.isEmpty()
                            ? Messages.ChangesExecution_putBack()
                            : Messages.ChangesExecution_putBackPending(pending)));
        }
        scene.transaction
                .lasting(record)
                .forEach(entry -> say(WaitStatus.warning(Messages.ChangesExecution_lasts(entry.headline()))));
    }

    private static String pending(Report report) {
        List<PendingChange> pending = new ArrayList<>();
        report.result()
                .path("pending")
                .forEach(each -> pending.add(new PendingChange(
                        each.path("zone").asText(), each.path("number").asInt())));
        return PendingChange.shown(pending);
    }

    // ---- how it ends

    /** What has failed in a phase. */
    private void ended(Phase in, Throwable why) {
        Throwable cause = why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
        if (cause instanceof RejectedExecutionException) {
            left(cause);
        } else if (phase == in && !isOver()) {
            Throwable told = told(cause);
            switch (in) {
                case OPENING -> giveUp(told);
                case CLOSING -> {
                    failure = told;
                    enter(Phase.UNDOING);
                }
                case UNDOING -> {
                    say(WaitStatus.warning(Messages.ChangesExecution_notUndone(told.getMessage(), how())));
                    giveUp(failure);
                }
                // The steps of the body are told, too.
                default -> LOGGER.log(Level.WARNING, cause, () -> id + " could not have its turn again");
            }
        }
    }

    private void failed(RuntimeException why) {
        if (why instanceof RejectedExecutionException) {
            left(why);
        } else {
            giveUp(told(why));
        }
    }

    /** In one line, where a person can do something about it. */
    private Throwable told(Throwable cause) {
        return BuildFailure.refusal(cause)
                .<Throwable>map(
                        refusal -> new AbortException(IplbStepDescriptor.message(step.getDescriptor(), refusal)))
                .orElse(cause);
    }

    private void succeeded() {
        if (settles()) {
            HeldTurns.get().giveUp(id);
            getContext().onSuccess(value);
        }
    }

    private void giveUp(Throwable cause) {
        if (settles()) {
            callOff();
            HeldTurns.get().giveUp(id);
            getContext().onFailure(cause);
        }
    }

    private void left(Throwable reason) {
        LOGGER.log(Level.FINE, reason, () -> id + " is left to the next start of the controller");
    }

    /** True for the first who has something to tell Pipeline. */
    private synchronized boolean settles() {
        boolean first = !over;
        over = true;
        return first;
    }

    private synchronized boolean isOver() {
        return over;
    }

    private synchronized <T> CompletableFuture<T> underWay(CompletableFuture<T> work) {
        underWay = work;
        if (over) {
            work.cancel(false);
        }
        return work;
    }

    /** Ends up in the record, which is a file: not on a thread of Pipeline's. */
    private synchronized void callOff() {
        CompletableFuture<?> work = underWay;
        if (work != null) {
            work(() -> work.cancel(false));
        }
    }

    // ---- what it keeps and says

    /** Saves the program only where a crash before and one after would be told apart. */
    private void keep(RefreshState state) {
        boolean told = kept != null && state.standsWhere(RefreshState.fromJson(kept));
        kept = state.toJson();
        if (!told) {
            Program.save(getContext());
        }
    }

    private String part(String name) {
        return UUID.nameUUIDFromBytes((id + "/" + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** How a person undoes it. */
    private String how() {
        try {
            return "iplbRollback loadBalancer: '%s', build: %d"
                    .formatted(step.choice().name(), getContext().get(Run.class).getNumber());
        } catch (IOException e) {
            return "iplbRollback";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "iplbRollback";
        }
    }

    private void say(WaitStatus status) {
        try {
            new ReportLog(
                            step.choice().name(),
                            getContext().get(Run.class),
                            getContext().get(TaskListener.class))
                    .accept(status);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The log does not take: " + status.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where it plays, in this life of the controller. */
    private final class Scene {
        private final Run<?, ?> build;
        private final TaskListener listener;
        private final Target target;
        private final Transaction transaction;
        private final ReportLog log;

        Scene() throws IOException, InterruptedException {
            build = getContext().get(Run.class);
            listener = getContext().get(TaskListener.class);
            target = step.choice().resolve(build);
            transaction = new Transaction(id, target.service());
            log = new ReportLog(step.choice().name(), build, listener);
            log.isAbout(target.client().endpoint(), target.service());
        }

        URI endpoint() {
            return target.client().endpoint().baseUrl();
        }

        List<RecordedEntry> record() {
            return new BuildRecord(build).entries();
        }

        CompletableFuture<HeldTurn> hold() {
            return IplbController.get()
                    .operations(target.client(), new BuildRecord(build).journal(listener))
                    .hold(transaction, options("turn", false));
        }

        Operations operations(HeldTurn turn) {
            return IplbController.get()
                    .operations(target.client(), new BuildRecord(build).journal(listener))
                    .within(turn);
        }

        Options options(String what, boolean check) {
            return new Options(
                    part(what),
                    Instant.ofEpochMilli(deadline),
                    check,
                    this::awaiting,
                    new BuildRecord(build).by(FUNCTION),
                    IplbController.get().untilShutdown());
        }

        private void awaiting(WaitStatus status) {
            log.accept(status);
            if (!status.warning()) {
                awaited = status.text();
            }
        }
    }
}
