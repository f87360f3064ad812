package io.jenkins.plugins.iplb.pipeline;

import io.jenkins.plugins.iplb.jenkins.testing.Waits;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Holds back answers of the sandbox, whose calls have had their effect: of each who calls, the first. */
final class Blockade {
    private final Set<String> expected = ConcurrentHashMap.newKeySet();
    private final CountDownLatch held;
    private final CountDownLatch lifted = new CountDownLatch(1);

    Blockade(Collection<String> callers) {
        expected.addAll(callers);
        held = new CountDownLatch(expected.size());
    }

    /** Waits when it is the caller's first. */
    void pass(String caller) {
        if (expected.remove(caller)) {
            held.countDown();
            Waits.until(lifted);
        }
    }

    /** Waits until one of each is held back. */
    void awaitHeld() {
        Waits.until(held);
    }

    void lift() {
        lifted.countDown();
    }
}
