package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.FailoverIps;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Named;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.change.Comparison;
import io.jenkins.plugins.iplb.change.Rerouting;
import io.jenkins.plugins.iplb.operation.Deviation.State;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.parameter.Value;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Objects as records have left them, next to how they are now. */
final class LeftAndNow {
    private static final String NAME = "displayName";
    private static final String NETWORK = "vrackNetworkId";

    private final OvhSession ovh;
    private final Snapshot lb;
    private final List<LeftObject> objects;

    LeftAndNow(OvhSession ovh, Snapshot lb, LeftObjects left) {
        this.ovh = ovh;
        this.lb = lb;
        this.objects = left.all();
    }

    List<Deviation> deviations() {
        return objects.stream().flatMap(left -> deviation(left).stream()).toList();
    }

    private Optional<Deviation> deviation(LeftObject left) {
        return switch (left.kind()) {
            case ADDRESS -> address(left);
            case SERVICE -> service(left);
            case RULE -> rule(left);
            case CERTIFICATE -> certificate(left);
            default -> object(left);
        };
    }

    private Optional<Deviation> object(LeftObject left) {
        Optional<JsonNode> now = now(left);
        if (left.isGone()) {
            return now.map(there -> deviation(State.UNEXPECTED, left, there, List.of()));
        }
        if (now.isEmpty()) {
            return Optional.of(deviation(State.MISSING, left, left.object(), List.of()));
        }
        List<Difference> fields = left.kind() == RecordedKind.ROUTE
                ? new Comparison(lb, left.protocol()).ofRoutes(now.get(), left.object())
                : fields(left, now.get());
        return fields.isEmpty() ? Optional.empty() : Optional.of(deviation(State.DIFFERENT, left, now.get(), fields));
    }

    /** Networks of the vRack say themselves which farms are in them. */
    private List<Difference> fields(LeftObject left, JsonNode now) {
        boolean byNetwork = left.kind() == RecordedKind.FARM
                && objects.stream().anyMatch(each -> each.kind() == RecordedKind.NETWORK);
        JsonNode meant =
                byNetwork ? ((ObjectNode) left.object().deepCopy()).set(NETWORK, now.path(NETWORK)) : left.object();
        return new Comparison(lb, left.protocol()).differences(left.kind().attributes, now, meant);
    }

    private Optional<Deviation> address(LeftObject left) {
        IpBlock ip = IpBlock.parseAny("ip", left.last().wanted().path("ip").asText());
        String now = new FailoverIps(ovh).read(ip).service();
        Difference to =
                new Difference("to", Json.node(now), Value.normal(left.object().path(Rerouting.ROUTED_TO)));
        return different(left, to.before().equals(to.after()) ? List.of() : List.of(to));
    }

    private Optional<Deviation> service(LeftObject left) {
        return different(left, fields(left, Json.MAPPER.valueToTree(lb.loadBalancer())));
    }

    private Optional<Deviation> different(LeftObject left, List<Difference> fields) {
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(deviation(State.DIFFERENT, left, left.shown(), fields));
    }

    /** One of a route that the record does not know otherwise. */
    private Optional<Deviation> rule(LeftObject left) {
        List<RuleSpec> now = lb.routes(left.protocol()).stream()
                .filter(route -> route.routeId() == left.id(RecordedKind.ROUTE))
                .flatMap(route -> route.rules().stream().map(RuleSpec::of))
                .toList();
        List<RuleSpec> meant = new ArrayList<>();
        LeftObjects.rules(left.shown()).forEach(rule -> meant.add(RuleSpec.of(rule)));
        State wrong = left.isGone() ? State.UNEXPECTED : State.MISSING;
        boolean isWrong = left.isGone() ? meant.stream().anyMatch(now::contains) : !now.containsAll(meant);
        return isWrong ? Optional.of(deviation(wrong, left, left.shown(), List.of())) : Optional.empty();
    }

    /** What is in it, OVH may have renewed by itself. */
    private Optional<Deviation> certificate(LeftObject left) {
        return lb.certificates().stream().anyMatch(each -> each.id() == left.id())
                ? Optional.empty()
                : Optional.of(deviation(State.MISSING, left, left.object(), List.of()));
    }

    private Deviation deviation(State state, LeftObject left, JsonNode shown, List<Difference> fields) {
        return new Deviation(
                state, subject(left, shown), fields, Optional.of(left.last().id()));
    }

    private Subject subject(LeftObject left, JsonNode shown) {
        Long id = shown.path(left.kind().id).asLong(left.id());
        String name = LeftObject.name(left.kind(), shown);
        return switch (left.kind()) {
            case FARM -> Subject.of(Kind.FARM, name, id);
            case FRONTEND -> Subject.of(Kind.FRONTEND, name, id);
            case SERVER ->
                Subject.of(Kind.SERVER, name, id)
                        .in(whole(Kind.FARM, lb.farms(left.protocol()), left.id(RecordedKind.FARM)));
            case ROUTE ->
                Subject.of(Kind.ROUTE, name, id)
                        .in(whole(
                                Kind.FRONTEND,
                                lb.frontends(left.protocol()),
                                shown.path("frontendId").asLong()));
            case RULE ->
                Subject.of(Kind.RULE, said(shown))
                        .in(whole(Kind.ROUTE, lb.routes(left.protocol()), left.id(RecordedKind.ROUTE)));
            case ADDRESS ->
                Subject.of(
                        Kind.FAILOVER_IP,
                        left.last().wanted().path("ip").asText().replaceFirst("/32$", ""));
            case SERVICE -> Subject.of(Kind.SERVICE, lb.service());
            case NETWORK -> Subject.of(Kind.VRACK_NETWORK, name, id);
            case CERTIFICATE -> Subject.of(Kind.CERTIFICATE, name, id);
        };
    }

    private static String said(JsonNode rules) {
        return RuleSpec.of(LeftObjects.rules(rules).iterator().next()).toString();
    }

    /** Null for what is in none. */
    private static Subject whole(Kind kind, List<? extends Named> all, long id) {
        return id == 0
                ? null
                : Subject.of(
                        kind,
                        all.stream()
                                .filter(each -> each.id() == id)
                                .findFirst()
                                .map(Named::displayName)
                                .orElse(null),
                        id);
    }

    /** It by its id; else one that the record has not left, and that has its name. */
    private Optional<JsonNode> now(LeftObject left) {
        List<? extends Named> all = all(left);
        List<Long> known = objects.stream()
                .filter(other -> other.kind() == left.kind() && !other.isGone() && other.protocol() == left.protocol())
                .map(LeftObject::id)
                .toList();
        Optional<JsonNode> itself =
                all.stream().filter(each -> each.id() == left.id()).findFirst().map(Json.MAPPER::valueToTree);
        return itself.or(() -> all.stream()
                .filter(each -> !known.contains(each.id()))
                .<JsonNode>map(Json.MAPPER::valueToTree)
                .filter(each -> isNamesake(left, each))
                .findFirst());
    }

    private static boolean isNamesake(LeftObject left, JsonNode other) {
        if (left.kind() == RecordedKind.SERVER) {
            return other.path("address").equals(left.shown().path("address"))
                    && same(other.path("port"), left.shown().path("port"));
        }
        return left.shown().path(NAME).isTextual()
                && other.path(NAME).equals(left.shown().path(NAME))
                && same(other.path("zone"), left.shown().path("zone"))
                && same(other.path("frontendId"), left.shown().path("frontendId"));
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return Value.normal(one).equals(Value.normal(other));
    }

    private List<? extends Named> all(LeftObject left) {
        Protocol protocol = left.protocol();
        return switch (left.kind()) {
            case FARM -> lb.farms(protocol);
            case FRONTEND -> lb.frontends(protocol);
            case ROUTE -> lb.routes(protocol);
            case NETWORK -> lb.vrackNetworks();
            default -> {
                long farm = left.id(RecordedKind.FARM);
                yield lb.farms(protocol).stream().anyMatch(each -> each.farmId() == farm)
                        ? lb.servers(protocol, farm)
                        : List.<Named>of();
            }
        };
    }
}
