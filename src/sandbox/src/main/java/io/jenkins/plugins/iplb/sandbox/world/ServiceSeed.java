package io.jenkins.plugins.iplb.sandbox.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * A hand on one service: sets it up before a test and looks at it after, past the API. Objects take the same field
 * names and values as a POST.
 *
 * <pre>{@code
 * ServiceSeed shop = world.service("loadbalancer-1").zones("gra", "rbx");
 * long farm = shop.add("tcp/farm", Map.of("zone", "all", "displayName", "web"));
 * shop.add("tcp/server", farm, Map.of("address", "192.0.2.10", "status", "active"));
 * shop.add("tcp/frontend", Map.of("zone", "all", "port", "443", "ssl", true, "defaultFarmId", farm));
 * shop.deployed();
 * }</pre>
 */
public final class ServiceSeed {
    private final World world;
    private final LoadBalancer service;

    ServiceSeed(World world, LoadBalancer service) {
        this.world = world;
        this.service = service;
    }

    public String name() {
        return service.name();
    }

    public ServiceSeed zones(String... zones) {
        return world.inside(() -> {
            service.zones(List.of(zones));
            return this;
        });
    }

    /** A service-level field, such as {@code displayName}, {@code vrackName} or {@code state}. */
    public ServiceSeed property(String name, Object value) {
        return world.inside(() -> {
            service.properties().set(name, Json.of(value));
            return this;
        });
    }

    public ServiceSeed displayName(String displayName) {
        return property("displayName", displayName);
    }

    /**
     * Stages an object.
     *
     * @param kind such as {@code tcp/frontend}, {@code http/farm}, {@code tcp/route}
     * @return its id
     */
    public long add(String kind, Map<String, ?> fields) {
        return add(kind, 0, fields);
    }

    /** @param parent the farm of a {@code tcp/server}, the route of a {@code tcp/rule} */
    public long add(String kind, long parent, Map<String, ?> fields) {
        return world.inside(() -> {
            Item item = Items.create(Kind.parse(kind), world.newId(), parent, (ObjectNode) Json.of(fields));
            service.stage(item);
            return item.id();
        });
    }

    /** What an instance sees of a server: no change that anybody makes, and so nothing pending. */
    public ServiceSeed serverState(String kind, long id, Map<String, ?> state) {
        return world.inside(() -> {
            Item server = service.staged().find(Kind.parse(kind), id).orElseThrow();
            ObjectNode fields = server.fields().deepCopy();
            fields.putArray("serverState").add(Json.of(state));
            service.observe(server.with(fields));
            return this;
        });
    }

    /** Changes fields of a staged object, as a person in the Control Panel would. */
    public ServiceSeed alter(String kind, long id, Map<String, ?> fields) {
        return world.inside(() -> {
            Item item = service.staged().find(Kind.parse(kind), id).orElseThrow();
            service.stage(item.with(item.fields().deepCopy().setAll((ObjectNode) Json.of(fields))));
            return this;
        });
    }

    /** Removes a staged object and what hangs on it, as a person in the Control Panel would. */
    public ServiceSeed remove(String kind, long id) {
        return world.inside(() -> {
            service.staged().find(Kind.parse(kind), id).ifPresent(service::remove);
            return this;
        });
    }

    /** A certificate; returns its id. */
    public long certificate(String subject) {
        return world.inside(() -> {
            long id = world.newId();
            service.stage(Certificates.madeUp(id, "custom", List.of(subject), world.now()));
            return id;
        });
    }

    /** One that is known elsewhere: its id, its name and the names that it is for. */
    public ServiceSeed certificate(long id, String displayName, List<String> names) {
        return world.inside(() -> {
            Certificate certificate = Certificates.madeUp(id, "custom", names, world.now());
            service.stage(certificate.shown(certificate.shown().deepCopy().put("displayName", displayName)));
            return this;
        });
    }

    /** As they are staged. */
    public List<Certificate> certificates() {
        return world.inside(() -> List.copyOf(service.staged().certificates()));
    }

    /** A private network of the vRack without a name; returns its id. */
    public long vrackNetwork(String subnet, String natIp, int vlan) {
        return vrackNetwork(null, subnet, natIp, vlan);
    }

    public long vrackNetwork(String name, String subnet, String natIp, int vlan) {
        return world.inside(() -> {
            long id = world.newId();
            service.vrackNetworks()
                    .put(
                            id,
                            Json.object()
                                    .put("vrackNetworkId", id)
                                    .put("displayName", name)
                                    .put("subnet", subnet)
                                    .put("natIp", natIp)
                                    .put("vlan", vlan));
            return id;
        });
    }

    /**
     * Makes everything staged live in every zone, as it has been for years: nothing is pending after it, and no frontend
     * has what takes a refresh of today.
     */
    public ServiceSeed deployed() {
        return world.inside(() -> {
            service.deployAll();
            return this;
        });
    }

    public List<Item> staged(String kind) {
        return world.inside(() -> service.staged().ofKind(Kind.parse(kind)).toList());
    }

    /**
     * The id of the staged object with that display name.
     *
     * @throws NoSuchElementException when there is none
     */
    public long id(String kind, String displayName) {
        return staged(kind).stream()
                .filter(item -> item.text("displayName").equals(displayName))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no " + kind + " is called " + displayName))
                .id();
    }

    public List<Item> live(String zone, String kind) {
        return world.inside(
                () -> service.deployed(zone).ofKind(Kind.parse(kind)).toList());
    }

    /** Zones with staged changes, and how many. */
    public Map<String, Integer> pending() {
        return world.inside(service::pendingByZone);
    }

    public List<RefreshTask> refreshes() {
        return world.inside(() -> List.copyOf(service.refreshes()));
    }

    /** From now on there is so much traffic in a zone, in each second. */
    public ServiceSeed traffic(String zone, double connections, double requests) {
        return world.inside(() -> {
            world.meters().flow(name(), zone, Meters.Counter.connections, connections, world.now());
            world.meters().flow(name(), zone, Meters.Counter.requests, requests, world.now());
            return this;
        });
    }

    /** A refresh that somebody else ordered, of these zones; of all when none is named. */
    public RefreshTask refresh(String... zones) {
        return world.inside(() ->
                world.startRefresh(service, zones.length == 0 ? service.zones() : List.of(zones), TaskEnding.done));
    }
}
