package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.Rerouting;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.parameter.Value;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A record, inverted: what it made is removed, what it removed is made again, and what it changed is as it was. Several
 * changes of one object count as one. What somebody has changed since is not undone.
 */
final class Inverse {
    private static final Map<String, Integer> USUAL_STATUS = Map.of("redirect", 302, "reject", 403);
    private static final String SERVERS = "servers";
    private static final String IN_NETWORK = "farmId";

    /** What is left of it does not matter. */
    private static final JsonNode ANYTHING = JsonNodeFactory.instance.objectNode();

    private final Rollback rollback;
    private final String service;
    private final Map<String, Touched> objects = new LinkedHashMap<>();
    private final List<Wish> wishes = new ArrayList<>();

    /**
     * What became of one object.
     *
     * @param before as it was at first; JSON null when there was none
     * @param after as it was left; JSON null when there is none any more
     * @param last what was written of it last
     */
    private record Touched(RecordedKind kind, JsonNode before, JsonNode after, RecordedEntry last) {
        private JsonNode id(RecordedKind of) {
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

        private boolean isMadeAgain() {
            return wasRemoved() && !wasMade();
        }
    }

    /** @param rollback what is undone, of which every entry has its end */
    Inverse(Rollback rollback) {
        this.rollback = rollback;
        this.service = rollback.service();
    }

    /** Whether it can be undone at all. */
    static boolean isOf(RecordedEntry entry) {
        return RecordedKind.of(entry)
                .filter(kind -> kind != RecordedKind.CERTIFICATE || canGo(entry))
                .isPresent();
    }

    /**
     * A certificate that nobody had before, and that no frontend shows for it: what they have shown is not on record. Of one
     * whose adding has failed there is no text any more to find it by.
     */
    private static boolean canGo(RecordedEntry certificate) {
        return certificate.before().isNull()
                && !certificate.result().isNull()
                && certificate.result().path("frontendIds").isEmpty();
    }

    /** @throws IplbException for what cannot be undone, naming it */
    Operation.Configuring configuring() {
        rollback.effective().stream().flatMap(RecordedKind::each).forEach(this::touch);
        objects.values().forEach(this::undo);
        return new Operation.Configuring(service, List.copyOf(wishes), List.of(), Optional.empty(), rollback.refresh());
    }

    private void touch(RecordedEntry entry) {
        if (!isOf(entry)) {
            throw Rollback.refused("%s cannot be undone from a record".formatted(Rollback.said(entry)));
        }
        RecordedKind kind = RecordedKind.of(entry).orElseThrow();
        objects.merge(
                kind.key(entry),
                new Touched(kind, entry.before(), entry.after(), entry),
                (first, next) -> new Touched(kind, withServers(first.before(), next.before()), next.after(), entry));
    }

    /** A farm that is removed has its servers with it, and only then. */
    private static JsonNode withServers(JsonNode first, JsonNode next) {
        return first.isNull() || !next.has(SERVERS)
                ? first
                : ((ObjectNode) first.deepCopy()).set(SERVERS, next.get(SERVERS));
    }

    private void undo(Touched object) {
        if (object.before().equals(object.after())) {
            return;
        }
        switch (object.kind()) {
            case FARM -> farm(object);
            case FRONTEND -> frontend(object);
            case SERVER -> server(object);
            case ROUTE -> route(object);
            case ADDRESS -> address(object);
            case SERVICE -> service(object);
            case NETWORK -> network(object);
            case CERTIFICATE -> certificate(object);
            default -> rule(object);
        }
    }

    /** It can go again, and not come again: nobody keeps its key. */
    private void certificate(Touched certificate) {
        wish(
                "remove-certificate",
                Fields.none()
                        .with("service", service)
                        .with(
                                "certificate",
                                certificate.id(RecordedKind.CERTIFICATE).asText()),
                certificate.last());
    }

    private void farm(Touched farm) {
        String id = farm.id(RecordedKind.FARM).asText();
        Fields named = about(farm).with("farm", id);
        if (farm.wasMade()) {
            wish("remove-farm", named, farm);
        } else if (farm.wasRemoved()) {
            Fields said = inNetwork(RecordedKind.FARM.attributes.said(farm.before()));
            String name = name(farm, said.get("name"));
            wish("ensure-farm", about(farm).with("farm", name).and(said.without("name")), farm);
            servers(
                    farm,
                    about(farm).with("farm", name).with("zone", farm.before().path("zone")));
        } else {
            wish(
                    "ensure-farm",
                    named.and(inNetwork(RecordedKind.FARM.attributes.was(farm.before(), farm.after()))),
                    farm);
            servers(farm, named);
        }
    }

    /** Those that went with it; what the record says of one by itself is undone by itself. */
    private void servers(Touched farm, Fields inside) {
        farm.before().path(SERVERS).forEach(server -> {
            boolean isThere = StreamSupport.stream(farm.after().path(SERVERS).spliterator(), false)
                    .anyMatch(other -> other.path(RecordedKind.SERVER.id).equals(server.path(RecordedKind.SERVER.id)));
            Touched own = objects.get(RecordedKind.SERVER.key(
                    farm.protocol(), farm.id(RecordedKind.FARM), server.path(RecordedKind.SERVER.id)));
            if (own == null && !isThere) {
                wish("ensure-server", inside.and(RecordedKind.SERVER.attributes.said(server)), farm.last());
            }
        });
    }

    private void frontend(Touched frontend) {
        Fields named = about(frontend)
                .with("frontend", frontend.id(RecordedKind.FRONTEND).asText());
        if (frontend.wasMade()) {
            wish("remove-frontend", named, frontend);
            return;
        }
        Fields said = frontend.wasRemoved()
                ? RecordedKind.FRONTEND.attributes.said(frontend.before())
                : named.and(RecordedKind.FRONTEND.attributes.was(frontend.before(), frontend.after()));
        JsonNode farm = said.get("farm");
        Fields meant = farm == null || farm.isNull()
                ? said
                : said.with("farm", reference(RecordedKind.FARM, frontend.protocol(), farm.asText()));
        wish("ensure-frontend", about(frontend).and(meant), frontend, lead(frontend.protocol(), farm));
    }

    private void server(Touched server) {
        String farm = server.id(RecordedKind.FARM).asText();
        Fields inside = about(server)
                .with("farm", reference(RecordedKind.FARM, server.protocol(), farm))
                .withPresent("zone", zone(RecordedKind.FARM, server.protocol(), farm));
        Fields named = inside.with("server", server.id(RecordedKind.SERVER).asText());
        Optional<Touched> instead = madeInstead(server);
        if (server.wasMade()) {
            boolean stays = objects.values().stream()
                    .anyMatch(other -> madeInstead(other).filter(server::equals).isPresent());
            if (!stays) {
                wish("remove-server", named, server);
            }
        } else if (instead.isPresent()) {
            Touched there = instead.get();
            Fields was = RecordedKind.SERVER.attributes.was(server.before(), there.after());
            wish(
                    "ensure-server",
                    inside.with("server", there.id(RecordedKind.SERVER).asText())
                            .and(was),
                    there);
        } else if (server.wasRemoved() || isMadeAgain(RecordedKind.FARM, server.protocol(), farm)) {
            wish("ensure-server", inside.and(RecordedKind.SERVER.attributes.said(server.before())), server.last());
        } else {
            wish(
                    "ensure-server",
                    named.and(RecordedKind.SERVER.attributes.was(server.before(), server.after())),
                    server);
        }
    }

    /** What was made in the place of a server that had no port of its own: at its address it would be found for it. */
    private Optional<Touched> madeInstead(Touched server) {
        if (server.kind() != RecordedKind.SERVER
                || !server.isMadeAgain()
                || !server.before().path("port").isNull()) {
            return Optional.empty();
        }
        return objects.values().stream()
                .filter(other -> other.kind() == RecordedKind.SERVER && other.wasMade() && !other.wasRemoved())
                .filter(other -> other.protocol().equals(server.protocol())
                        && other.id(RecordedKind.FARM).equals(server.id(RecordedKind.FARM))
                        && other.after().path("address").equals(server.before().path("address")))
                .findFirst();
    }

    /** A route without a name is told by what it does, so that one that does something else is another one. */
    private void route(Touched route) {
        boolean isFoundByName = !route.wasMade()
                && !route.wasRemoved()
                && route.before().path("displayName").isTextual()
                && route.before().path("frontendId").equals(route.after().path("frontendId"));
        if (!route.wasRemoved() && !isFoundByName) {
            wish(
                    "remove-route",
                    about(route).with("route", route.id(RecordedKind.ROUTE).asText()),
                    route);
        }
        if (!route.wasMade()) {
            Fields made = about(route).and(route(route.protocol(), route.before()));
            Optional<RecordedLead> lead = lead(route.protocol(), route.before().at("/action/target"));
            if (isFoundByName) {
                wish("add-route", made.withPresent("status", statusToReset(route)), route, lead);
            } else if (route.wasRemoved()) {
                wish("add-route", made, route, lead);
            } else {
                wish("add-route", made, route.last(), ANYTHING, lead);
            }
        }
    }

    /** What OVH answers with when nothing is said: with nothing the one that is there would stay. */
    private static Optional<Integer> statusToReset(Touched route) {
        JsonNode before = route.before().path("action");
        JsonNode after = route.after().path("action");
        return before.path("status").isIntegralNumber() || !after.path("status").isIntegralNumber()
                ? Optional.empty()
                : Optional.ofNullable(USUAL_STATUS.get(before.path("type").asText()));
    }

    private Fields route(String protocol, JsonNode route) {
        Fields said = Fields.none().with("weight", route.path("weight").asInt());
        JsonNode frontend = route.path("frontendId");
        if (frontend.isIntegralNumber()) {
            said = said.with("frontend", reference(RecordedKind.FRONTEND, protocol, frontend.asText()))
                    .withPresent("zone", zone(RecordedKind.FRONTEND, protocol, frontend.asText()));
        }
        JsonNode action = route.path("action");
        said = switch (action.path("type").asText()) {
            case "farm" ->
                said.with(
                        "farm",
                        reference(
                                RecordedKind.FARM,
                                protocol,
                                action.path("target").asText()));
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
        String routeId = rule.id(RecordedKind.ROUTE).asText();
        if (objects.containsKey(RecordedKind.ROUTE.key(rule.protocol(), "", routeId))) {
            return;
        }
        Fields on = about(rule).with("route", routeId);
        if (!rule.wasRemoved()) {
            wish("remove-rule", on.with("rule", rule.id(RecordedKind.RULE).asText()), rule.last());
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

    /** Back to where it was routed, or to nowhere. */
    private void address(Touched address) {
        JsonNode ip = address.last().wanted().path("ip");
        JsonNode back = address.before().path(Rerouting.ROUTED_TO);
        JsonNode from = address.after().path(Rerouting.ROUTED_TO);
        if (back.isTextual()) {
            wish("move-failover", Fields.none().with("ip", ip).with("to", back), address);
        } else if (from.isTextual()) {
            wish("park-failover", Fields.none().with("service", from).with("ip", ip), address);
        }
    }

    private void service(Touched loadBalancer) {
        wish(
                "set-service",
                Fields.none()
                        .with("service", service)
                        .and(RecordedKind.SERVICE.attributes.was(loadBalancer.before(), loadBalancer.after())),
                loadBalancer);
    }

    private void network(Touched network) {
        Fields named = Fields.none()
                .with("service", service)
                .with("network", network.id(RecordedKind.NETWORK).asText());
        JsonNode farms = network.before().path(IN_NETWORK);
        if (network.wasMade()) {
            if (!network.after().path(IN_NETWORK).isEmpty()) {
                wish("ensure-vrack-network", named.with("farms", Parameter.NONE), network.last());
            }
            wish("remove-vrack-network", named, network);
        } else if (network.wasRemoved()) {
            wish(
                    "ensure-vrack-network",
                    Fields.none()
                            .with("service", service)
                            .with("network", name(network, network.before().path("displayName")))
                            .and(RecordedKind.NETWORK.attributes.said(network.before())),
                    network);
        } else {
            Fields was = named.and(RecordedKind.NETWORK.attributes.was(network.before(), network.after()));
            wish(
                    "ensure-vrack-network",
                    farms.equals(network.after().path(IN_NETWORK)) ? was : was.with("farms", farms(farms)),
                    network);
        }
    }

    private Object farms(JsonNode inside) {
        List<String> farms = StreamSupport.stream(inside.spliterator(), false)
                .map(farm -> reference(
                        RecordedKind.FARM,
                        farm.path("type").asText(),
                        farm.path("id").asText()))
                .toList();
        return farms.isEmpty() ? Parameter.NONE : farms;
    }

    /** One that is made again gets another id; its subnet stays. */
    private Fields inNetwork(Fields farm) {
        JsonNode id = farm.get("vrackNetworkId");
        Touched network = id == null ? null : objects.get(RecordedKind.NETWORK.key("", "", id));
        return network == null || !network.isMadeAgain()
                ? farm
                : farm.with("vrackNetworkId", network.before().path("subnet"));
    }

    /** By its id; of one that is made again by its name, since it gets another id. */
    private String reference(RecordedKind kind, String protocol, String id) {
        return isMadeAgain(kind, protocol, id)
                ? name(
                        objects.get(kind.key(protocol, "", id)),
                        objects.get(kind.key(protocol, "", id)).before().path("displayName"))
                : id;
    }

    /** Where one is that is made again: there may be others of its name elsewhere. */
    private Optional<JsonNode> zone(RecordedKind kind, String protocol, String id) {
        return Optional.of(kind)
                .filter(each -> isMadeAgain(each, protocol, id))
                .map(each -> objects.get(each.key(protocol, "", id)).before().path("zone"));
    }

    private Optional<RecordedLead> lead(String protocol, JsonNode farmId) {
        return Optional.ofNullable(farmId)
                .map(JsonNode::asText)
                .filter(id -> isMadeAgain(RecordedKind.FARM, protocol, id))
                .map(id -> objects.get(RecordedKind.FARM.key(protocol, "", id)).before())
                .map(farm -> new RecordedLead(
                        Protocol.parse(protocol),
                        farm.path("displayName").asText(),
                        farm.path("zone").asText()));
    }

    private boolean isMadeAgain(RecordedKind kind, String protocol, String id) {
        Touched other = objects.get(kind.key(protocol, "", id));
        return other != null && other.isMadeAgain();
    }

    private static String name(Touched object, JsonNode name) {
        if (name == null || !name.isTextual()) {
            throw Rollback.refused("%s cannot be undone: it had no name, by which it could be found again"
                    .formatted(Rollback.said(object.last())));
        }
        return name.textValue();
    }

    private Fields about(Touched object) {
        return Fields.none().with("service", service).with("protocol", object.protocol());
    }

    private void wish(String operation, Fields given, Touched object) {
        wish(operation, given, object, Optional.empty());
    }

    private void wish(String operation, Fields given, Touched object, Optional<RecordedLead> lead) {
        wish(operation, given, object.last(), rollback.force() ? ANYTHING : left(object), lead);
    }

    /** One that no look at its object could hold back. */
    private void wish(String operation, Fields given, RecordedEntry entry) {
        wish(operation, given, entry, ANYTHING, Optional.empty());
    }

    private void wish(String operation, Fields given, RecordedEntry entry, JsonNode left, Optional<RecordedLead> lead) {
        Wish.all(Catalogue.named(operation), given, Rollback.where(entry))
                .forEach(wish -> wishes.add(
                        wish.onlyIf(new RecordedState(entry.id(), left)).onlyTo(lead)));
    }

    /** What the record has made different, as it left it. */
    private static JsonNode left(Touched object) {
        if (object.wasRemoved()) {
            return NullNode.instance;
        }
        ObjectNode left = object.after().deepCopy();
        // What came with it has entries of its own, or is a part of it that OVH fills in.
        left.remove(SERVERS);
        if (object.kind() == RecordedKind.NETWORK && object.wasMade()) {
            left.remove(IN_NETWORK);
        }
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
}
