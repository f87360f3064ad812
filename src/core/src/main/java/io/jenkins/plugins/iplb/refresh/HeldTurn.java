package io.jenkins.plugins.iplb.refresh;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * The turn of a load balancer for as long as somebody needs it. Who has it changes and refreshes within it, one after the
 * other; everybody else waits until it is given up.
 */
public final class HeldTurn {
    private final Coordinator within;
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    HeldTurn(Coordinator within) {
        this.within = within;
    }

    /** Of who has it. */
    public Coordinator within() {
        return within;
    }

    /** Completes when it is given up. */
    public CompletionStage<Void> over() {
        return over.minimalCompletionStage();
    }

    /** Behind what is under way within it. */
    public void giveUp() {
        try {
            within.inTurn().execute(() -> over.complete(null));
        } catch (RejectedExecutionException e) {
            // The process ends: nobody waits for it any more.
            over.complete(null);
        }
    }
}
