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
     * @param clients what asks each of the targets, once it is known to be allowed to; as for {@link TrafficCheck}
     * @return completes with the report, or with an {@link IplbException}: of kind {@code UNAVAILABLE} for too many bad
     *     answers, of kind {@code TIMEOUT} when it is not proven by the deadline; cancelling it ends it
     */
    public CompletableFuture<Report> run(
            Operation.CheckingTraffic operation, CompletableFuture<List<OkHttpClient>> clients, Options options) {
        CompletableFuture<Report> report = new CompletableFuture<>();
        clients.thenCompose(allowed -> options.check()
                        ? CompletableFuture.completedFuture(planned(operation))
                        : asked(operation, allowed, options, report))
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        report.complete(done);
                    } else {
                        report.completeExceptionally(Operations.cause(failure));
                    }
                });
        return report;
    }

    /** @param whole ends it when it is over before */
    private CompletableFuture<Report> asked(
            Operation.CheckingTraffic operation,
            List<OkHttpClient> clients,
            Options options,
            CompletableFuture<Report> whole) {
        TrafficProof proof = operation.proof();
        List<TrafficCheck> checks = clients.stream().map(TrafficCheck::new).toList();
        CompletableFuture<TrafficState> end = waiter.run(
                new TrafficWait(proof, checks, clock, options.deadline()),
                operation.kept().map(TrafficState::resumed).orElseGet(() -> TrafficState.start(proof)),
                Operations.listener(operation.keep(), options.progress()));
        whole.whenComplete((done, failure) -> end.cancel(false));
        return end.thenApply(state -> LiveCheck.report(
                operation,
                facts(proof)
                        .with(
                                "places",
                                state.tallies().stream()
                                        .map(TrafficChecking::told)
                                        .toList())));
    }

    private static Report planned(Operation.CheckingTraffic operation) {
        return LiveCheck.report(operation, facts(operation.proof()));
    }

    private static Fields facts(TrafficProof proof) {
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
