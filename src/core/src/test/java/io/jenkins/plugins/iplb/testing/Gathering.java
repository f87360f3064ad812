package io.jenkins.plugins.iplb.testing;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Calls none of which is answered before all of them have arrived: who sends one after the other waits for nothing. */
public final class Gathering {
    private final CountDownLatch missing;
    private volatile boolean waits = true;

    private Gathering(int calls) {
        this.missing = new CountDownLatch(calls);
    }

    /** @param calls how many there are to be of these */
    public static Gathering of(int calls, Sandbox sandbox, Predicate<Exchange> these) {
        Gathering gathering = new Gathering(calls);
        sandbox.calls().onExchange(call -> {
            if (these.test(call)) {
                gathering.arrived();
            }
        });
        return gathering;
    }

    /** Whether all have been there at the same time. */
    public boolean wasComplete() {
        return waits && missing.getCount() == 0;
    }

    private void arrived() {
        missing.countDown();
        try {
            if (waits && !missing.await(5, TimeUnit.SECONDS)) {
                waits = false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
