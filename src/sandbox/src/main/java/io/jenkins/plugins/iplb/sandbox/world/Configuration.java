package io.jenkins.plugins.iplb.sandbox.world;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All frontends, farms, servers, routes, rules and certificates at one moment. Immutable: a snapshot costs nothing. */
public final class Configuration {
    public static final Configuration EMPTY =
            new Configuration(Collections.emptySortedMap(), Collections.emptySortedMap());

    /** Reject and redirect routes first, then farm routes; within each by ascending weight, then oldest first. */
    private static final Comparator<Item> EVALUATION = Comparator.<Item, Boolean>comparing(
                    route -> route.targetFarm() != 0)
            .thenComparing(route -> route.fields().path("weight").asInt())
            .thenComparing(Item::id);

    private final SortedMap<Long, Item> items;
    private final SortedMap<Long, Certificate> certificates;

    private Configuration(SortedMap<Long, Item> items, SortedMap<Long, Certificate> certificates) {
        this.items = items;
        this.certificates = certificates;
    }

    @JsonCreator
    static Configuration of(
            @JsonProperty("items") List<Item> items, @JsonProperty("certificates") List<Certificate> certificates) {
        return new Configuration(byId(items, Item::id), byId(certificates, Certificate::id));
    }

    private static <T> SortedMap<Long, T> byId(List<T> all, Function<T, Long> id) {
        return all.stream().collect(Collectors.toMap(id, Function.identity(), (a, b) -> b, TreeMap::new));
    }

    @JsonProperty("items")
    public Collection<Item> all() {
        return Collections.unmodifiableCollection(items.values());
    }

    @JsonProperty("certificates")
    public Collection<Certificate> certificates() {
        return Collections.unmodifiableCollection(certificates.values());
    }

    public Optional<Certificate> certificate(long id) {
        return Optional.ofNullable(certificates.get(id));
    }

    public Optional<Item> find(Kind kind, long id) {
        return Optional.ofNullable(items.get(id)).filter(item -> item.kind().equals(kind));
    }

    public Stream<Item> ofKind(Kind kind) {
        return items.values().stream().filter(item -> item.kind().equals(kind));
    }

    public Stream<Item> ofFamily(Family family) {
        return items.values().stream().filter(item -> item.kind().family() == family);
    }

    /** Servers of a farm, rules of a route: oldest first. */
    public Stream<Item> children(Item parent) {
        return items.values().stream().filter(item -> item.parent() == parent.id());
    }

    /** A frontend's routes, or all routes of a protocol, in the order in which they are evaluated. */
    public Stream<Item> routes(Protocol protocol) {
        return ofKind(new Kind(protocol, Family.route)).sorted(EVALUATION);
    }

    public Configuration with(Item item) {
        SortedMap<Long, Item> copy = new TreeMap<>(items);
        copy.put(item.id(), item);
        return new Configuration(copy, certificates);
    }

    /** Without an object and what hangs on it. */
    public Configuration without(Item item) {
        SortedMap<Long, Item> copy = new TreeMap<>(items);
        copy.values().removeIf(other -> other.id() == item.id() || other.parent() == item.id());
        return new Configuration(copy, certificates);
    }

    /** The same with no more of certificates than what the API says of them. */
    public Configuration withoutKeys() {
        SortedMap<Long, Certificate> shown = new TreeMap<>();
        certificates.forEach((id, certificate) -> shown.put(id, new Certificate(id, certificate.shown(), null, null)));
        return new Configuration(items, shown);
    }

    Configuration with(Certificate certificate) {
        SortedMap<Long, Certificate> copy = new TreeMap<>(certificates);
        copy.put(certificate.id(), certificate);
        return new Configuration(items, copy);
    }

    Configuration withoutCertificate(long id) {
        SortedMap<Long, Certificate> copy = new TreeMap<>(certificates);
        copy.remove(id);
        return new Configuration(items, copy);
    }
}
