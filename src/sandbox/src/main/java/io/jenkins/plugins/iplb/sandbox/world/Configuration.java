package io.jenkins.plugins.iplb.sandbox.world;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
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

/** All frontends, farms, servers, routes and rules at one moment. Immutable: a snapshot costs nothing. */
public final class Configuration {
    public static final Configuration EMPTY = new Configuration(Collections.emptySortedMap());

    /** Reject and redirect routes first, then farm routes; within each by ascending weight, then oldest first. */
    private static final Comparator<Item> EVALUATION = Comparator.<Item, Boolean>comparing(
                    route -> route.targetFarm() != 0)
            .thenComparing(route -> route.fields().path("weight").asInt())
            .thenComparing(Item::id);

    private final SortedMap<Long, Item> items;

    private Configuration(SortedMap<Long, Item> items) {
        this.items = items;
    }

    @JsonCreator
    static Configuration of(List<Item> items) {
        return new Configuration(
                items.stream().collect(Collectors.toMap(Item::id, Function.identity(), (a, b) -> b, TreeMap::new)));
    }

    @JsonValue
    public Collection<Item> all() {
        return Collections.unmodifiableCollection(items.values());
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
        return new Configuration(copy);
    }

    /** Without an object and what hangs on it. */
    public Configuration without(Item item) {
        SortedMap<Long, Item> copy = new TreeMap<>(items);
        copy.values().removeIf(other -> other.id() == item.id() || other.parent() == item.id());
        return new Configuration(copy);
    }
}
