package io.jenkins.plugins.iplb.jenkins.overview;

import hudson.model.Item;
import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.api.Refreshes;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Deadline;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A configured load balancer that is looked at for whoever asks, once for all of them and when nothing else is urgent. */
final class Watched {
    private static final Logger LOGGER = Logger.getLogger(Watched.class.getName());

    /** How old the description of a load balancer may be: its state and its zones seldom change. */
    private static final Duration LASTING = Duration.ofMinutes(5);

    /** For one look, retries included. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Seen seen;
    private CompletableFuture<Seen> underWay;

    Watched(NamedLoadBalancer named) {
        this.seen = Seen.nothing(named);
    }

    synchronized Seen seen() {
        return seen;
    }

    /** What is known once nothing is older than that; what cannot be seen is known as such. Never fails. */
    synchronized CompletableFuture<Seen> look(Duration fresh) {
        if (underWay != null) {
            return underWay;
        }
        if (seen.lookedAt().isAfter(now().minus(fresh))) {
            return CompletableFuture.completedFuture(seen);
        }
        Executor workers = IplbController.get().workers();
        CompletableFuture<Seen> look = CompletableFuture.supplyAsync(this::target, workers)
                .thenCompose(target -> CompletableFuture.supplyAsync(() -> look(target), whenItMay(target)))
                .handle(this::taken);
        underWay = look.isDone() ? null : look;
        return look;
    }

    private Target target() {
        return new LoadBalancerChoice(seen().named().getName(), null, null).resolve((Item) null);
    }

    /** Pending changes and tasks are two requests. */
    private static Executor whenItMay(Target target) {
        return IplbController.get().workersForLook(session(target), 2);
    }

    private Seen look(Target target) {
        OvhSession ovh = session(target);
        Refreshes refreshes = new Refreshes(ovh, target.service());
        Instant now = now();
        Instant describedAt = seen().sight().map(Sight::describedAt).orElse(Instant.MIN);
        boolean describedLately = describedAt.isAfter(now.minus(LASTING));
        LoadBalancer described = describedLately
                ? seen().sight().orElseThrow().loadBalancer()
                : new Snapshot(ovh, target.service()).loadBalancer();
        return seen().with(
                        target,
                        new Sight(
                                now,
                                describedLately ? describedAt : now,
                                described,
                                refreshes.pending(),
                                refreshes.tasks()));
    }

    private synchronized Seen taken(Seen look, Throwable failure) {
        underWay = null;
        if (failure == null) {
            seen = look;
        } else {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            LOGGER.log(Level.FINE, cause, () -> "Cannot look at " + seen.named().getName());
            seen = seen.without(now(), cause instanceof IplbException ? cause.getMessage() : cause.toString());
        }
        return seen;
    }

    private static OvhSession session(Target target) {
        return target.client()
                .session(
                        CallObserver.NONE, Deadline.in(PATIENCE, target.client().clock()));
    }

    private static Instant now() {
        return IplbController.get().clock().instant();
    }
}
