package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.check.TrafficCheck;
import io.jenkins.plugins.iplb.check.TrafficProof;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.TrafficState.Tally;
import io.jenkins.plugins.iplb.wait.StateMachine;
import io.jenkins.plugins.iplb.wait.Step;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks one place after the other, pauses, and begins again, until all of them have given so many good answers in a row: a
 * place that has done so is asked on, since it may fall back while another one catches up.
 *
 * @param checks what asks, for each target
 */
record TrafficWait(TrafficProof proof, List<TrafficCheck> checks, InstantSource clock, Instant deadline)
        implements StateMachine<TrafficState> {

    @Override
    public Step<TrafficState> advance(TrafficState state) {
        if (left().isNegative() || left().isZero()) {
            throw failed(FailureKind.TIMEOUT, "time was up before it had", state);
        }
        int place = state.next();
        TrafficState counted =
                state.and(checks.get(place).ask(proof.targets().get(place), proof.expectations(), left()));
        if (proof.maxErrors().filter(most -> counted.bad() >= most).isPresent()) {
            throw failed(
                    FailureKind.UNAVAILABLE,
                    "%s before it had".formatted(counted.bad() == 1 ? "a bad answer" : counted.bad() + " bad answers"),
                    counted);
        }
        if (counted.proves(proof)) {
            return new Step.Done<>(counted);
        }
        Duration pause = proof.every().compareTo(left()) < 0 ? proof.every() : left();
        return new Step.Later<>(counted, counted.endsRound() ? pause : Duration.ZERO, status(counted));
    }

    private Duration left() {
        return Duration.between(clock.instant(), deadline);
    }

    private WaitStatus status(TrafficState state) {
        return WaitStatus.of(
                "traffic",
                state.open(proof)
                        .map(tally -> "%s: %d of %d good answers in a row%s"
                                .formatted(
                                        tally.place(),
                                        tally.row(),
                                        proof.times(),
                                        tally.bad() == 0
                                                ? ""
                                                : ", %d bad (%s)".formatted(tally.bad(), tally.firstBad())))
                        .collect(Collectors.joining("; ")));
    }

    private IplbException failed(FailureKind kind, String why, TrafficState state) {
        Stream<String> open = state.open(proof).map(TrafficWait::summary);
        return new IplbException(
                kind,
                "%s: %s answered well %d times in a row everywhere. %s"
                        .formatted(proof.url(), why, proof.times(), open.collect(Collectors.joining("; "))));
    }

    private static String summary(Tally tally) {
        return "%s gave %d good of %d answers%s"
                .formatted(
                        tally.place(),
                        tally.good(),
                        tally.asked(),
                        tally.firstBad() == null ? "" : ", the first bad one: " + tally.firstBad());
    }
}
