package io.jenkins.plugins.iplb.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.api.Zones;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * In which zones recorded calls count: those of the frontend or farm that was written, or that the written object belongs
 * to, before and after. What a call does not say is looked for in the records, then in the staged configuration.
 */
final class RecordedZones {
    private final Snapshot lb;
    private final RecordedHistory history;
    private final Map<String, String> current = new HashMap<>();

    RecordedZones(Snapshot lb, RecordedHistory history) {
        this.lb = lb;
        this.history = history;
        for (Protocol protocol : Protocol.values()) {
            lb.frontends(protocol).forEach(each -> current.put(key(protocol, "frontend", each.id()), each.zone()));
            lb.farms(protocol).forEach(each -> current.put(key(protocol, "farm", each.id()), each.zone()));
        }
    }

    /** The zones, which are none for a route that is on no frontend. Empty when they cannot be known. */
    Optional<Zones> of(RecordedHistory.Write write) {
        List<String> path = write.path();
        if (path.get(0).equals("ssl")) {
            // Certificates are in all zones, and their names for their owner alone.
            return Optional.of(write.call().method().equals("PUT") ? Zones.NONE : Zones.refreshed(List.of()));
        }
        Protocol protocol = protocol(path.get(0));
        if (protocol == null || path.size() < 2) {
            return Optional.empty();
        }
        String kind = path.get(1);
        return switch (kind) {
            case "frontend", "farm" ->
                path.size() > 3 ? zone(protocol, kind, path.get(2)).map(Zones::of) : ofAnchor(write, protocol, kind);
            case "route" -> path.size() > 3 ? ofRule(write, protocol) : ofRoute(write, protocol);
            default -> Optional.empty();
        };
    }

    private Optional<Zones> ofAnchor(RecordedHistory.Write write, Protocol protocol, String kind) {
        JsonNode before = write.entry().before();
        boolean exists = write.path().size() > 2;
        Zones zones = Zones.of(Stream.of(write.body(), exists ? before : write.body())
                .map(each -> each.path("zone").textValue())
                .filter(zone -> zone != null)
                .toList());
        if (!zones.isNone()) {
            return Optional.of(zones);
        }
        return exists ? zone(protocol, kind, write.path().get(2)).map(Zones::of) : Optional.empty();
    }

    private Optional<Zones> ofRoute(RecordedHistory.Write write, Protocol protocol) {
        JsonNode given = write.body().path("frontendId");
        boolean isNew = write.path().size() == 2;
        JsonNode before = write.entry().before();
        if (isNew || before.isNull()) {
            return zones(protocol, given);
        }
        Optional<Zones> left = zones(protocol, before.path("frontendId"));
        Optional<Zones> entered = zones(protocol, given);
        return left.flatMap(one -> entered.map(one::and));
    }

    /** A new route gets its rules while it is on no frontend; else they count where their route is. */
    private Optional<Zones> ofRule(RecordedHistory.Write write, Protocol protocol) {
        String routeId = write.path().get(2);
        RecordedEntry entry = write.entry();
        JsonNode before = entry.before();
        boolean toldByItsRoute = entry.operation().equals("add-route");
        if (toldByItsRoute) {
            return before.isNull() ? Optional.of(Zones.NONE) : zones(protocol, before.path("frontendId"));
        }
        Optional<String> frontend = frontendOfRoute(protocol, routeId);
        return frontend.isEmpty() && isOnNone(protocol, routeId)
                ? Optional.of(Zones.NONE)
                : frontend.flatMap(id -> zone(protocol, "frontend", id).map(Zones::of));
    }

    private boolean isOnNone(Protocol protocol, String routeId) {
        return lb.routes(protocol).stream()
                .anyMatch(route -> routeId.equals(Long.toString(route.routeId())) && route.isDetached());
    }

    private Optional<String> frontendOfRoute(Protocol protocol, String routeId) {
        Optional<String> recorded = history.frontendOf(key(protocol, "route", routeId));
        return recorded.or(() -> lb.routes(protocol).stream()
                .filter(route -> routeId.equals(Long.toString(route.routeId())) && !route.isDetached())
                .map(route -> route.frontendId().toString())
                .findFirst());
    }

    /** @param frontendId none for what is on no frontend */
    private Optional<Zones> zones(Protocol protocol, JsonNode frontendId) {
        return frontendId.isIntegralNumber()
                ? zone(protocol, "frontend", frontendId.asText()).map(Zones::of)
                : Optional.of(Zones.NONE);
    }

    /** Of a frontend or farm that is there, or that a record has seen before it was removed. */
    private Optional<String> zone(Protocol protocol, String kind, String id) {
        String key = key(protocol, kind, id);
        return Optional.ofNullable(current.get(key)).or(() -> history.zoneOf(key));
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
