package io.jenkins.plugins.iplb.sandbox.world;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * One service: what is staged, what each zone runs, and what is between the two. Only to be touched under the world's
 * lock.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY, getterVisibility = JsonAutoDetect.Visibility.NONE)
public final class LoadBalancer {
    /** The pseudo-zone of frontends and farms that live in every owned zone. */
    public static final String ALL_ZONES = "all";

    private String name;
    private ObjectNode properties = Json.object();
    private List<String> zones = new ArrayList<>();
    private Configuration staged = Configuration.EMPTY;
    private final Map<String, Configuration> deployed = new LinkedHashMap<>();
    private final Map<String, Instant> refreshed = new LinkedHashMap<>();
    private final List<PendingChange> pending = new ArrayList<>();
    private final SortedMap<Long, RefreshTask> refreshes = new TreeMap<>();
    private final SortedMap<Long, CertificateOrder> orders = new TreeMap<>();
    private final SortedMap<Long, ObjectNode> vrackNetworks = new TreeMap<>();
    private long changes;

    LoadBalancer(String name) {
        this.name = name;
    }

    /** For the state file. */
    LoadBalancer() {}

    public String name() {
        return name;
    }

    /** Service-level fields beyond name and zones, as the API shows them. */
    public ObjectNode properties() {
        return properties;
    }

    public void properties(ObjectNode other) {
        properties = other;
    }

    public List<String> zones() {
        return List.copyOf(zones);
    }

    void zones(List<String> owned) {
        zones = new ArrayList<>(owned);
    }

    public Configuration staged() {
        return staged;
    }

    /** What a zone serves now. */
    public Configuration deployed(String zone) {
        return deployed.getOrDefault(zone, Configuration.EMPTY);
    }

    /** A refresh that is not over yet and will have deployed something in a zone. */
    public Optional<RefreshTask> coming(String zone) {
        return refreshes.values().stream()
                .filter(task -> !task.settled()
                        && task.timeline().succeeds()
                        && task.zones().contains(zone))
                .findFirst();
    }

    /** When a zone was refreshed last; empty for what was deployed before anybody can tell. */
    public Optional<Instant> refreshed(String zone) {
        return Optional.ofNullable(refreshed.get(zone));
    }

    public SortedMap<Long, ObjectNode> vrackNetworks() {
        return vrackNetworks;
    }

    public boolean inVrack() {
        return properties.hasNonNull("vrackName");
    }

    /** Stages a new or changed object; counts in the zones it lives in and those it leaves. A PUT that changes nothing counts nowhere. */
    public void stage(Item item) {
        Optional<Item> before = staged.find(item.kind(), item.id());
        if (before.isPresent() && before.get().equals(item)) {
            return;
        }
        Set<String> touched = new LinkedHashSet<>();
        before.ifPresent(old -> touched.addAll(zonesOf(old)));
        staged = staged.with(item);
        touched.addAll(zonesOf(item));
        count(touched);
    }

    /** What is seen of an object, and not wanted of it. */
    void observe(Item item) {
        staged = staged.with(item);
    }

    /** Stages the removal of an object and of what hangs on it: one change. */
    public void remove(Item item) {
        Collection<String> touched = zonesOf(item);
        staged = staged.without(item);
        count(touched);
    }

    /** Stages a new certificate, which counts in all zones: OVH does not publish in which it does. */
    public void stage(Certificate certificate) {
        staged = staged.with(certificate);
        count(zones);
    }

    /** The name is for its owner alone: nothing waits for a refresh. */
    public void rename(Certificate certificate, ObjectNode shown) {
        staged = staged.with(certificate.shown(shown));
    }

    /** Stages the removal of a certificate. */
    public void removeCertificate(long id) {
        staged = staged.withoutCertificate(id);
        count(zones);
    }

    /** Owned zones with staged changes, and how many. Zones without any are left out. */
    public Map<String, Integer> pendingByZone() {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (String zone : zones) {
            int number = (int) pending.stream()
                    .filter(change -> change.zone().equals(zone))
                    .count();
            if (number > 0) {
                numbers.put(zone, number);
            }
        }
        return numbers;
    }

    public Collection<RefreshTask> refreshes() {
        return List.copyOf(refreshes.values());
    }

    /** All that OVH would list, oldest first. */
    public List<ServiceTask> tasks() {
        SortedMap<Long, ServiceTask> all = new TreeMap<>(refreshes);
        all.putAll(orders);
        return List.copyOf(all.values());
    }

    public Optional<RefreshTask> runningRefresh(Instant now) {
        return refreshes.values().stream().filter(task -> task.running(now)).findFirst();
    }

    RefreshTask startRefresh(long id, List<String> ofZones, Timeline timeline) {
        RefreshTask task = new RefreshTask(id, List.copyOf(ofZones), timeline, staged, changes, false);
        refreshes.put(id, task);
        return task;
    }

    CertificateOrder startOrder(long id, List<String> names, Timeline timeline) {
        CertificateOrder order = new CertificateOrder(id, List.copyOf(names), zones(), timeline, false);
        orders.put(id, order);
        return order;
    }

    /** Carries out the ends of the tasks whose time has come. */
    void settle(Instant now) {
        refreshes.replaceAll((id, task) -> task.settled() || task.running(now) ? task : carriedOut(task));
        orders.replaceAll((id, order) -> order.settled() || order.running(now) ? order : carriedOut(order));
    }

    private RefreshTask carriedOut(RefreshTask task) {
        if (task.timeline().succeeds()) {
            task.zones().forEach(zone -> {
                deployed.put(zone, task.staged());
                refreshed.put(zone, task.timeline().end());
            });
            pending.removeIf(change -> task.zones().contains(change.zone()) && change.number() <= task.lastChange());
        }
        return task.asSettled();
    }

    private CertificateOrder carriedOut(CertificateOrder order) {
        if (order.timeline().succeeds()) {
            deploy(built(order));
        }
        return order.asSettled();
    }

    void retime(UnaryOperator<Timeline> change) {
        refreshes.replaceAll((id, task) -> task.on(change.apply(task.timeline())));
        orders.replaceAll((id, task) -> task.on(change.apply(task.timeline())));
    }

    private void deploy(Certificate certificate) {
        staged = staged.with(certificate);
        zones.forEach(zone -> deployed.put(zone, deployed(zone).with(certificate)));
    }

    private static Certificate built(CertificateOrder order) {
        return Certificates.madeUp(
                order.id(), "built", order.names(), order.timeline().end());
    }

    /** Everything staged is live in every zone, and has been for years. */
    void deployAll() {
        zones.forEach(zone -> deployed.put(zone, staged));
        refreshed.clear();
        pending.clear();
    }

    /** The owned zones an object counts in: its own, or those of the frontend or farm it hangs on; none for a detached route. */
    private Collection<String> zonesOf(Item item) {
        Item anchor = switch (item.kind().family()) {
            case frontend, farm -> item;
            case server ->
                staged.find(item.kind().sibling(Family.farm), item.parent()).orElse(null);
            case route ->
                staged.find(item.kind().sibling(Family.frontend), item.reference("frontendId"))
                        .orElse(null);
            case rule ->
                staged.find(item.kind().sibling(Family.route), item.parent()).orElse(null);
        };
        if (anchor == null) {
            return List.of();
        }
        if (anchor.kind().family() == Family.route) {
            return zonesOf(anchor);
        }
        String zone = anchor.text("zone");
        return zone.equals(ALL_ZONES) ? zones() : List.of(zone);
    }

    private void count(Collection<String> touched) {
        changes++;
        touched.forEach(zone -> pending.add(new PendingChange(changes, zone)));
    }
}
