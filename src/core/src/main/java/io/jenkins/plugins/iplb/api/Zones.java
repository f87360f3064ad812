package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Zones of a load balancer: all of them, whichever these are, or some by their names. As JSON it is {@code "all"} or a
 * list of names.
 *
 * @param isAll whether it is all zones; then there are no names
 * @param names in lower case, each once, in the order in which they were given
 */
public record Zones(boolean isAll, List<String> names) {
    /** How people write all zones, and how OVH names them in a frontend or a farm. */
    private static final String ALL_NAME = "all";

    public static final Zones ALL = new Zones(true, List.of());
    public static final Zones NONE = new Zones(false, List.of());

    public Zones {
        names = names.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        if (isAll && !names.isEmpty()) {
            throw new IllegalArgumentException("All zones have no names: " + names);
        }
    }

    /** The zones of these names; {@link #ALL} where {@code all} is among them. */
    public static Zones of(Collection<String> names) {
        return names.stream().anyMatch(name -> name.strip().equalsIgnoreCase(ALL_NAME))
                ? ALL
                : new Zones(false, List.copyOf(names));
    }

    /** One zone, or {@link #ALL} for {@code all}. */
    public static Zones of(String name) {
        return of(List.of(name));
    }

    /** What a refresh covers that names these zones: {@link #ALL} where it names none. */
    public static Zones refreshed(Collection<String> names) {
        return names.isEmpty() ? ALL : of(names);
    }

    /** What {@link #toJson} has made. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Zones fromJson(JsonNode json) {
        return json.isTextual()
                ? of(json.textValue())
                : of(StreamSupport.stream(json.spliterator(), false)
                        .map(JsonNode::textValue)
                        .toList());
    }

    @JsonValue
    public Object toJson() {
        return isAll ? ALL_NAME : names;
    }

    /** The body of a request that refreshes them. @throws IllegalStateException for several: OVH takes one, or all */
    public Fields toBody() {
        if (isAll) {
            return Fields.none();
        }
        if (names.size() != 1) {
            throw new IllegalStateException("One request refreshes one zone or all: " + names);
        }
        return Fields.none().with("zone", names.get(0));
    }

    public boolean isNone() {
        return !isAll && names.isEmpty();
    }

    public boolean covers(String zone) {
        return isAll || names.contains(zone.toLowerCase(Locale.ROOT));
    }

    /** Whether all of those are among these. Only all zones cover all zones: which they are is not known here. */
    public boolean covers(Zones others) {
        return isAll || !others.isAll && names.containsAll(others.names);
    }

    public Zones and(Zones others) {
        return isAll || others.isAll
                ? ALL
                : new Zones(
                        false,
                        Stream.concat(names.stream(), others.names.stream()).toList());
    }

    /** These without those. All zones without some are still all: which are left is not known here. */
    public Zones minus(Zones others) {
        if (others.isAll) {
            return NONE;
        }
        Set<String> left = new LinkedHashSet<>(names);
        left.removeAll(others.names);
        return isAll ? ALL : new Zones(false, List.copyOf(left));
    }

    /** What the first of the refreshes covers that these zones take: all at once, or one zone. None of none. */
    public Zones first() {
        return isAll ? ALL : new Zones(false, names.stream().limit(1).toList());
    }

    /** As a person reads it: {@code all zones}, or {@code gra, rbx}. */
    @Override
    public String toString() {
        return isAll ? "all zones" : String.join(", ", names);
    }
}
