package io.jenkins.plugins.iplb.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is counted of the traffic of zones: by a HAProxy, which begins anew at each reload, or by a test, which says how much
 * there is. Where nobody counts, there is none.
 */
public final class Meters {
    private final Map<Place, Meter> meters = new HashMap<>();

    Meters() {}

    /** What OVH counts. */
    public enum Counter {
        connections,
        requests
    }

    private record Place(String service, String zone, Counter counter) {}

    /** From now on there is so much of it in each second. */
    void flow(String service, String zone, Counter counter, double perSecond, Instant now) {
        meter(service, zone, counter).flow(perSecond, now);
    }

    /** @param count since whoever counts has begun: less than the last time means anew */
    public void count(String service, String zone, Counter counter, long count, Instant now) {
        meter(service, zone, counter).count(count, now);
    }

    /** How much of it there was in each second of the last ones. */
    double perSecond(String service, String zone, Counter counter, Duration window, Instant now) {
        return meter(service, zone, counter).perSecond(window, now);
    }

    private Meter meter(String service, String zone, Counter counter) {
        return meters.computeIfAbsent(new Place(service, zone, counter), any -> new Meter());
    }

    /** What a counter was at some moments, and how fast it goes on from the last; between two it has gone steadily. */
    private static final class Meter {
        private final TreeMap<Instant, Double> known = new TreeMap<>(Map.of(Instant.EPOCH, 0.0));
        private double perSecond;
        private long read;

        void flow(double rate, Instant now) {
            known.put(now, at(now));
            perSecond = rate;
        }

        void count(long count, Instant now) {
            known.put(now, known.lastEntry().getValue() + (count < read ? count : count - read));
            read = count;
        }

        double perSecond(Duration window, Instant now) {
            Instant begin = now.minus(window);
            return (at(now) - at(begin)) / seconds(begin, now);
        }

        private double at(Instant when) {
            Map.Entry<Instant, Double> before = known.floorEntry(when);
            Map.Entry<Instant, Double> after = known.higherEntry(when);
            double rate = after == null
                    ? perSecond
                    : (after.getValue() - before.getValue()) / seconds(before.getKey(), after.getKey());
            return before.getValue() + rate * seconds(before.getKey(), when);
        }

        private static double seconds(Instant from, Instant to) {
            return Duration.between(from, to).toMillis() / 1000.0;
        }
    }
}
