package io.jenkins.plugins.iplb.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * In which zones recorded calls count: those of the frontend or farm that was written, or that what was written hangs on,
 * before and after. What a call does not say is looked for in the records, then in the staged configuration.
 */
final class RecordedZones {
    private final Snapshot lb;
    private final List<RecordedEntry> newestFirst;
    private final Map<String, String> current = new HashMap<>();

    RecordedZones(Snapshot lb, List<RecordedEntry> known) {
        this.lb = lb;
        this.newestFirst = new ArrayList<>(known);
        Collections.reverse(newestFirst);
        for (Protocol protocol : Protocol.values()) {
            lb.frontends(protocol).forEach(each -> current.put(key(protocol, "frontend", each.id()), each.zone()));
            lb.farms(protocol).forEach(each -> current.put(key(protocol, "farm", each.id()), each.zone()));
        }
    }

    /**
     * The zones, {@code all} among them for every zone; none for what is in no zone, such as a route that is on no
     * frontend. Empty when it cannot be known.
     */
    Optional<Set<String>> of(RecordedWrite write) {
        List<String> path = write.path();
        Protocol protocol = protocol(path.get(0));
        if (protocol == null || path.size() < 2) {
            return Optional.empty();
        }
        String kind = path.get(1);
        return switch (kind) {
            case "frontend", "farm" ->
                path.size() > 3 ? zone(protocol, kind, path.get(2)).map(Set::of) : ofAnchor(write, protocol, kind);
            case "route" -> path.size() > 3 ? ofRule(write, protocol) : ofRoute(write, protocol);
            default -> Optional.empty();
        };
    }

    private Optional<Set<String>> ofAnchor(RecordedWrite write, Protocol protocol, String kind) {
        Set<String> zones = new HashSet<>();
        JsonNode before = write.entry().before();
        boolean exists = write.path().size() > 2;
        Stream.of(write.body(), exists ? before : write.body())
                .map(each -> each.path("zone").textValue())
                .filter(zone -> zone != null)
                .forEach(zones::add);
        if (!zones.isEmpty()) {
            return Optional.of(zones);
        }
        return exists ? zone(protocol, kind, write.path().get(2)).map(Set::of) : Optional.empty();
    }

    private Optional<Set<String>> ofRoute(RecordedWrite write, Protocol protocol) {
        JsonNode given = write.body().path("frontendId");
        boolean isNew = write.path().size() == 2;
        JsonNode before = write.entry().before();
        if (isNew || before.isNull()) {
            return zones(protocol, given);
        }
        Optional<Set<String>> left = zones(protocol, before.path("frontendId"));
        Optional<Set<String>> entered = zones(protocol, given);
        return left.flatMap(one -> entered.map(other -> union(one, other)));
    }

    /** A new route gets its rules while it is on no frontend; else they count where their route is. */
    private Optional<Set<String>> ofRule(RecordedWrite write, Protocol protocol) {
        String routeId = write.path().get(2);
        RecordedEntry entry = write.entry();
        JsonNode before = entry.before();
        boolean toldByItsRoute = entry.operation().equals("add-route");
        if (toldByItsRoute) {
            return before.isNull() ? Optional.of(Set.of()) : zones(protocol, before.path("frontendId"));
        }
        return frontendOfRoute(protocol, routeId)
                .flatMap(id -> zone(protocol, "frontend", id).map(Set::of));
    }

    private Optional<String> frontendOfRoute(Protocol protocol, String routeId) {
        String end = key(protocol, "route", routeId);
        Optional<String> recorded = newestFirst.stream()
                .flatMap(entry -> entry.calls().stream())
                .filter(call -> call.hadEffect() && call.path().endsWith("/" + end) && call.body() != null)
                .map(call -> call.body().path("frontendId").asText(""))
                .filter(id -> !id.isEmpty())
                .findFirst();
        return recorded.or(() -> lb.routes(protocol).stream()
                .filter(route -> routeId.equals(Long.toString(route.routeId())) && !route.isDetached())
                .map(route -> route.frontendId().toString())
                .findFirst());
    }

    /** @param frontendId none for what is on no frontend */
    private Optional<Set<String>> zones(Protocol protocol, JsonNode frontendId) {
        return frontendId.isIntegralNumber()
                ? zone(protocol, "frontend", frontendId.asText()).map(Set::of)
                : Optional.of(Set.of());
    }

    /** Of a frontend or farm that is there, or that a record has seen before it was removed. */
    private Optional<String> zone(Protocol protocol, String kind, String id) {
        String key = key(protocol, kind, id);
        return Optional.ofNullable(current.get(key))
                .or(() -> newestFirst.stream()
                        .filter(entry -> entry.calls().stream()
                                .anyMatch(call -> call.path().endsWith("/" + key)))
                        .map(entry -> entry.before().path("zone").textValue())
                        .filter(zone -> zone != null)
                        .findFirst());
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    private static Protocol protocol(String code) {
        return Stream.of(Protocol.values())
                .filter(each -> each.code().equals(code))
                .findFirst()
                .orElse(null);
    }

    private static String key(Protocol protocol, String kind, Object id) {
        return protocol.code() + "/" + kind + "/" + id;
    }
}
