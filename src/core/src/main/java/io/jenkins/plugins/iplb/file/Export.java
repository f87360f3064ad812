package io.jenkins.plugins.iplb.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Frontend;
import io.jenkins.plugins.iplb.api.Named;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Route;
import io.jenkins.plugins.iplb.api.RouteAction;
import io.jenkins.plugins.iplb.api.Server;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.change.EnsureFarm;
import io.jenkins.plugins.iplb.change.EnsureFrontend;
import io.jenkins.plugins.iplb.change.EnsureServer;
import io.jenkins.plugins.iplb.change.EnsureVrackNetwork;
import io.jenkins.plugins.iplb.change.SetService;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.Attributes;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** The change file that says what is there, so that planning it finds nothing to do. */
public final class Export {
    private static final DumpSettings BLOCKS = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .build();

    private final Contents lb;
    private final List<String> remarks = new ArrayList<>();

    private Export(Contents lb, List<String> remarks) {
        this.lb = lb;
        this.remarks.addAll(remarks);
    }

    /** Reads what is staged on a load balancer: one read for each list, and one for the servers of each farm. */
    public static String of(Snapshot lb) {
        return of(Contents.of(lb), List.of());
    }

    /** @param remarks comments, before everything else */
    static String of(Contents contents, List<String> remarks) {
        return new Export(contents, remarks).text();
    }

    private String text() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(StateReader.LOAD_BALANCER, lb.service());
        lb.loadBalancer()
                .map(found -> said(SetService.FIELDS, found))
                .ifPresent(settings -> putIfAny(document, Section.SETTINGS.name(), settings));
        putIfAny(document, "ips", ips());
        putIfAny(document, "networks", named(lb.networks(), network -> said(EnsureVrackNetwork.FIELDS, network)));
        lb.certificates()
                .forEach(certificate -> remarks.add(
                        "certificate %s (%s, until %s) is not in this file: OVH gives neither its text nor its key"
                                .formatted(
                                        Optional.ofNullable(certificate.displayName())
                                                .orElseGet(() -> Long.toString(certificate.id())),
                                        certificate.subject(),
                                        certificate.expireDate())));
        for (Protocol protocol : Protocol.values()) {
            Map<String, Object> family = new LinkedHashMap<>();
            putIfAny(family, "farms", farms(protocol));
            putIfAny(family, "frontends", frontends(protocol));
            putIfAny(document, protocol.code(), family);
        }
        String remarked = remarks.stream().map("# %s%n"::formatted).collect(Collectors.joining());
        return remarked + new Dump(BLOCKS).dumpToString(document);
    }

    private static void putIfAny(Map<String, Object> object, String name, Map<String, Object> part) {
        if (!part.isEmpty()) {
            object.put(name, part);
        }
    }

    private Map<String, Object> ips() {
        Map<String, Object> ips = new LinkedHashMap<>();
        lb.ips().forEach(ip -> ips.put(ip, null));
        return ips;
    }

    private Map<String, Object> farms(Protocol protocol) {
        return named(lb.farms(protocol), farm -> {
            Map<String, Object> said = said(EnsureFarm.FIELDS.on(protocol), farm);
            putIfAny(said, "servers", servers(protocol, farm));
            return said;
        });
    }

    private Map<String, Object> servers(Protocol protocol, Farm farm) {
        List<Server> all = lb.servers(protocol, farm.farmId());
        Map<String, Object> servers = new LinkedHashMap<>();
        for (Server server : all) {
            String at = at(server);
            boolean isAlone = all.stream()
                            .filter(each -> each.address().equals(server.address()))
                            .filter(each -> at.equals(server.address()) || at(each).equals(at))
                            .count()
                    == 1;
            Map<String, Object> said = said(EnsureServer.FIELDS.on(protocol), server);
            said.remove("address");
            if (isAlone && server.port() != null) {
                said.remove("port");
            }
            servers.put(isAlone ? at : Long.toString(server.serverId()), said.isEmpty() ? null : said);
        }
        return servers;
    }

    /** Where it is reached: one without a port of its own is told by its address, so that it gets none. */
    private static String at(Server server) {
        return server.port() == null ? server.address() : server.address() + ":" + server.port();
    }

    private Map<String, Object> frontends(Protocol protocol) {
        Map<String, Object> frontends = named(lb.frontends(protocol), frontend -> {
            Map<String, Object> said = said(EnsureFrontend.FIELDS.on(protocol), frontend);
            if (frontend.defaultFarmId() != null) {
                said.put("farm", farm(protocol, frontend.defaultFarmId(), frontend.zone()));
            }
            Object routes = routes(protocol, frontend);
            if (routes != null) {
                said.put("routes", routes);
            }
            return said;
        });
        lb.routes(protocol).stream()
                .filter(Route::isDetached)
                .forEach(route -> remarks.add("%s route %d is on no frontend, and not in this file"
                        .formatted(protocol.code(), route.routeId())));
        return frontends;
    }

    /** By their names where all of them have one, and else in a list; null for none. */
    private Object routes(Protocol protocol, Frontend frontend) {
        List<Route> all = lb.routes(protocol).stream()
                .filter(route -> route.isOn(frontend.frontendId()))
                .toList();
        boolean haveNames = all.stream()
                        .map(Route::displayName)
                        .filter(Objects::nonNull)
                        .distinct()
                        .count()
                == all.size();
        if (!haveNames) {
            return all.stream()
                    .map(route -> {
                        Map<String, Object> said = new LinkedHashMap<>();
                        Optional.ofNullable(route.displayName()).ifPresent(name -> said.put("name", text(name)));
                        said.putAll(route(protocol, route, frontend.zone()));
                        return said;
                    })
                    .toList();
        }
        Map<String, Object> byName = new LinkedHashMap<>();
        all.forEach(route -> byName.put(text(route.displayName()), route(protocol, route, frontend.zone())));
        return all.isEmpty() ? null : byName;
    }

    private Map<String, Object> route(Protocol protocol, Route route, String zone) {
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
                    route.rules().stream().map(RuleSpec::of).map(this::rule).toList());
        }
        return said;
    }

    /** In one line where that says the same. */
    private Object rule(RuleSpec rule) {
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

    /** By name; those of one name in a list, each with its zone; by id what has no name, or none that tells it. */
    private <T extends Named> Map<String, Object> named(List<T> all, Function<T, Map<String, Object>> say) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (T object : all) {
            List<T> namesakes = all.stream()
                    .filter(each -> Objects.equals(each.displayName(), object.displayName()))
                    .toList();
            boolean areApart = namesakes.stream().map(Named::zone).distinct().count() == namesakes.size();
            if (!canBeNamed(object) || !areApart) {
                named.put(Long.toString(object.id()), withName(object, say.apply(object)));
            } else if (namesakes.size() == 1) {
                named.put(text(object.displayName()), say.apply(object));
            } else {
                named.computeIfAbsent(
                        text(object.displayName()),
                        name -> namesakes.stream().map(say).toList());
            }
        }
        return named;
    }

    private static Map<String, Object> withName(Named object, Map<String, Object> said) {
        if (canBeNamed(object)) {
            said.put("name", text(object.displayName()));
        }
        return said;
    }

    private static boolean canBeNamed(Named object) {
        return object.displayName() != null && !object.displayName().strip().matches("\\d*");
    }

    /** What there is to say of an object, in the words of the file. */
    private static Map<String, Object> said(Attributes attributes, Object object) {
        Fields said = attributes.said(Json.MAPPER.valueToTree(object));
        Map<String, Object> plain = new LinkedHashMap<>();
        said.json().properties().forEach(each -> plain.put(each.getKey(), plain(each.getValue())));
        if (object instanceof Named && !(object instanceof Server)) {
            plain.remove("name");
        }
        return plain;
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
