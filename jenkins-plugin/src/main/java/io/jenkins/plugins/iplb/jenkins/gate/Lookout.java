package io.jenkins.plugins.iplb.jenkins.gate;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Refreshes;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Deadline;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Looks at load balancers for the queue, in the background and only while it asks. However many jobs wait for a load
 * balancer, it is looked at once for all that call it with the same key.
 */
@Extension
public final class Lookout {
    /** How old a look may be that lets a build go. */
    static final Duration FRESH = Duration.ofSeconds(3);

    /** How old a look may be that answers another question. */
    private static final Duration SHARED = Duration.ofMillis(900);

    /** How long after it was last asked for a watch is forgotten. */
    private static final Duration FORGET = Duration.ofMinutes(1);

    /** For one look, retries included. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<Question, Watch> watches = new ConcurrentHashMap<>();
    private final Map<Subject, Look> looks = new ConcurrentHashMap<>();

    static Lookout get() {
        return ExtensionList.lookupSingleton(Lookout.class);
    }

    /** What is known now. Does nothing that takes time: the queue is locked meanwhile. */
    Standing ask(Question question) {
        Instant now = IplbController.get().clock().instant();
        watches.values().removeIf(watch -> watch.askedLast().isBefore(now.minus(FORGET)));
        return watches.computeIfAbsent(question, asked -> new Watch(asked, this))
                .ask(now);
    }

    /** Finds out, on workers; fails with an {@link io.jenkins.plugins.iplb.failure.IplbException} when that cannot be. */
    CompletableFuture<Standing> look(Question question) {
        Executor workers = IplbController.get().workers();
        return CompletableFuture.supplyAsync(() -> question.choice().resolve(question.job()), workers)
                .thenCompose(target -> seen(new Subject(target.client(), target.service(), question.pendingToo())))
                .thenApply(seen -> Standing.of(question.name(), seen.running(), seen.pending()));
    }

    /** What another question about the same has just found serves too. */
    private CompletableFuture<Seen> seen(Subject subject) {
        Instant now = IplbController.get().clock().instant();
        looks.values().removeIf(look -> look.at().isBefore(now.minus(SHARED)));
        return looks.computeIfAbsent(
                        subject,
                        asked -> new Look(
                                now,
                                CompletableFuture.supplyAsync(
                                        asked::look,
                                        IplbController.get().workersForLook(asked.session(), asked.requests()))))
                .seen();
    }

    private record Subject(OvhClient client, String service, boolean pendingToo) {
        int requests() {
            return pendingToo ? 2 : 1;
        }

        OvhSession session() {
            return client.session(CallObserver.NONE, Deadline.in(PATIENCE, client.clock()));
        }

        Seen look() {
            Refreshes refreshes = new Refreshes(session(), service);
            List<Task> running =
                    refreshes.tasks().stream().filter(Task::isRunning).toList();
            return new Seen(running, pendingToo ? refreshes.pending() : List.of());
        }
    }

    private record Seen(List<Task> running, List<PendingChange> pending) {}

    private record Look(Instant at, CompletableFuture<Seen> seen) {}
}
