package io.jenkins.plugins.iplb.fault;

import java.util.function.Predicate;

/** A process that dies at a given moment: from then on nothing happens in any thread of it any more. */
final class Fuse {
    private final Predicate<String> moment;
    private final int last;
    private int passed;
    private boolean dead;

    /** The end of the process; no exception that anybody may handle. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** @param last at which of those moments it dies, from 1; 0 for never */
    Fuse(Predicate<String> moment, int last) {
        this.moment = moment;
        this.last = last;
    }

    /** One that only counts. */
    static Fuse none() {
        return new Fuse(moment -> true, 0);
    }

    synchronized void reach(String reached) {
        if (!dead && moment.test(reached)) {
            passed++;
            dead = passed == last;
        }
        if (dead) {
            throw new Crash();
        }
    }

    synchronized int passed() {
        return passed;
    }

    synchronized boolean isDead() {
        return dead;
    }
}
