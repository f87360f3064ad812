package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.Certificate;
import io.jenkins.plugins.iplb.api.Frontend;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Named;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Route;
import io.jenkins.plugins.iplb.api.Server;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a collection holds beside what is named.
 *
 * @param protocol empty for what a load balancer has for all of them
 * @param kind {@code FARM}, {@code FRONTEND}; {@code SERVER} and {@code ROUTE}, which are within another object; or, for all
 *     protocols, {@code FAILOVER_IP}, {@code VRACK_NETWORK} and {@code CERTIFICATE}
 * @param within the farm of the servers, or the frontend of the routes; empty for the others
 * @param named by id or name; servers also by address, with a port behind a colon if it has one of its own
 */
public record Others(
        String service, Optional<Protocol> protocol, Kind kind, Optional<Reference> within, Set<String> named) {

    /** All that is to go, in an order in which nothing is needed by what comes after it. */
    List<Change> removals(Reader reader) {
        return protocol.<List<Change>>map(family -> List.copyOf(removals(reader, family)))
                .orElseGet(() -> removalsOfAll(reader));
    }

    /** What a load balancer has for all protocols. A certificate that OVH got is not somebody's to name. */
    private List<Change> removalsOfAll(Reader reader) {
        return switch (kind) {
            case FAILOVER_IP ->
                reader.lb().failoverIps().stream()
                        .map(ip -> IpBlock.parseAny("ip", ip))
                        .filter(ip -> named.stream()
                                .noneMatch(name -> IpBlock.parseAny("ip", name).equals(ip)))
                        .<Change>map(ip -> new ParkFailover(service, ip))
                        .toList();
            case VRACK_NETWORK ->
                unnamed(reader.lb().vrackNetworks())
                        .<Change>map(network -> new RemoveVrackNetwork(service, reference(network)))
                        .toList();
            case CERTIFICATE ->
                unnamed(reader.lb().certificates())
                        .filter(Certificate::isCustom)
                        .<Change>map(certificate -> new RemoveCertificate(service, reference(certificate)))
                        .toList();
            default -> throw new IllegalArgumentException(kind.code());
        };
    }

    private List<Remove> removals(Reader reader, Protocol protocol) {
        return switch (kind) {
            case FARM ->
                unnamed(reader.lb().farms(protocol))
                        .map(farm -> remove(protocol, new Removable.Farm(reference(farm))))
                        .toList();
            case FRONTEND ->
                unnamed(reader.lb().frontends(protocol))
                        .flatMap(frontend -> Stream.concat(
                                routes(reader, protocol, frontend).map(route -> route(protocol, route)),
                                Stream.of(remove(protocol, new Removable.Frontend(reference(frontend))))))
                        .toList();
            case SERVER -> servers(reader, protocol);
            case ROUTE ->
                Reader.find("frontend", within.orElseThrow(), reader.lb().frontends(protocol)).stream()
                        .flatMap(frontend -> routes(reader, protocol, frontend))
                        .filter(this::isUnnamed)
                        .map(route -> route(protocol, route))
                        .toList();
            default -> throw new IllegalArgumentException(kind.code());
        };
    }

    private List<Remove> servers(Reader reader, Protocol protocol) {
        return Reader.find("farm", within.orElseThrow(), reader.lb().farms(protocol)).stream()
                .flatMap(farm -> unnamed(reader.lb().servers(protocol, farm.farmId()))
                        .filter(server -> !isNamed(server, server.port() == null ? farm.port() : server.port()))
                        .map(server -> remove(
                                protocol,
                                new Removable.Server(
                                        reference(farm),
                                        new ServerKey(
                                                Optional.of(reference(server)), Optional.empty(), Optional.empty())))))
                .toList();
    }

    private static Stream<Route> routes(Reader reader, Protocol protocol, Frontend frontend) {
        return reader.routes(protocol).stream().filter(route -> route.isOn(frontend.frontendId()));
    }

    private Remove route(Protocol protocol, Route route) {
        return remove(protocol, new Removable.Route(reference(route), Optional.empty()));
    }

    private Remove remove(Protocol protocol, Removable what) {
        return new Remove(service, protocol, what);
    }

    private <T extends Named> Stream<T> unnamed(List<T> all) {
        return all.stream().filter(this::isUnnamed);
    }

    private boolean isUnnamed(Named object) {
        return !named.contains(Long.toString(object.id()))
                && (object.displayName() == null || !named.contains(object.displayName()));
    }

    /** @param port the one that it is reached at; null for none */
    private boolean isNamed(Server server, Integer port) {
        return named.contains(server.address()) || named.contains(Subjects.address(server.address(), port));
    }

    private static Reference reference(Named object) {
        return new Reference(Long.toString(object.id()));
    }
}
