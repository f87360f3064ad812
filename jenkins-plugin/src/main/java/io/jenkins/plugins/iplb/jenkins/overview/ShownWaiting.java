package io.jenkins.plugins.iplb.jenkins.overview;

import io.jenkins.plugins.iplb.refresh.RefreshState;
import io.jenkins.plugins.iplb.refresh.Waiting;
import java.util.Date;

/** A build that waits for a refresh, as the page shows it. */
public final class ShownWaiting {
    private final Waiting waiting;

    ShownWaiting(Waiting waiting) {
        this.waiting = waiting;
    }

    public String getId() {
        return waiting.header().id();
    }

    public BuildLink getBuild() {
        return BuildLink.of(waiting.header().by().getOrDefault("build", ""));
    }

    public String getStep() {
        return waiting.header().by().get("step");
    }

    public Date getSince() {
        return Date.from(waiting.since());
    }

    /** What it is at. */
    public String getDoing() {
        RefreshState.Phase phase = waiting.state().phase();
        if (phase instanceof RefreshState.Requesting) {
            return Messages.ShownWaiting_Request();
        }
        if (phase instanceof RefreshState.Watching watching) {
            return Messages.ShownWaiting_Watch(Long.toString(watching.task()));
        }
        if (phase instanceof RefreshState.Over) {
            return Messages.ShownWaiting_Over();
        }
        return waiting.state().polls() == 0 ? Messages.ShownWaiting_Check() : Messages.ShownWaiting_NextRefresh();
    }
}
