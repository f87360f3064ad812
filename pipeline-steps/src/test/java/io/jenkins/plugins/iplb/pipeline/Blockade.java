package io.jenkins.plugins.iplb.pipeline;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/** Holds back the answers of the sandbox, whose calls have had their effect. */
final class Blockade {
    private final CountDownLatch held;
    private final CountDownLatch lifted = new CountDownLatch(1);

    /** @param calls how many answers to hold back; later ones pass */
    Blockade(Sandbox sandbox, Predicate<Exchange> which, int calls) {
        held = new CountDownLatch(calls);
        sandbox.calls().onExchange(call -> {
            if (which.test(call) && takes()) {
                Waits.until(lifted);
            }
        });
    }

    private synchronized boolean takes() {
        boolean more = held.getCount() > 0;
        held.countDown();
        return more;
    }

    /** Waits until all of them are held back. */
    void awaitHeld() {
        Waits.until(held);
    }

    void lift() {
        lifted.countDown();
    }
}
