package io.jenkins.plugins.iplb.deployment;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights that say a share. Of a weight of 1 any share below the whole is nothing (seen with HAProxy 2.6.12, 3.0.11 and 3.2.26),
 * so that all weights are raised to where they can say it; those of one side keep their proportions.
 *
 * @param from the weights that one side has, of which not all are 0
 * @param to those of the other side, none of them 0
 */
record Shares(List<Integer> from, List<Integer> to) {
    private static final int HEAVIEST = 256;
    private static final double CLOSE = 0.01;

    /** The weights of both sides, that of the first one first. */
    record Weights(List<Integer> from, List<Integer> to) {
        private double share() {
            return (double) sum(to) / (sum(from) + sum(to));
        }
    }

    /**
     * The weights by which the other side has a share, as close as whole numbers come to it.
     *
     * @param percent 1 to 100
     * @throws IplbException when they do not come within a percent
     */
    Weights of(int percent) {
        if (percent == 100) {
            return new Weights(from.stream().map(each -> 0).toList(), to);
        }
        double wanted = percent / 100.0;
        Weights best = scaled(wanted, HEAVIEST);
        for (int heaviest = HEAVIEST - 1; heaviest > 0; heaviest--) {
            Weights other = scaled(wanted, heaviest);
            if (distance(other, wanted) < distance(best, wanted)) {
                best = other;
            }
        }
        if (distance(best, wanted) > CLOSE) {
            throw new IplbException(
                    FailureKind.REFUSED,
                    "%d %% cannot be said by the weights of %d and %d servers, which are 1 to %d: the closest is %.1f %%"
                            .formatted(percent, from.size(), to.size(), HEAVIEST, 100 * best.share()));
        }
        return best;
    }

    private static double distance(Weights weights, double wanted) {
        return Math.abs(weights.share() - wanted);
    }

    private Weights scaled(double wanted, int heaviest) {
        List<Double> ideal = new ArrayList<>();
        from.forEach(each -> ideal.add((1 - wanted) * each / sum(from)));
        to.forEach(each -> ideal.add(wanted * each / sum(to)));
        double scale = heaviest / ideal.stream().mapToDouble(each -> each).max().orElseThrow();
        List<Integer> all = ideal.stream()
                .map(each -> each == 0 ? 0 : (int) Math.max(1, Math.round(each * scale)))
                .toList();
        return new Weights(all.subList(0, from.size()), all.subList(from.size(), all.size()));
    }

    private static int sum(List<Integer> weights) {
        return weights.stream().mapToInt(each -> each).sum();
    }
}
