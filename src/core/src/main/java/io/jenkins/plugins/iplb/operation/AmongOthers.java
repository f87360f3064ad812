package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.ovh.Allowance;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An operation among those of others. It says when it waits for them, beside what it waits for at OVH: for the budget of
 * its key, and for its turn. It writes in its turn only.
 */
record AmongOthers(String service, Runnable beforeWrite, CallObserver watcher, Consumer<WaitStatus> progress)
        implements CallObserver {
    private static final Duration WORTH_SAYING = Duration.ofSeconds(2);

    /** Of a change: three reads, and a write or a few. */
    private static final int USUAL_REQUESTS = 4;

    /**
     * @param others how many changes come first
     * @param now the build whose turn it is; empty when it is none
     * @param turns how long they take, as those before them did
     * @param allowance of the key, by which they may take longer
     */
    void forTurn(int others, Optional<String> now, Duration turns, Allowance allowance) {
        Duration requests = allowance.until(others * USUAL_REQUESTS);
        boolean scarce = requests.compareTo(turns) > 0;
        Duration about = scarce ? requests : turns;
        boolean soon = about.compareTo(WORTH_SAYING) < 0;
        progress.accept(WaitStatus.of(
                "turn",
                "waiting %sfor its turn%s: %s of %s %s first%s"
                        .formatted(
                                soon ? "" : WaitStatus.about(about) + " ",
                                soon || !scarce
                                        ? ""
                                        : ", by %d requests a minute of this key".formatted(allowance.perMinute()),
                                others == 1 ? "another change" : others + " other changes",
                                service,
                                others == 1 ? "comes" : "come",
                                now.map(build -> ", now that of " + build).orElse(""))));
    }

    @Override
    public void waiting(ApiCall call, int perMinute, Duration about) {
        progress.accept(WaitStatus.of(
                "budget",
                "waiting %s for the budget of this key: %d requests a minute for all who use it are used up"
                        .formatted(WaitStatus.about(about), perMinute)));
        watcher.waiting(call, perMinute, about);
    }

    @Override
    public void wanted(ApiCall call) {
        if (call.method() != ApiCall.Method.GET) {
            beforeWrite.run();
        }
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
