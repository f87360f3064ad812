package io.jenkins.plugins.iplb.jenkins.overview;

import hudson.model.Item;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.jenkins.drift.DriftCheck;
import io.jenkins.plugins.iplb.jenkins.drift.FoundDrift;
import io.jenkins.plugins.iplb.jenkins.readings.KnownLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.record.KnownBuilds;
import io.jenkins.plugins.iplb.jenkins.record.NamingLanguage;
import io.jenkins.plugins.iplb.ovh.Allowance;
import io.jenkins.plugins.iplb.record.Language;
import io.jenkins.plugins.iplb.refresh.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A load balancer as the page shows it. What is not known is null. */
public final class ShownLoadBalancer {
    /** What is older was not read again while somebody looked: nobody did, or it cannot be read. */
    static final Duration OLD = Duration.ofSeconds(20);

    private static final int LAST_RECORDS = 5;

    private final String name;
    private final Optional<Item> folder;
    private final String service;
    private final String endpoint;
    private final Optional<KnownLoadBalancer> known;
    private final List<Waiting> waiting;
    private final boolean old;

    private ShownLoadBalancer(
            String name,
            Optional<Item> folder,
            String service,
            String endpoint,
            Optional<KnownLoadBalancer> known,
            List<Waiting> waiting,
            boolean old) {
        this.name = name;
        this.folder = folder;
        this.service = service;
        this.endpoint = endpoint;
        this.known = known;
        this.waiting = waiting;
        this.old = old;
    }

    /** One that is configured. @param all who wait for a refresh of anything */
    static ShownLoadBalancer of(KnownLoadBalancer known, List<Waiting> all, Instant now) {
        String endpoint = known.target()
                .map(target -> target.client().endpoint().baseUrl().toString())
                .orElse(null);
        String service = known.named().getService();
        List<Waiting> waiting = all.stream()
                .filter(each -> service.equals(each.header().service()))
                .filter(each -> endpoint == null
                        || endpoint.equals(each.header().endpoint().toString()))
                .toList();
        boolean old = known.state()
                .filter(state -> state.asOf().isBefore(now.minus(OLD)))
                .isPresent();
        return new ShownLoadBalancer(
                known.named().getName(), folder(known), service, endpoint, Optional.of(known), waiting, old);
    }

    private static Optional<Item> folder(KnownLoadBalancer known) {
        return known.configured().where() instanceof Item item ? Optional.of(item) : Optional.empty();
    }

    /** One that only builds know. @param waiting for a refresh of it, at least one */
    static ShownLoadBalancer ofBuilds(List<Waiting> waiting) {
        String service = waiting.get(0).header().service();
        String endpoint = waiting.get(0).header().endpoint().toString();
        return new ShownLoadBalancer(service, Optional.empty(), service, endpoint, Optional.empty(), waiting, false);
    }

    boolean shows(Waiting other) {
        return waiting.contains(other);
    }

    /** After the folder that names it, if one does. */
    public String getName() {
        return folder.map(item -> item.getFullDisplayName() + " » " + name).orElse(name);
    }

    /** The folder that names it; null for the controller. */
    public String getFolder() {
        return folder.map(Item::getFullDisplayName).orElse(null);
    }

    /** Below the controller's root. */
    public String getFolderUrl() {
        return folder.map(Item::getUrl).orElse(null);
    }

    public String getService() {
        return service;
    }

    public String getEndpoint() {
        return endpoint;
    }

    public boolean isConfigured() {
        return known.isPresent();
    }

    /** When it was read. */
    public Date getAsOf() {
        return state().map(state -> Date.from(state.asOf())).orElse(null);
    }

    /** Whether it may be different by now. */
    public boolean isOld() {
        return old;
    }

    /** Why it could not be read since. */
    public String getProblem() {
        return known.flatMap(KnownLoadBalancer::problem).orElse(null);
    }

    public String getState() {
        return state().map(state -> state.loadBalancer().state()).orElse(null);
    }

    public String getZones() {
        return state().map(state -> String.join(", ", state.loadBalancer().zones()))
                .orElse(null);
    }

    public String getPending() {
        return state().map(state -> shown(state.pending())).orElse(null);
    }

    /** Of its key, how many requests of how many a minute are used. */
    public String getRequests() {
        return known.flatMap(KnownLoadBalancer::target)
                .map(target -> target.client().allowance())
                .or(() -> waiting.stream().findFirst().map(Waiting::allowance))
                .map(ShownLoadBalancer::shown)
                .orElse(null);
    }

    public List<ShownRefresh> getRefreshes() {
        return ShownRefresh.underWay(state(), old, waiting);
    }

    public List<ShownWaiting> getWaiting() {
        return waiting.stream().map(ShownWaiting::new).toList();
    }

    /** What was found when it was last looked for drift; null where that is not wished, or nobody has looked yet. */
    public FoundDrift getDrift() {
        return known.flatMap(each -> DriftCheck.get().of(each.configured())).orElse(null);
    }

    /** When that was. */
    public Date getDriftAsOf() {
        FoundDrift drift = getDrift();
        return drift == null ? null : Date.from(drift.at());
    }

    /** Newest first. */
    public List<ShownRecord> getRecords() {
        Language language = new NamingLanguage(other -> other.equals(service) ? name : other);
        return endpoint == null
                ? List.of()
                : KnownBuilds.get().lastAbout(endpoint, service, LAST_RECORDS).stream()
                        .map(entry -> new ShownRecord(entry, language))
                        .toList();
    }

    private Optional<KnownLoadBalancer.State> state() {
        return known.flatMap(KnownLoadBalancer::state);
    }

    private static String shown(List<PendingChange> pending) {
        return pending.isEmpty()
                ? Messages.ShownLoadBalancer_NothingPending()
                : pending.stream()
                        .map(each -> Messages.ShownLoadBalancer_PendingIn(each.number(), each.zone()))
                        .collect(Collectors.joining(", "));
    }

    private static String shown(Allowance allowance) {
        return Messages.ShownLoadBalancer_Requests(allowance.perMinute() - allowance.left(), allowance.perMinute());
    }
}
