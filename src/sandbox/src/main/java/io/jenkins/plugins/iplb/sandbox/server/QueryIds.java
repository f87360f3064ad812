package io.jenkins.plugins.iplb.sandbox.server;

import java.util.concurrent.atomic.AtomicLong;

/** Makes the {@code X-OVH-QUERYID} of every reply, in the form that OVH's support asks for. */
final class QueryIds {
    private final AtomicLong count = new AtomicLong();

    String next() {
        long n = count.incrementAndGet();
        return "EU.ext-3.%08x.%d.%012x"
                .formatted(0x5eed0000L + n, 1000 + n % 9000, n * 0x9E3779B97F4AL & 0xFFFFFFFFFFFFL);
    }
}
