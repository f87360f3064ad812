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
import io.jenkins.plugins.iplb.jenkins.readings.ConfiguredLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.readings.KnownLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.readings.KnownLoadBalancer.State;
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

/** Reads the configured load balancers and their keys now and then, and keeps what is worth a warning. */
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
        return 3 * MIN;
    }

    @Override
    protected void doRun() {
        check(FRESH);
    }

    /** Holds no thread while it waits for its turn to ask. @param fresh how old a reading may be that others asked for */
    CompletableFuture<Void> check(Duration fresh) {
        return ConfiguredLoadBalancers.get()
                .noOlderThan(UsableLoadBalancer.by(null), fresh)
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

    private synchronized void checkPending(List<KnownLoadBalancer> all) {
        Map<String, State> states = new HashMap<>();
        BinaryOperator<State> later = BinaryOperator.maxBy(Comparator.comparing(State::asOf));
        all.forEach(each ->
                each.state().ifPresent(state -> states.merge(each.named().getService(), state, later)));
        pendingSince.seen(
                states, all.stream().map(each -> each.named().getService()).collect(Collectors.toSet()));
        pending = all.stream()
                .flatMap(each -> Stream.ofNullable(states.get(each.named().getService()))
                        .flatMap(state -> state.pending().stream()
                                .map(change -> new PendingState(
                                        each.named().getName(),
                                        change.zone(),
                                        change.number(),
                                        pendingSince.of(each.named().getService(), change.zone())))))
                .toList();
    }

    private void checkKeys(List<KnownLoadBalancer> all) {
        Map<String, List<KnownLoadBalancer>> byKey = all.stream()
                .filter(each -> each.target().isPresent())
                .collect(Collectors.groupingBy(
                        each -> each.named().getCredentialsId(), TreeMap::new, Collectors.toList()));
        keys = byKey.entrySet().stream()
                .flatMap(key -> ask(key.getKey(), key.getValue()).stream())
                .toList();
    }

    /** @param users at least one load balancer that is called with it */
    private Optional<KeyState> ask(String credentialsId, List<KnownLoadBalancer> users) {
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
