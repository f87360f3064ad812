package io.jenkins.plugins.iplb.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Certificate;
import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Frontend;
import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.api.Named;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Route;
import io.jenkins.plugins.iplb.api.RouteAction;
import io.jenkins.plugins.iplb.api.Server;
import io.jenkins.plugins.iplb.api.VrackNetwork;
import io.jenkins.plugins.iplb.change.EnsureFarm;
import io.jenkins.plugins.iplb.change.EnsureFrontend;
import io.jenkins.plugins.iplb.change.EnsureServer;
import io.jenkins.plugins.iplb.change.EnsureVrackNetwork;
import io.jenkins.plugins.iplb.change.SetService;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.Attributes;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a load balancer holds, in the words of a change file. */
final class Description {
    private final Contents lb;

    Description(Contents lb) {
        this.lb = lb;
    }

    String service() {
        return lb.service();
    }

    /** The load balancer itself; empty when nothing of it is known. */
    Optional<Told> settings() {
        return lb.loadBalancer().map(this::settings);
    }

    private Told settings(LoadBalancer found) {
        JsonNode there = Json.MAPPER.valueToTree(found);
        Map<String, Object> said = said(SetService.FIELDS, there);
        return new Told(
                0,
                Section.SETTINGS.name(),
                Optional.empty(),
                Optional.empty(),
                said,
                said,
                Map.of(),
                truth(SetService.FIELDS, there));
    }

    /** All that there is of a section that stands in no object. @param protocol empty for what is of all protocols */
    List<Told> all(Section section, Optional<Protocol> protocol) {
        return switch (section.kind()) {
            case FAILOVER_IP -> lb.ips().stream().map(Description::ip).toList();
            case VRACK_NETWORK ->
                named(
                        lb.networks(),
                        EnsureVrackNetwork.FIELDS,
                        network -> said(EnsureVrackNetwork.FIELDS, Json.MAPPER.valueToTree(network)),
                        (network, field) -> false,
                        network -> Map.of());
            case FARM -> farms(protocol.orElseThrow());
            case FRONTEND -> frontends(protocol.orElseThrow());
            default -> List.of();
        };
    }

    /** What a change file does not have, in a sentence each. */
    Stream<String> remarks(Section section, Optional<Protocol> protocol) {
        return switch (section.kind()) {
            case CERTIFICATE -> lb.certificates().stream().map(Description::remark);
            case FRONTEND ->
                lb.routes(protocol.orElseThrow()).stream()
                        .filter(Route::isDetached)
                        .map(route -> "%s route %d is on no frontend, and not in this file"
                                .formatted(protocol.orElseThrow().code(), route.routeId()));
            default -> Stream.empty();
        };
    }

    List<Certificate> certificates() {
        return lb.certificates();
    }

    private static String remark(Certificate certificate) {
        return "certificate %s (%s, until %s) is not in this file: OVH gives neither its text nor its key"
                .formatted(
                        Optional.ofNullable(certificate.displayName()).orElseGet(() -> Long.toString(certificate.id())),
                        certificate.subject(),
                        certificate.expireDate());
    }

    private static Told ip(String block) {
        return new Told(
                0, block, Optional.empty(), Optional.empty(), Map.of(), Map.of(), Map.of(), (field, said) -> false);
    }

    private List<Told> farms(Protocol protocol) {
        return named(
                lb.farms(protocol),
                EnsureFarm.FIELDS.on(protocol),
                farm -> said(EnsureFarm.FIELDS.on(protocol), Json.MAPPER.valueToTree(farm)),
                (farm, field) -> field.getKey().equals("vrackNetworkId")
                        && isNetwork(farm.vrackNetworkId(), field.getValue().asText()),
                farm -> Map.of("servers", servers(protocol, farm)));
    }

    private boolean isNetwork(Long there, String said) {
        List<VrackNetwork> meant =
                lb.networks().stream().filter(each -> each.isCalled(said)).toList();
        return meant.size() == 1 && Objects.equals(meant.get(0).vrackNetworkId(), there);
    }

    private List<Told> servers(Protocol protocol, Farm farm) {
        List<Server> all = lb.servers(protocol, farm.farmId());
        return all.stream()
                .map(server -> server(EnsureServer.FIELDS.on(protocol), server, all))
                .toList();
    }

    private static Told server(Attributes attributes, Server server, List<Server> all) {
        String at = at(server);
        boolean isAlone = all.stream()
                        .filter(each -> each.address().equals(server.address()))
                        .filter(each -> at.equals(server.address()) || at(each).equals(at))
                        .count()
                == 1;
        JsonNode there = Json.MAPPER.valueToTree(server);
        Map<String, Object> whole = said(attributes, there);
        Map<String, Object> said = new LinkedHashMap<>(whole);
        said.remove("address");
        if (isAlone && server.port() != null) {
            said.remove("port");
        }
        return new Told(
                server.serverId(),
                isAlone ? at : Long.toString(server.serverId()),
                Optional.ofNullable(server.displayName()),
                Optional.empty(),
                said,
                whole,
                Map.of(),
                truth(attributes, there));
    }

    /** Where it is reached: one without a port of its own is told by its address, so that it gets none. */
    private static String at(Server server) {
        return server.port() == null ? server.address() : server.address() + ":" + server.port();
    }

    private List<Told> frontends(Protocol protocol) {
        Attributes attributes = EnsureFrontend.FIELDS.on(protocol);
        return named(
                lb.frontends(protocol),
                attributes,
                frontend -> {
                    Map<String, Object> said = said(attributes, Json.MAPPER.valueToTree(frontend));
                    said.computeIfPresent("farm", (name, id) -> farm(protocol, (Long) id, frontend.zone()));
                    return said;
                },
                (frontend, field) -> isMeant(protocol, frontend, field),
                frontend -> protocol == Protocol.UDP ? Map.of() : Map.of("routes", routes(protocol, frontend)));
    }

    private boolean isMeant(Protocol protocol, Frontend frontend, Map.Entry<String, JsonNode> field) {
        String said = field.getValue().asText();
        return switch (field.getKey()) {
            case "farm" ->
                frontend.defaultFarmId() != null && isFarm(protocol, frontend.defaultFarmId(), frontend.zone(), said);
            case "defaultSslId" ->
                lb.certificates().stream()
                        .filter(each -> Objects.equals(frontend.defaultSslId(), each.id()))
                        .anyMatch(each -> Set.of(Long.toString(each.id()), String.valueOf(each.displayName()))
                                        .contains(said)
                                || each.hasFingerprint(said.replace(":", "").toLowerCase(Locale.ROOT)));
            default -> false;
        };
    }

    private boolean isFarm(Protocol protocol, long id, String zone, String said) {
        return said.equals(Long.toString(id))
                || Placeholders.escaped(said).equals(farm(protocol, id, zone).toString());
    }

    private List<Told> routes(Protocol protocol, Frontend frontend) {
        return lb.routes(protocol).stream()
                .filter(route -> route.isOn(frontend.frontendId()))
                .map(route -> route(protocol, route, frontend.zone()))
                .toList();
    }

    private Told route(Protocol protocol, Route route, String zone) {
        Map<String, Object> said = new LinkedHashMap<>();
        RouteAction action = route.action();
        switch (action.type()) {
            case "farm" -> said.put("farm", farm(protocol, Long.parseLong(action.target()), zone));
            case "redirect" -> said.put("redirect", text(action.target()));
            default -> said.put("reject", true);
        }
        if (action.status() != null && !action.type().equals("farm")) {
            said.put("status", action.status());
        }
        if (route.weight() != 0) {
            said.put("weight", route.weight());
        }
        if (!route.rules().isEmpty()) {
            said.put(
                    "rules",
                    route.rules().stream()
                            .map(RuleSpec::of)
                            .map(Description::rule)
                            .toList());
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        Optional.ofNullable(route.displayName()).ifPresent(name -> whole.put("name", text(name)));
        whole.putAll(said);
        return new Told(
                route.routeId(),
                Optional.ofNullable(route.displayName()).map(Description::text).orElse(""),
                Optional.ofNullable(route.displayName()),
                Optional.empty(),
                said,
                whole,
                Map.of(),
                (field, given) -> isSo(protocol, route, zone, Map.entry(field, given)));
    }

    /** @param field as it is meant */
    private boolean isSo(Protocol protocol, Route route, String zone, Map.Entry<String, JsonNode> field) {
        JsonNode given = field.getValue();
        RouteAction action = route.action();
        return switch (field.getKey()) {
            case "farm" ->
                action.type().equals("farm") && isFarm(protocol, Long.parseLong(action.target()), zone, given.asText());
            case "redirect" ->
                action.type().equals("redirect") && given.asText().equals(action.target());
            case "reject" -> action.type().equals("reject") == given.asBoolean();
            case "status" -> given.isNull() || given.asText().equals(String.valueOf(action.status()));
            case "weight" -> given.asInt() == route.weight();
            case "rules" ->
                rules(given).equals(route.rules().stream().map(RuleSpec::of).collect(Collectors.toSet()));
            default -> given.asText().equals(route.displayName());
        };
    }

    private static Set<RuleSpec> rules(JsonNode given) {
        Set<RuleSpec> rules = new HashSet<>();
        given.forEach(rule -> rules.add(RuleSpec.of(rule)));
        return rules;
    }

    /** In one line where that says the same. */
    private static Object rule(RuleSpec rule) {
        String line = rule.toString();
        return RuleSpec.parse("rule", line).equals(rule)
                ? text(line)
                : plain(rule.fields().json());
    }

    /** By its name where that is enough to find it. */
    private Object farm(Protocol protocol, long id, String zone) {
        List<Farm> all = lb.farms(protocol);
        return all.stream()
                .filter(farm -> farm.farmId() == id)
                .filter(farm -> isNameOnly(farm, all, zone))
                .findFirst()
                .<Object>map(farm -> text(farm.displayName()))
                .orElse(id);
    }

    private static boolean isNameOnly(Farm farm, List<Farm> all, String zone) {
        return canBeNamed(farm)
                && all.stream()
                                .filter(each -> farm.displayName().equals(each.displayName()))
                                .filter(each -> each == farm
                                        || zone == null
                                        || !zone.equals(farm.zone())
                                        || zone.equals(each.zone()))
                                .count()
                        == 1;
    }

    /**
     * By name; by id what has no name, or none that tells it in its zone.
     *
     * @param words what there is to say of one
     * @param meant whether a file's word for another object means the one that is there
     */
    private static <T extends Named> List<Told> named(
            List<T> all,
            Attributes attributes,
            Function<T, Map<String, Object>> words,
            BiPredicate<T, Map.Entry<String, JsonNode>> meant,
            Function<T, Map<String, List<Told>>> parts) {
        return all.stream()
                .map(object -> {
                    Map<String, Object> whole = words.apply(object);
                    Map<String, Object> said = new LinkedHashMap<>(whole);
                    said.remove("name");
                    boolean isNamed = canBeNamed(object) && isApart(object, all);
                    if (!isNamed && canBeNamed(object)) {
                        said.put("name", text(object.displayName()));
                    }
                    BiPredicate<String, JsonNode> truth = truth(attributes, Json.MAPPER.valueToTree(object));
                    return new Told(
                            object.id(),
                            isNamed ? text(object.displayName()) : Long.toString(object.id()),
                            Optional.ofNullable(object.displayName()),
                            Optional.ofNullable(object.zone()),
                            said,
                            whole,
                            parts.apply(object),
                            (field, given) -> meant.test(object, Map.entry(field, given)) || truth.test(field, given));
                })
                .toList();
    }

    private static <T extends Named> boolean isApart(T object, List<T> all) {
        List<T> namesakes = all.stream()
                .filter(each -> Objects.equals(each.displayName(), object.displayName()))
                .toList();
        return namesakes.stream().map(Named::zone).distinct().count() == namesakes.size();
    }

    private static boolean canBeNamed(Named object) {
        return object.displayName() != null && !object.displayName().strip().matches("\\d*");
    }

    /** What there is to say of an object, in the words of the file. */
    private static Map<String, Object> said(Attributes attributes, JsonNode there) {
        Map<String, Object> plain = new LinkedHashMap<>();
        attributes.said(there).json().properties().forEach(each -> plain.put(each.getKey(), plain(each.getValue())));
        return plain;
    }

    /** Of values as they are meant. */
    private static BiPredicate<String, JsonNode> truth(Attributes attributes, JsonNode there) {
        return (field, said) ->
                attributes.differing(Fields.none().with(field, said), there).isEmpty();
    }

    private static Object plain(JsonNode value) {
        if (value.isObject()) {
            Map<String, Object> all = new LinkedHashMap<>();
            value.properties().forEach(each -> all.put(each.getKey(), plain(each.getValue())));
            return all;
        }
        if (value.isArray()) {
            return Stream.iterate(0, place -> place < value.size(), place -> place + 1)
                    .map(place -> plain(value.get(place)))
                    .toList();
        }
        if (value.isIntegralNumber()) {
            return value.longValue();
        }
        return value.isBoolean() ? (Object) value.booleanValue() : text(value.asText());
    }

    private static String text(String given) {
        return Placeholders.escaped(given);
    }
}
