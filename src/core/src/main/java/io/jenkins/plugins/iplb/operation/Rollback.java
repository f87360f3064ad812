package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.change.EnsureFarm;
import io.jenkins.plugins.iplb.change.EnsureFrontend;
import io.jenkins.plugins.iplb.change.EnsureServer;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Attributes;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.parameter.Value;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A record, inverted: what it made is removed, what it removed is made again, and what it changed is as it was. Several
 * changes of one object count as one. What somebody has changed since is not undone.
 */
public final class Rollback {
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("ensure-farm", Kind.FARM),
            Map.entry("set-stickiness", Kind.FARM),
            Map.entry("remove-farm", Kind.FARM),
            Map.entry("ensure-frontend", Kind.FRONTEND),
            Map.entry("dedicate-failover", Kind.FRONTEND),
            Map.entry("remove-frontend", Kind.FRONTEND),
            Map.entry("ensure-server", Kind.SERVER),
            Map.entry("remove-server", Kind.SERVER),
            Map.entry("add-route", Kind.ROUTE),
            Map.entry("remove-route", Kind.ROUTE),
            Map.entry("add-rule", Kind.RULE),
            Map.entry("remove-rule", Kind.RULE));
    private static final Set<String> CHANGE_NOTHING = Set.of(RefreshRequest.OPERATION);

    private final String service;
    private final boolean force;
    private final Map<String, Touched> objects = new LinkedHashMap<>();
    private final List<Wish> wishes = new ArrayList<>();

    private enum Kind {
        FARM("farmId", EnsureFarm.FIELDS),
        FRONTEND("frontendId", EnsureFrontend.FIELDS),
        SERVER("serverId", EnsureServer.FIELDS),
        ROUTE("routeId", null),
        RULE("ruleId", null);

        private final String id;
        private final Attributes attributes;

        Kind(String id, Attributes attributes) {
            this.id = id;
            this.attributes = attributes;
        }
    }

    /**
     * What became of one object.
     *
     * @param before as it was at first; JSON null when there was none
     * @param after as it was left; JSON null when there is none any more
     * @param last what was written of it last
     */
    private record Touched(Kind kind, JsonNode before, JsonNode after, RecordedEntry last) {
        private JsonNode id(Kind of) {
            return last.result().path(of.id);
        }

        private String protocol() {
            return last.wanted().path("protocol").asText();
        }

        private boolean wasMade() {
            return before.isNull();
        }

        private boolean wasRemoved() {
            return after.isNull();
        }
    }

    private Rollback(String service, boolean force) {
        this.service = service;
        this.force = force;
    }

    /**
     * What undoes these entries, all of one load balancer.
     *
     * @param entries in the order in which they were written
     * @param force whether to undo even what somebody has changed since
     * @param refresh whether to make it live
     * @throws IplbException for what cannot be undone, naming it
     */
    public static Operation.Configuring of(List<RecordedEntry> entries, boolean force, boolean refresh) {
        List<RecordedEntry> effective = entries.stream()
                .filter(entry -> !CHANGE_NOTHING.contains(entry.operation()))
                .filter(entry -> entry.calls().stream().anyMatch(RecordedCall::hadEffect))
                .toList();
        List<String> services =
                effective.stream().map(RecordedEntry::service).distinct().toList();
        if (services.size() != 1) {
            throw refused(
                    services.isEmpty()
                            ? "nothing in the record has changed anything"
                            : "the record is about several load balancers (%s): choose the entries of one"
                                    .formatted(String.join(", ", services)));
        }
        Rollback rollback = new Rollback(services.get(0), force);
        effective.forEach(rollback::touch);
        rollback.objects.values().forEach(rollback::undo);
        return new Operation.Configuring(
                services.get(0), List.copyOf(rollback.wishes), List.of(), Optional.empty(), refresh);
    }

    private void touch(RecordedEntry entry) {
        Kind kind = KINDS.get(entry.operation());
        if (kind == null) {
            throw refused("%s cannot be undone from a record".formatted(said(entry)));
        }
        if (entry.open() || entry.result().isNull()) {
            throw refused("%s did not come to its end: run it again, and undo it then".formatted(said(entry)));
        }
        String key = "%s %s %s %s"
                .formatted(
                        kind,
                        entry.wanted().path("protocol").asText(),
                        kind == Kind.SERVER ? entry.result().path(Kind.FARM.id) : "",
                        kind == Kind.RULE ? entry.id() : entry.result().path(kind.id));
        objects.merge(
                key,
                new Touched(kind, entry.before(), entry.after(), entry),
                (first, next) -> new Touched(kind, first.before(), next.after(), entry));
    }

    private void undo(Touched object) {
        if (object.wasMade() && object.wasRemoved()) {
            return;
        }
        switch (object.kind()) {
            case FARM -> farm(object);
            case FRONTEND -> frontend(object);
            case SERVER -> server(object);
            case ROUTE -> route(object);
            default -> rule(object);
        }
    }

    private void farm(Touched farm) {
        Fields named = about(farm).with("farm", farm.id(Kind.FARM).asText());
        if (farm.wasMade()) {
            wish("remove-farm", named, farm);
        } else if (farm.wasRemoved()) {
            Fields said = Kind.FARM.attributes.said(farm.before());
            String name = name(farm, said.get("name"));
            wish("ensure-farm", about(farm).with("farm", name).and(said.without("name")), farm);
            farm.before()
                    .path("servers")
                    .forEach(server -> wish(
                            "ensure-server",
                            about(farm)
                                    .with("farm", name)
                                    .with("zone", farm.before().path("zone"))
                                    .and(Kind.SERVER.attributes.said(server)),
                            farm.last()));
        } else {
            wish("ensure-farm", named.and(Kind.FARM.attributes.was(farm.before(), farm.after())), farm);
        }
    }

    private void frontend(Touched frontend) {
        Fields named =
                about(frontend).with("frontend", frontend.id(Kind.FRONTEND).asText());
        if (frontend.wasMade()) {
            wish("remove-frontend", named, frontend);
            return;
        }
        Fields said = frontend.wasRemoved()
                ? Kind.FRONTEND.attributes.said(frontend.before())
                : named.and(Kind.FRONTEND.attributes.was(frontend.before(), frontend.after()));
        JsonNode farm = said.get("farm");
        Fields meant = farm == null || farm.isNull()
                ? said
                : said.with("farm", reference(Kind.FARM, frontend.protocol(), farm.asText()));
        wish("ensure-frontend", about(frontend).and(meant), frontend);
    }

    private void server(Touched server) {
        Fields inside = about(server)
                .with(
                        "farm",
                        reference(
                                Kind.FARM,
                                server.protocol(),
                                server.id(Kind.FARM).asText()));
        Fields named = inside.with("server", server.id(Kind.SERVER).asText());
        if (server.wasMade()) {
            wish("remove-server", named, server);
        } else if (server.wasRemoved()) {
            wish("ensure-server", inside.and(Kind.SERVER.attributes.said(server.before())), server);
        } else {
            wish("ensure-server", named.and(Kind.SERVER.attributes.was(server.before(), server.after())), server);
        }
    }

    /** A route without a name is told by what it does, so that one that does something else is another one. */
    private void route(Touched route) {
        boolean isFoundByName = !route.wasMade()
                && !route.wasRemoved()
                && route.before().path("displayName").isTextual()
                && route.before().path("frontendId").equals(route.after().path("frontendId"));
        if (!route.wasRemoved() && !isFoundByName) {
            wish("remove-route", about(route).with("route", route.id(Kind.ROUTE).asText()), route);
        }
        if (!route.wasMade()) {
            Fields made = about(route).and(route(route.protocol(), route.before()));
            if (isFoundByName || route.wasRemoved()) {
                wish("add-route", made, route);
            } else {
                wish("add-route", made, route.last());
            }
        }
    }

    private Fields route(String protocol, JsonNode route) {
        Fields said = Fields.none().with("weight", route.path("weight").asInt());
        JsonNode frontend = route.path("frontendId");
        if (frontend.isIntegralNumber()) {
            said = said.with("frontend", reference(Kind.FRONTEND, protocol, frontend.asText()));
        }
        JsonNode action = route.path("action");
        said = switch (action.path("type").asText()) {
            case "farm" ->
                said.with(
                        "farm",
                        reference(Kind.FARM, protocol, action.path("target").asText()));
            case "redirect" -> said.with("redirect", action.path("target"));
            default -> said.with("reject", true);
        };
        if (action.path("status").isIntegralNumber()) {
            said = said.with("status", action.path("status"));
        }
        if (route.path("displayName").isTextual()) {
            said = said.with("name", route.path("displayName"));
        }
        List<JsonNode> rules = new ArrayList<>();
        route.path("rules").forEach(rule -> rules.add(RuleSpec.of(rule).fields().json()));
        return said.with("rules", rules);
    }

    private void rule(Touched rule) {
        String routeId = rule.id(Kind.ROUTE).asText();
        String key = "%s %s %s %s".formatted(Kind.ROUTE, rule.protocol(), "", routeId);
        if (objects.containsKey(key)) {
            return;
        }
        Fields on = about(rule).with("route", routeId);
        if (!rule.wasRemoved()) {
            wish("remove-rule", on.with("rule", rule.id(Kind.RULE).asText()), rule.last());
        }
        if (!rule.wasMade()) {
            JsonNode rules = rule.before().path("rules");
            (rules.isArray() ? rules : List.of(rule.before()))
                    .forEach(each -> wish(
                            "add-rule",
                            on.and(RuleSpec.of(each).fields())
                                    .withPresent(
                                            "name",
                                            Optional.of(each.path("displayName"))
                                                    .filter(JsonNode::isTextual)),
                            rule.last()));
        }
    }

    /** By its id; of one that is made again by its name, since it gets another id. */
    private String reference(Kind kind, String protocol, String id) {
        Touched other = objects.get("%s %s %s %s".formatted(kind, protocol, "", id));
        return other != null && other.wasRemoved() && !other.wasMade()
                ? name(other, other.before().path("displayName"))
                : id;
    }

    private static String name(Touched object, JsonNode name) {
        if (name == null || !name.isTextual()) {
            throw refused("%s cannot be undone: it had no name, by which it could be found again"
                    .formatted(said(object.last())));
        }
        return name.textValue();
    }

    private Fields about(Touched object) {
        return Fields.none().with("service", service).with("protocol", object.protocol());
    }

    private void wish(String operation, Fields given, Touched object) {
        Wish.all(Catalogue.named(operation), given, where(object.last()))
                .forEach(wish -> wishes.add(force ? wish : wish.onlyIf(new RecordedState(left(object)))));
    }

    /** One that no look at its object could hold back. */
    private void wish(String operation, Fields given, RecordedEntry entry) {
        wishes.addAll(Wish.all(Catalogue.named(operation), given, where(entry)));
    }

    /** What the record has made different, as it left it. */
    private static JsonNode left(Touched object) {
        if (object.wasRemoved()) {
            return NullNode.instance;
        }
        ObjectNode left = object.after().deepCopy();
        // Where rules are listed with their route they have no names.
        left.path("rules").forEach(rule -> ((ObjectNode) rule).remove("displayName"));
        if (!object.wasMade()) {
            object.before().properties().forEach(field -> {
                if (Value.normal(field.getValue()).equals(Value.normal(left.path(field.getKey())))) {
                    left.remove(field.getKey());
                }
            });
        }
        return left;
    }

    private static String where(RecordedEntry entry) {
        return "entry " + entry.id();
    }

    private static String said(RecordedEntry entry) {
        return "%s (%s)".formatted(where(entry), entry.headline());
    }

    private static IplbException refused(String why) {
        return new IplbException(FailureKind.REFUSED, why);
    }
}
