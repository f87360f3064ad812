package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.check.Expectation;
import io.jenkins.plugins.iplb.check.TrafficCheck;
import io.jenkins.plugins.iplb.check.TrafficProof;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;

/**
 * Whether traffic goes where it is meant to go: asked of the service itself, not of OVH, and without a thread between two
 * questions.
 */
public final class TrafficChecking {
    private final Waiter waiter;
    private final InstantSource clock;

    public TrafficChecking(Waiter waiter, InstantSource clock) {
        this.waiter = waiter;
        this.clock = clock;
    }

    /**
     * Asks until it is proven, or goes on with what was counted before.
     *
     * @param clients what asks each of the targets, as for {@link TrafficCheck}
     * @return completes with the report, or with an {@link IplbException}: of kind {@code UNAVAILABLE} for too many bad
     *     answers, of kind {@code TIMEOUT} when it is not proven by the deadline; cancelling it ends it
     */
    public CompletableFuture<Report> run(
            Operation.CheckingTraffic operation, List<OkHttpClient> clients, Options options) {
        TrafficProof proof = operation.proof();
        if (options.check()) {
            return CompletableFuture.completedFuture(LiveCheck.report(operation, asked(proof)));
        }
        List<TrafficCheck> checks = clients.stream().map(TrafficCheck::new).toList();
        CompletableFuture<TrafficState> end = waiter.run(
                new TrafficWait(proof, checks, clock, options.deadline()),
                operation.kept().map(TrafficState::resumed).orElseGet(() -> TrafficState.start(proof)),
                Operations.listener(operation.keep(), options.progress()));
        CompletableFuture<Report> report = end.thenApply(state -> LiveCheck.report(
                operation,
                asked(proof)
                        .with(
                                "places",
                                state.tallies().stream()
                                        .map(TrafficChecking::told)
                                        .toList())));
        report.whenComplete((done, failure) -> end.cancel(false));
        return report;
    }

    private static Fields asked(TrafficProof proof) {
        return Fields.none()
                .with("url", proof.url().toString())
                .with(
                        "expect",
                        proof.expectations().stream().map(Expectation::toString).toList());
    }

    private static Object told(TrafficState.Tally tally) {
        return Fields.none()
                .with("place", tally.place())
                .with("asked", tally.asked())
                .with("good", tally.good())
                .with("bad", tally.bad())
                .withPresent("firstBad", Optional.ofNullable(tally.firstBad()))
                .with("protocol", tally.protocol())
                .with("status", tally.status())
                .withPresent("certificate", Optional.ofNullable(tally.certificate()))
                .json();
    }
}
