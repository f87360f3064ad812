package io.jenkins.plugins.iplb.jenkins.health;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.configuration.UsableLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.controller.KeptMap;
import io.jenkins.plugins.iplb.jenkins.credentials.ItemCredentials;
import io.jenkins.plugins.iplb.jenkins.credentials.KeyEnd;
import io.jenkins.plugins.iplb.jenkins.lookout.Lookout;
import io.jenkins.plugins.iplb.jenkins.lookout.Seen;
import io.jenkins.plugins.iplb.jenkins.lookout.Sight;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jvnet.localizer.Localizable;

/** Looks at the configured load balancers and at their keys now and then, so that nobody has to who wants to know. */
@Extension
public final class HealthCheck extends PeriodicWork {
    /** For one call, retries included. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration FRESH = Duration.ofMinutes(1);

    private final PendingSince pendingSince = new PendingSince(KeptMap.of(PendingSince.class));
    private volatile List<PendingState> pending = List.of();
    private volatile List<KeyState> keys = List.of();

    static HealthCheck get() {
        return ExtensionList.lookupSingleton(HealthCheck.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return 15 * MIN;
    }

    @Override
    public long getInitialDelay() {
        return MIN;
    }

    @Override
    protected void doRun() {
        check(FRESH);
    }

    /** Holds no thread while it waits for its turn to ask. @param fresh how old may be what somebody else has seen */
    CompletableFuture<Void> check(Duration fresh) {
        return Lookout.get()
                .noOlderThan(fresh)
                .thenAcceptAsync(
                        all -> {
                            checkPending(all);
                            checkKeys(all);
                        },
                        IplbController.get().workers());
    }

    /** What is worth a warning now, by what was found last. */
    List<Localizable> warnings() {
        OvhLoadBalancers configuration = OvhLoadBalancers.get();
        Instant now = IplbController.get().clock().instant();
        Duration patience = configuration.pendingPatience();
        return Stream.concat(
                        keys.stream().flatMap(key -> key.warning(now).stream()),
                        pending.stream()
                                .filter(each -> UsableLoadBalancer.by(null, each.loadBalancer())
                                        .isPresent())
                                .flatMap(each -> each.warning(now, patience).stream()))
                .toList();
    }

    private synchronized void checkPending(List<Seen> all) {
        Map<String, Sight> sights = new HashMap<>();
        BinaryOperator<Sight> later = BinaryOperator.maxBy(Comparator.comparing(Sight::at));
        all.forEach(each ->
                each.sight().ifPresent(sight -> sights.merge(each.named().getService(), sight, later)));
        pendingSince.seen(
                sights, all.stream().map(each -> each.named().getService()).collect(Collectors.toSet()));
        pending = all.stream()
                .flatMap(each -> Stream.ofNullable(sights.get(each.named().getService()))
                        .flatMap(sight -> sight.pending().stream()
                                .map(change -> new PendingState(
                                        each.named().getName(),
                                        change.zone(),
                                        change.number(),
                                        pendingSince.of(each.named().getService(), change.zone())))))
                .toList();
    }

    private void checkKeys(List<Seen> all) {
        Map<String, List<Seen>> byKey = all.stream()
                .filter(each -> each.target().isPresent())
                .collect(Collectors.groupingBy(
                        each -> each.named().getCredentialsId(), TreeMap::new, Collectors.toList()));
        keys = byKey.entrySet().stream()
                .flatMap(key -> ask(key.getKey(), key.getValue()).stream())
                .toList();
    }

    /** @param users at least one load balancer that is called with it */
    private Optional<KeyState> ask(String credentialsId, List<Seen> users) {
        List<String> names = users.stream().map(each -> each.named().getName()).toList();
        OvhSession ovh = users.get(0).target().orElseThrow().session(PATIENCE);
        try {
            return ItemCredentials.find(null, credentialsId)
                    .map(credentials -> KeyEnd.of(credentials.toCredentials(), ovh))
                    .map(end -> new KeyState(credentialsId, names, end, Optional.empty()));
        } catch (IplbException e) {
            boolean refused = e.kind() == FailureKind.CREDENTIALS;
            return refused
                    ? Optional.of(new KeyState(credentialsId, names, Optional.empty(), Optional.of(e.getMessage())))
                    : keys.stream()
                            .filter(before -> before.credentialsId().equals(credentialsId))
                            .findFirst();
        }
    }
}
