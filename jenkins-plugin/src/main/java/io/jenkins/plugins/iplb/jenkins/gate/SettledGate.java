package io.jenkins.plugins.iplb.jenkins.gate;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Holds builds of jobs with a {@link SettledProperty}, without an executor; the queue says why. */
@Extension
public final class SettledGate extends QueueTaskDispatcher {
    /** How long after it was last asked for a watch is forgotten. */
    private static final Duration FORGET = Duration.ofMinutes(1);

    private final Map<GateQuestion, GateWatch> watches = new ConcurrentHashMap<>();

    @CheckForNull
    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        if (!(item.task instanceof Job<?, ?> job)) {
            return null;
        }
        SettledProperty property = job.getProperty(SettledProperty.class);
        if (property == null) {
            return null;
        }
        return ask(property.question(job))
                .holdsBack()
                .map(CauseOfBlockage::fromMessage)
                .orElse(null);
    }

    /** What is known now. Does nothing that takes time: the queue is locked meanwhile. */
    private GateAnswer ask(GateQuestion question) {
        Instant now = IplbController.get().clock().instant();
        watches.values().removeIf(watch -> watch.askedLast().isBefore(now.minus(FORGET)));
        return watches.computeIfAbsent(question, GateWatch::new).ask(now);
    }
}
