package io.jenkins.plugins.iplb.bench;

import io.jenkins.plugins.iplb.ovh.Limits;

/** What a benchmark may ask of the sandbox. */
final class Budgets {
    private Budgets() {}

    /** The limits of every face, but for the number of requests: fair use of OVH would hide how many there are. */
    static Limits unlimited() {
        Limits fair = Limits.DEFAULT;
        return new Limits(
                fair.connect(),
                fair.read(),
                fair.call(),
                fair.retries(),
                fair.retryFor(),
                fair.firstDelay(),
                1_000_000);
    }
}
