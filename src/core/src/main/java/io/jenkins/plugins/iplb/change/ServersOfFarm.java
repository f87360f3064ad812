package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Server;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Some servers of a farm, each by its id, its name, or its address with or without its port.
 *
 * @param servers at least one
 */
public record ServersOfFarm(String service, Protocol protocol, Reference farm, List<Reference> servers) {

    public ServersOfFarm {
        service = ServiceName.parse(service);
        servers = servers.stream().distinct().toList();
        if (servers.isEmpty()) {
            throw new InvalidInput("servers", null, "a server by its id, its name, or its address");
        }
    }

    Fields wanted() {
        return Fields.none()
                .with("protocol", protocol.code())
                .with("farm", farm.text())
                .withPresent("zone", farm.zone())
                .with("servers", servers.stream().map(Reference::text).toList());
    }

    Farm farm(Reader reader) {
        return reader.farm(protocol, farm);
    }

    /** The servers that are meant, of all that the farm has. @throws IplbException naming one that it does not have */
    List<Server> among(Farm inside, List<Server> all) {
        return servers.stream()
                .map(each -> Reader.find("server", each, all)
                        .or(() -> at(each.text(), inside, all))
                        .orElseThrow(() -> new IplbException(
                                FailureKind.REFUSED,
                                "%s has no server '%s'; it has %s%s"
                                        .formatted(
                                                Reader.said(protocol, "farm", inside),
                                                each,
                                                all.isEmpty() ? "none" : listed(all),
                                                Reader.nearest(each.text(), all)))))
                .distinct()
                .toList();
    }

    private static Optional<Server> at(String place, Farm inside, List<Server> all) {
        List<Server> there = all.stream()
                .filter(each -> place.equals(each.address())
                        || each.port(inside) != null
                                && place.equals(Subjects.address(each.address(), each.port(inside))))
                .toList();
        return there.isEmpty()
                ? Optional.empty()
                : Optional.of(Reader.single("server is at " + place, there, "give its port, its name or its id"));
    }

    /** As people know them. */
    static String listed(List<Server> servers) {
        return String.join(", ", servers.stream().map(Subjects::shown).toList());
    }

    /** As {@link Changes#places}. */
    Map<String, URI> places(Reader reader, BiFunction<String, Integer, URI> url) {
        Farm inside = farm(reader);
        Map<String, URI> places = new LinkedHashMap<>();
        among(inside, reader.lb().servers(protocol, inside.farmId()))
                .forEach(each ->
                        places.put("server " + Subjects.shown(each), url.apply(each.address(), each.port(inside))));
        return places;
    }

    /** All of them get this status; the one that they have already is not sent. */
    Plan plan(Reader reader, String status) {
        Farm inside = farm(reader);
        List<Server> some = among(inside, reader.lb().servers(protocol, inside.farmId()));
        List<Server> others =
                some.stream().filter(each -> !status.equals(each.status())).toList();
        Fields put = Fields.none().with("status", status);
        Lines lines = reader.lines(protocol);
        others.forEach(each -> lines.line(
                some.size() == 1 ? "status" : "status of server " + Subjects.shown(each), each.status(), status));
        ServiceCalls calls = new ServiceCalls(service);
        return new Plan(
                new About(Effect.CHANGED, subject(inside, some)),
                lines,
                json(some.stream()),
                json(some.stream().map(each -> each.having(status))),
                others.stream()
                        .map(each ->
                                PlannedStep.of(calls.updateServer(protocol, inside.farmId(), each.serverId(), put)))
                        .toList(),
                Fields.none()
                        .with("farmId", inside.farmId())
                        .with("serverIds", some.stream().map(Server::serverId).toList())
                        .with(Plan.ZONES, List.of(inside.zone()))
                        .json());
    }

    private static Subject subject(Farm inside, List<Server> some) {
        Subject whole = Subjects.of(Kind.FARM, inside);
        return some.size() == 1 ? Subjects.of(Kind.SERVER, some.get(0)).in(whole) : whole;
    }

    private static ArrayNode json(Stream<Server> servers) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        servers.map(Plan::json).forEach(all::add);
        return all;
    }
}
