package io.jenkins.plugins.iplb.check;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a service has to prove before somebody goes on.
 *
 * @param targets one URL at each place that has to prove it; at least one
 * @param expectations what each answer must be
 * @param times how many good answers in a row
 * @param every the pause between two questions
 * @param maxErrors how many bad answers end it at once; empty for however many
 */
public record TrafficProof(
        List<CheckTarget> targets,
        List<Expectation> expectations,
        int times,
        Duration every,
        Optional<Integer> maxErrors) {
    public static final int TIMES = 3;
    public static final Duration EVERY = Duration.ofSeconds(1);

    public URI url() {
        return targets.get(0).url();
    }

    /** The same, trusting others. */
    public TrafficProof trusting(TrustedCa others) {
        return new TrafficProof(
                targets.stream().map(target -> target.trusting(others)).toList(),
                expectations,
                times,
                every,
                maxErrors);
    }
}
