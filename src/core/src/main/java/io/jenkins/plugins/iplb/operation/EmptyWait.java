package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.check.ConnectionCount;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Deadline;
import io.jenkins.plugins.iplb.wait.Pace;
import io.jenkins.plugins.iplb.wait.StateMachine;
import io.jenkins.plugins.iplb.wait.Step;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Asks servers that get nothing new until they have nothing left. */
final class EmptyWait implements StateMachine<EmptyWait.State> {
    private final Deadline deadline;
    private final List<Place> places;
    private final int most;

    /** @param polls how often was looked */
    record State(int polls) {}

    /** A server, and where it tells. */
    record Place(String server, URI url, ConnectionCount count) {
        /** In words: what there still is; null for nothing more than there may be. */
        private String left(int most, Duration limit) {
            try {
                long connections = count.ask(url, limit);
                return connections <= most
                        ? null
                        : "%s has %d connection%s".formatted(server, connections, connections == 1 ? "" : "s");
            } catch (IplbException e) {
                return "%s does not tell its connections: %s".formatted(server, e.getMessage());
            }
        }
    }

    /** @param most how many connections each may have left */
    EmptyWait(Deadline deadline, List<Place> places, int most) {
        this.deadline = deadline;
        this.places = places;
        this.most = most;
    }

    @Override
    public Step<State> advance(State state) {
        String left = places.stream()
                .map(place -> place.left(most, atLeastASecond(deadline.remaining())))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        if (left.isEmpty()) {
            return new Step.Done<>(state);
        }
        if (deadline.hasPassed()) {
            throw new IplbException(
                    FailureKind.TIMEOUT,
                    "%s by the deadline; what was taken out stays out, undrain puts it back".formatted(left));
        }
        return new Step.Later<>(
                new State(state.polls() + 1),
                Pace.after(state.polls(), deadline.remaining()),
                WaitStatus.of("waiting until it is empty", "waiting until it is empty: " + left));
    }

    private static Duration atLeastASecond(Duration left) {
        return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
    }
}
