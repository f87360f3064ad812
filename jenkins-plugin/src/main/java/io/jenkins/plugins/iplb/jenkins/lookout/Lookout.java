package io.jenkins.plugins.iplb.jenkins.lookout;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Refreshes;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Looks at load balancers in the background, and only while somebody asks. */
@Extension
public final class Lookout {
    private static final Logger LOGGER = Logger.getLogger(Lookout.class.getName());

    /** State and zones, which seldom change. */
    private final Looks<LoadBalancer> descriptions =
            new Looks<>((ovh, service) -> new Snapshot(ovh, service).loadBalancer());

    private final Looks<List<PendingChange>> pending =
            new Looks<>((ovh, service) -> new Refreshes(ovh, service).pending());
    private final Looks<List<Task>> refreshes = new Looks<>((ovh, service) -> new Refreshes(ovh, service).tasks());

    /** What the configured ones were like, for as long as nothing later is known. */
    private final Map<Subject, Seen> last = new ConcurrentHashMap<>();

    public static Lookout get() {
        return ExtensionList.lookupSingleton(Lookout.class);
    }

    public Looks<List<PendingChange>> pending() {
        return pending;
    }

    /** Those that OVH knows, finished ones included. */
    public Looks<List<Task>> refreshes() {
        return refreshes;
    }

    /**
     * What is known of the configured load balancers now, in their order. What is older than that is looked at for the
     * next who asks.
     */
    public List<Seen> now(Duration fresh) {
        noOlderThan(fresh);
        return configured().stream().map(this::known).toList();
    }

    /** What is known of the configured load balancers once nothing is older than that. Never fails. */
    public CompletableFuture<List<Seen>> noOlderThan(Duration fresh) {
        List<NamedLoadBalancer> configured = configured();
        last.keySet().retainAll(configured.stream().map(Subject::of).toList());
        List<CompletableFuture<Seen>> looks =
                configured.stream().map(named -> look(named, fresh)).toList();
        return CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new))
                .thenApply(done -> looks.stream().map(CompletableFuture::join).toList());
    }

    /** Why a look has failed, in words. */
    public static String problem(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        LOGGER.log(Level.FINE, "A look has failed", cause);
        return cause instanceof IplbException ? cause.getMessage() : cause.toString();
    }

    private CompletableFuture<Seen> look(NamedLoadBalancer named, Duration fresh) {
        return CompletableFuture.supplyAsync(
                        () -> new LoadBalancerChoice(named.getName(), null, null).resolve((Item) null),
                        IplbController.get().workers())
                .thenCompose(target -> sight(target, fresh).thenApply(sight -> Seen.of(named, target, sight)))
                .exceptionally(failure -> known(named).without(problem(failure)))
                .whenComplete((seen, never) -> last.put(Subject.of(named), seen));
    }

    private CompletableFuture<Sight> sight(Target target, Duration fresh) {
        return descriptions
                .noOlderThan(Looks.LASTING, target)
                .thenCompose(described -> pending.noOlderThan(fresh, target)
                        .thenCombine(
                                refreshes.noOlderThan(fresh, target),
                                (staged, tasks) ->
                                        new Sight(staged.at(), described.found(), staged.found(), tasks.found())));
    }

    private Seen known(NamedLoadBalancer named) {
        return last.getOrDefault(Subject.of(named), Seen.nothing(named));
    }

    private static List<NamedLoadBalancer> configured() {
        return OvhLoadBalancers.get().getLoadBalancers();
    }

    private record Subject(String name, String service, String credentialsId) {
        static Subject of(NamedLoadBalancer named) {
            return new Subject(named.getName(), named.getService(), named.getCredentialsId());
        }
    }
}
