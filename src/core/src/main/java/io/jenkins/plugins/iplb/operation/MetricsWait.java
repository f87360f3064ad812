package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.api.Metrics;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.run.Run;
import io.jenkins.plugins.iplb.wait.Pace;
import io.jenkins.plugins.iplb.wait.StateMachine;
import io.jenkins.plugins.iplb.wait.Step;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Looks at what OVH measures until it is as it is to be. Whoever begins anew after a restart has lost nothing. */
final class MetricsWait implements StateMachine<MetricsWait.Seen> {
    private final Run run;
    private final MetricsProof proof;
    private final List<String> zones;
    private final Metrics metrics;

    /**
     * What was seen last.
     *
     * @param measured by zone
     * @param failures how many looks in a row got no answer
     */
    record Seen(Map<String, Double> measured, int failures) {
        static final Seen NOTHING = new Seen(Map.of(), 0);
    }

    /** @throws InvalidInput for a zone that the load balancer has not */
    MetricsWait(Run run, MetricsProof proof) {
        this.run = run;
        this.proof = proof;
        this.metrics = new Metrics(run.ovh(), proof.service());
        List<String> there =
                new Snapshot(run.ovh(), proof.service()).loadBalancer().zones();
        this.zones = proof.zones().isEmpty() ? there : proof.zones();
        zones.stream().filter(zone -> !there.contains(zone)).findFirst().ifPresent(zone -> {
            throw new InvalidInput(
                    "zones", zone, "a zone of %s: %s".formatted(proof.service(), String.join(", ", there)));
        });
    }

    List<String> zones() {
        return zones;
    }

    @Override
    public Step<Seen> advance(Seen before) {
        if (run.deadline().hasPassed()) {
            throw new IplbException(
                    FailureKind.TIMEOUT,
                    "%s: time was up before there was as much traffic as there is to be: %s"
                            .formatted(proof.service(), told(before)));
        }
        Seen seen;
        try {
            seen = new Seen(
                    metrics.perSecond(
                            proof.counter(),
                            proof.over(),
                            run.deadline().clock().instant()),
                    0);
        } catch (IplbException e) {
            if (e.kind() != FailureKind.UNAVAILABLE || before.failures() >= Pace.MOST_FAILURES) {
                throw e;
            }
            return later(new Seen(before.measured(), before.failures() + 1), e.getMessage());
        }
        return proof.isMet(zones, seen.measured()) ? new Step.Done<>(seen) : later(seen, told(seen));
    }

    private Step<Seen> later(Seen seen, String text) {
        Duration left = run.deadline().remaining();
        Duration pause = proof.every().compareTo(left) < 0 ? proof.every() : left;
        return new Step.Later<>(seen, pause, WaitStatus.of("metrics", text));
    }

    private String told(Seen seen) {
        return zones.stream()
                .map(zone -> proof.comparison(zone, seen.measured()))
                .collect(Collectors.joining("; "));
    }
}
