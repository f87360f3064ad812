package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Metrics;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much traffic there is to be in each of these zones, as OVH measures it.
 *
 * @param zones none for all zones of the load balancer
 * @param atLeast how much in each second; empty for however little
 * @param atMost how much in each second; empty for however much
 * @param over the time before each look over which it is measured
 * @param every the pause between two looks
 */
public record MetricsProof(
        String service,
        List<String> zones,
        Metrics.Counter counter,
        Optional<Double> atLeast,
        Optional<Double> atMost,
        Duration over,
        Duration every) {
    public static final Duration OVER = Duration.ofMinutes(1);
    public static final Duration EVERY = Duration.ofSeconds(10);

    /** @throws InvalidInput for what is no service name, and for more at least than at most */
    public MetricsProof {
        service = ServiceName.parse(service);
        if (atLeast.isPresent() && atMost.isPresent() && atLeast.get() > atMost.get()) {
            throw new InvalidInput("atLeast", said(atLeast.get()), "no more than %s", "atMost");
        }
    }

    /** Whether it is so in all of them. @param measured by zone */
    boolean isMet(List<String> wanted, Map<String, Double> measured) {
        return wanted.stream().allMatch(zone -> isMet(measured.get(zone)));
    }

    /** What OVH has not measured is not nothing. */
    private boolean isMet(Double measured) {
        return measured != null
                && atLeast.filter(least -> measured < least).isEmpty()
                && atMost.filter(most -> measured > most).isEmpty();
    }

    /** What is measured, against what is to be, in one line. */
    String comparison(String zone, Map<String, Double> measured) {
        Double found = measured.get(zone);
        return "%s has %s%s"
                .formatted(
                        zone,
                        found == null
                                ? "no measured " + counter.code()
                                : said(found) + " " + counter.code() + " per second",
                        isMet(found) ? "" : ", " + wanted() + " are to be");
    }

    private String wanted() {
        return atLeast.map(least -> "at least " + said(least)).orElse("")
                + (atLeast.isPresent() && atMost.isPresent() ? " and " : "")
                + atMost.map(most -> "at most " + said(most)).orElse("");
    }

    ObjectNode result(List<String> wanted, Map<String, Double> measured) {
        return Fields.none()
                .with("count", counter.code())
                .with(
                        "zones",
                        wanted.stream()
                                .map(zone -> Fields.none()
                                        .with("zone", zone)
                                        .with("perSecond", measured.get(zone))
                                        .json())
                                .toList())
                .json();
    }

    private static String said(double number) {
        return BigDecimal.valueOf(number)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }
}
