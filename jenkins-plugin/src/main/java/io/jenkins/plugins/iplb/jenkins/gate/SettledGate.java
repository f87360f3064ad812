package io.jenkins.plugins.iplb.jenkins.gate;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;

/** Holds builds of jobs with a {@link SettledProperty}, without an executor; the queue says why. */
@Extension
public final class SettledGate extends QueueTaskDispatcher {
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
        return Lookout.get()
                .ask(property.question(job))
                .holdsBack()
                .map(CauseOfBlockage::fromMessage)
                .orElse(null);
    }
}
