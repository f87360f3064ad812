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
        return waiting.wish().id();
    }

    public BuildLink getBuild() {
        return BuildLink.of(waiting.wish().by().getOrDefault("build", ""));
    }

    public String getStep() {
        return waiting.wish().by().get("step");
    }

    public Date getSince() {
        return Date.from(waiting.since());
    }

    /** What it is at. */
    public String getDoing() {
        RefreshState.Turn turn = waiting.state().turn();
        return switch (turn.phase()) {
            case CHECK -> turn.polls() == 0 ? Messages.ShownWaiting_Check() : Messages.ShownWaiting_NextRefresh();
            case REQUEST -> Messages.ShownWaiting_Request();
            case WATCH -> Messages.ShownWaiting_Watch(Long.toString(turn.watched()));
            case OVER -> Messages.ShownWaiting_Over();
        };
    }
}
