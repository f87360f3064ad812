package io.jenkins.plugins.iplb.jenkins.gate;

import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.readings.Reading;
import io.jenkins.plugins.iplb.jenkins.readings.Readings;
import io.jenkins.plugins.iplb.jenkins.readings.Resource;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.wait.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.SystemProperties;
import jenkins.util.Timer;

/** Keeps the answer to a question up to date while the queue asks it. */
final class GateWatch {
    /** For how many seconds builds are held when nothing is known but errors. */
    static final String PATIENCE = SettledGate.class.getName() + ".patienceSeconds";

    private static final Logger LOGGER = Logger.getLogger(GateWatch.class.getName());
    private static final int DEFAULT_PATIENCE_SECONDS = 600;

    /** The queue asks every five seconds; who has not been asked for so long has nobody waiting. */
    private static final Duration INTEREST = Duration.ofSeconds(15);

    /** How old a look may be that lets a build go. */
    private static final Duration FRESH = Duration.ofSeconds(3);

    /** How old a reading may be that others asked for. */
    private static final Duration SHARED = Duration.ofMillis(900);

    private final GateQuestion question;
    private GateAnswer answer;
    private Instant askedLast = Instant.MAX;
    private Instant lookedLast = Instant.MIN;
    private Instant unknownSince;
    private int looks;

    /** Whether it is looked at now, or will be without being asked again. */
    private boolean underWay;

    GateWatch(GateQuestion question) {
        this.question = question;
        String name = question.choice().name();
        this.answer = question.choice()
                .problem(question.job())
                .map(problem -> GateAnswer.unknown(name, problem))
                .orElseGet(() -> GateAnswer.looking(name));
    }

    synchronized Instant askedLast() {
        return askedLast;
    }

    /** What is known now; what is too old to let a build go is looked at again. */
    synchronized GateAnswer ask(Instant now) {
        askedLast = now;
        boolean old = lookedLast.isBefore(now.minus(FRESH));
        if (old && !underWay) {
            if (answer.isSettled()) {
                answer = GateAnswer.looking(question.choice().name());
            }
            underWay = true;
            look();
        }
        return answer;
    }

    private void look() {
        try {
            CompletableFuture.supplyAsync(
                            () -> question.choice().resolve(question.job()),
                            IplbController.get().workers())
                    .thenCompose(this::answer)
                    .whenComplete(this::seen);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, e, () -> "Not looked at, since the controller goes down: " + question);
        }
    }

    private CompletableFuture<GateAnswer> answer(Target target) {
        Readings readings = Readings.get();
        CompletableFuture<List<PendingChange>> pending = question.pendingToo()
                ? readings.of(target, Resource.PENDING_CHANGES, SHARED).thenApply(Reading::value)
                : CompletableFuture.completedFuture(List.of());
        return pending.thenCombine(
                readings.of(target, Resource.REFRESHES, SHARED),
                (unsettling, refreshes) -> GateAnswer.of(question.choice().name(), refreshes.value(), unsettling));
    }

    private void seen(GateAnswer seen, Throwable failure) {
        boolean settled = failure == null
                ? keep(seen, true)
                : keep(GateAnswer.unknown(question.choice().name(), Readings.problem(failure)), false);
        if (settled) {
            Jenkins.get().getQueue().scheduleMaintenance();
        }
    }

    /** @return whether builds may go */
    private synchronized boolean keep(GateAnswer seen, boolean known) {
        Instant now = IplbController.get().clock().instant();
        lookedLast = now;
        if (known) {
            unknownSince = null;
        } else if (unknownSince == null) {
            unknownSince = now;
        }
        answer = unknownForTooLong(now) ? GateAnswer.SETTLED : seen;
        boolean settled = answer.isSettled();
        looks = settled ? 0 : looks + 1;
        underWay = !settled && askedLast.isAfter(now.minus(INTEREST));
        if (underWay) {
            Timer.get().schedule(this::look, Pace.after(looks, INTEREST).toMillis(), TimeUnit.MILLISECONDS);
        }
        return settled;
    }

    private boolean unknownForTooLong(Instant now) {
        int patience = SystemProperties.getInteger(PATIENCE, DEFAULT_PATIENCE_SECONDS);
        return unknownSince != null && !now.isBefore(unknownSince.plusSeconds(patience));
    }
}
