package io.jenkins.plugins.iplb.jenkins.lookout;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
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

/** What the configured load balancers were like when they were last looked at, for as long as nothing later is known. */
@Extension
public final class LastSeen {
    private static final Logger LOGGER = Logger.getLogger(LastSeen.class.getName());

    private final Map<Subject, Seen> all = new ConcurrentHashMap<>();

    public static LastSeen get() {
        return ExtensionList.lookupSingleton(LastSeen.class);
    }

    /** What is known now, in the order of the configuration. What is older than that is looked at for the next who asks. */
    public List<Seen> now(Duration fresh) {
        noOlderThan(fresh);
        return configured().stream().map(this::known).toList();
    }

    /** What is known once nothing is older than that. Never fails. */
    public CompletableFuture<List<Seen>> noOlderThan(Duration fresh) {
        List<NamedLoadBalancer> configured = configured();
        all.keySet().retainAll(configured.stream().map(Subject::of).toList());
        List<CompletableFuture<Seen>> looks =
                configured.stream().map(named -> look(named, fresh)).toList();
        return CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new))
                .thenApply(done -> looks.stream().map(CompletableFuture::join).toList());
    }

    private static CompletableFuture<Sight> sight(Target target, Duration fresh) {
        Lookout lookout = Lookout.get();
        return lookout.descriptions()
                .noOlderThan(Looks.LASTING, target)
                .thenCompose(described -> lookout.pending()
                        .noOlderThan(fresh, target)
                        .thenCombine(
                                lookout.refreshes().noOlderThan(fresh, target),
                                (pending, refreshes) -> new Sight(
                                        pending.at(), described.found(), pending.found(), refreshes.found())));
    }

    private CompletableFuture<Seen> look(NamedLoadBalancer named, Duration fresh) {
        return CompletableFuture.supplyAsync(
                        () -> new LoadBalancerChoice(named.getName(), null, null).resolve((Item) null),
                        IplbController.get().workers())
                .thenCompose(target -> sight(target, fresh).thenApply(sight -> Seen.of(named, target, sight)))
                .exceptionally(failure -> without(named, failure))
                .whenComplete((seen, never) -> all.put(Subject.of(named), seen));
    }

    private Seen without(NamedLoadBalancer named, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        LOGGER.log(Level.FINE, cause, () -> "Cannot look at " + named.getName());
        return known(named).without(cause instanceof IplbException ? cause.getMessage() : cause.toString());
    }

    private Seen known(NamedLoadBalancer named) {
        return all.getOrDefault(Subject.of(named), Seen.nothing(named));
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
