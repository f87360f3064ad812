package io.jenkins.plugins.iplb.jenkins.readings;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.UsableLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.readings.KnownLoadBalancer.State;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What is known of the load balancers that are configured. They are read in the background, when somebody asks. */
@Extension
public final class ConfiguredLoadBalancers {
    /** What each was like, for as long as nothing later is known. */
    private final Map<Key, KnownLoadBalancer> last = new ConcurrentHashMap<>();

    public static ConfiguredLoadBalancers get() {
        return ExtensionList.lookupSingleton(ConfiguredLoadBalancers.class);
    }

    /** What is known of each of these now, in their order. What is older than that is read for the next who asks. */
    public List<KnownLoadBalancer> now(List<UsableLoadBalancer> which, Duration maxAge) {
        noOlderThan(which, maxAge);
        return which.stream().map(this::known).toList();
    }

    /** What is known of each of these once nothing is older than that, in their order. Never fails. */
    public CompletableFuture<List<KnownLoadBalancer>> noOlderThan(List<UsableLoadBalancer> which, Duration maxAge) {
        forgetWhatIsNotConfigured();
        List<CompletableFuture<KnownLoadBalancer>> all =
                which.stream().map(each -> read(each, maxAge)).toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> all.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<KnownLoadBalancer> read(UsableLoadBalancer configured, Duration maxAge) {
        return CompletableFuture.supplyAsync(
                        () -> LoadBalancerChoice.target(null, configured),
                        IplbController.get().workers())
                .thenCompose(target ->
                        state(target, maxAge).thenApply(state -> KnownLoadBalancer.read(configured, target, state)))
                .exceptionally(failure -> known(configured).with(Readings.problem(failure)))
                .whenComplete((known, never) -> last.put(Key.of(configured), known));
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

    private KnownLoadBalancer known(UsableLoadBalancer configured) {
        return last.getOrDefault(Key.of(configured), KnownLoadBalancer.unread(configured));
    }

    private void forgetWhatIsNotConfigured() {
        try (ACLContext everything = ACL.as2(ACL.SYSTEM2)) {
            last.keySet()
                    .retainAll(
                            UsableLoadBalancer.visible().stream().map(Key::of).toList());
        }
    }

    private record Key(String where, String name, String service, String credentialsId) {
        static Key of(UsableLoadBalancer configured) {
            NamedLoadBalancer named = configured.named();
            return new Key(
                    configured.where().getFullName(), named.getName(), named.getService(), named.getCredentialsId());
        }
    }
}
