package io.jenkins.plugins.iplb.jenkins.readings;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.readings.KnownLoadBalancer.State;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What is known of the load balancers of the global configuration. They are read in the background, when somebody asks. */
@Extension
public final class ConfiguredLoadBalancers {
    /** What each was like, for as long as nothing later is known. */
    private final Map<Key, KnownLoadBalancer> last = new ConcurrentHashMap<>();

    public static ConfiguredLoadBalancers get() {
        return ExtensionList.lookupSingleton(ConfiguredLoadBalancers.class);
    }

    /** What is known of each now, in their order. What is older than that is read for the next who asks. */
    public List<KnownLoadBalancer> now(Duration maxAge) {
        noOlderThan(maxAge);
        return configured().stream().map(this::known).toList();
    }

    /** What is known of each once nothing is older than that, in their order. Never fails. */
    public CompletableFuture<List<KnownLoadBalancer>> noOlderThan(Duration maxAge) {
        List<NamedLoadBalancer> configured = configured();
        last.keySet().retainAll(configured.stream().map(Key::of).toList());
        List<CompletableFuture<KnownLoadBalancer>> all =
                configured.stream().map(named -> read(named, maxAge)).toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> all.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<KnownLoadBalancer> read(NamedLoadBalancer named, Duration maxAge) {
        return CompletableFuture.supplyAsync(
                        () -> new LoadBalancerChoice(named.getName(), null, null).resolve((Item) null),
                        IplbController.get().workers())
                .thenCompose(target ->
                        state(target, maxAge).thenApply(state -> KnownLoadBalancer.read(named, target, state)))
                .exceptionally(failure -> known(named).with(Readings.problem(failure)))
                .whenComplete((known, never) -> last.put(Key.of(named), known));
    }

    /** State and zones first: where they cannot be read, nothing else is asked for. */
    private static CompletableFuture<State> state(Target target, Duration maxAge) {
        Readings readings = Readings.get();
        return readings.of(target, Resource.LOAD_BALANCER, Readings.KEPT)
                .thenCompose(loadBalancer -> readings.of(target, Resource.PENDING_CHANGES, maxAge)
                        .thenCombine(
                                readings.of(target, Resource.REFRESHES, maxAge),
                                (pending, refreshes) -> new State(
                                        pending.asOf(), loadBalancer.value(), pending.value(), refreshes.value())));
    }

    private KnownLoadBalancer known(NamedLoadBalancer named) {
        return last.getOrDefault(Key.of(named), KnownLoadBalancer.unread(named));
    }

    private static List<NamedLoadBalancer> configured() {
        return OvhLoadBalancers.get().getLoadBalancers();
    }

    private record Key(String name, String service, String credentialsId) {
        static Key of(NamedLoadBalancer named) {
            return new Key(named.getName(), named.getService(), named.getCredentialsId());
        }
    }
}
