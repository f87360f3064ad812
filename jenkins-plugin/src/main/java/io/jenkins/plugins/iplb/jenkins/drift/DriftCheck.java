package io.jenkins.plugins.iplb.jenkins.drift;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.iplb.jenkins.configuration.UsableLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.record.KnownBuilds;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.operation.Drift;
import io.jenkins.plugins.iplb.operation.DriftText;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.record.Journal;
import io.jenkins.plugins.iplb.run.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks whether load balancers are as the builds of this controller have left them, those of which that is wished, as often
 * as it is. It is kept in memory only: after a restart it is looked again.
 */
@Extension
public final class DriftCheck extends PeriodicWork {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Map<Key, Instant> begun = new ConcurrentHashMap<>();
    private final Map<Key, FoundDrift> found = new ConcurrentHashMap<>();

    public static DriftCheck get() {
        return ExtensionList.lookupSingleton(DriftCheck.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return MIN;
    }

    @Override
    public long getInitialDelay() {
        return 3 * MIN;
    }

    @Override
    protected void doRun() {
        check(IplbController.get().clock().instant());
    }

    /** What was found last; empty where nobody has looked. */
    public Optional<FoundDrift> of(UsableLoadBalancer loadBalancer) {
        return Optional.ofNullable(found.get(Key.of(loadBalancer)));
    }

    /** What is worth a warning: what has drifted, or could not be looked at, of those that whoever asks may see. */
    public Map<UsableLoadBalancer, FoundDrift> warnings() {
        Map<UsableLoadBalancer, FoundDrift> warnings = new LinkedHashMap<>();
        UsableLoadBalancer.visible()
                .forEach(each -> of(each).filter(FoundDrift::drifted).ifPresent(drift -> warnings.put(each, drift)));
        return warnings;
    }

    /** Looks where it is time to. It holds no thread while it waits. @return when that is over; never fails */
    CompletableFuture<Void> check(Instant now) {
        List<UsableLoadBalancer> wished = UsableLoadBalancer.visible().stream()
                .filter(each -> each.named().driftCheckInterval().isPresent())
                .toList();
        List<Key> keys = wished.stream().map(Key::of).toList();
        begun.keySet().retainAll(keys);
        found.keySet().retainAll(keys);
        return CompletableFuture.allOf(wished.stream()
                .filter(each -> isDue(each, now))
                .map(each -> look(each, now))
                .toArray(CompletableFuture[]::new));
    }

    private boolean isDue(UsableLoadBalancer loadBalancer, Instant now) {
        Instant last = begun.get(Key.of(loadBalancer));
        Duration interval = loadBalancer.named().driftCheckInterval().orElseThrow();
        return last == null || !last.plus(interval).isAfter(now);
    }

    private CompletableFuture<Void> look(UsableLoadBalancer loadBalancer, Instant now) {
        Key key = Key.of(loadBalancer);
        begun.put(key, now);
        return CompletableFuture.supplyAsync(
                        () -> LoadBalancerChoice.target(null, loadBalancer),
                        IplbController.get().workers())
                .thenCompose(DriftCheck::drift)
                .handle((report, failure) -> failure == null ? found(report, now) : problem(failure, now))
                .thenAccept(drift -> {
                    if (begun.containsKey(key)) {
                        found.put(key, drift);
                    }
                });
    }

    private static CompletableFuture<Report> drift(Target target) {
        IplbController controller = IplbController.get();
        Operation.Drifting drift = Drift.of(
                target.service(),
                target.client().endpoint(),
                KnownBuilds.get().entries(target.service()),
                Optional.empty());
        Options options = new Options(
                UUID.randomUUID().toString(),
                controller.clock().instant().plus(PATIENCE),
                true,
                status -> {},
                Map.of(),
                controller.untilShutdown());
        return controller.operations(target.client(), Journal.none()).run(drift, options);
    }

    private static FoundDrift found(Report report, Instant now) {
        boolean drifted = report.result().path(Drift.DRIFTED).asBoolean();
        return new FoundDrift(now, drifted ? FoundDrift.State.DRIFTED : FoundDrift.State.NONE, DriftText.of(report));
    }

    private static FoundDrift problem(Throwable failure, Instant now) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return new FoundDrift(now, FoundDrift.State.UNKNOWN, List.of(String.valueOf(cause.getMessage())));
    }

    private record Key(String where, String name, String service, String credentialsId) {
        static Key of(UsableLoadBalancer each) {
            return new Key(
                    each.where().getFullName(),
                    each.named().getName(),
                    each.named().getService(),
                    each.named().getCredentialsId());
        }
    }
}
