package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.time.Duration;
import java.util.function.Consumer;

/** Who waits for others says so, beside what it waits for at OVH: for the budget of its key, and for its turn. */
record ToldWaits(String service, CallObserver watcher, Consumer<WaitStatus> progress) implements CallObserver {

    /** @param others how many changes come first */
    void forTurn(int others) {
        progress.accept(WaitStatus.of(
                "turn",
                "waiting for its turn: %s of %s %s first"
                        .formatted(
                                others == 1 ? "another change" : others + " other changes",
                                service,
                                others == 1 ? "comes" : "come")));
    }

    @Override
    public void waiting(ApiCall call, int perMinute, Duration about) {
        progress.accept(WaitStatus.of(
                "budget",
                "waiting about %s for the budget of this key: %d requests a minute for all who use it are used up"
                        .formatted(said(about), perMinute)));
        watcher.waiting(call, perMinute, about);
    }

    private static String said(Duration about) {
        long seconds = Math.max(1, about.toSeconds());
        return seconds < 100 ? seconds + " s" : Math.round(seconds / 60.0) + " min";
    }

    @Override
    public void wanted(ApiCall call) {
        watcher.wanted(call);
    }

    @Override
    public void reading(ApiCall call) {
        watcher.reading(call);
    }

    @Override
    public Sent writing(ApiCall call) {
        return watcher.writing(call);
    }

    @Override
    public void settled(ApiCall call, boolean tookEffect) {
        watcher.settled(call, tookEffect);
    }
}
