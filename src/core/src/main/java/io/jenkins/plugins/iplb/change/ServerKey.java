package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.node.IntNode;
import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Server;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.Values;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.List;
import java.util.Optional;

/**
 * Which server of a farm is meant: the one of that id; or else the one at that address, and port if one is given; or
 * else the one of that name. OVH keeps neither unique: where several are at the address, the name decides.
 *
 * @param server its id or its name; empty when not mentioned
 * @param address IPv4; empty when not mentioned
 * @param port 1 to 49151; empty when not mentioned; only with an address
 */
public record ServerKey(Optional<Reference> server, Optional<String> address, Optional<Integer> port) {

    public ServerKey {
        address = address.map(given -> IpBlock.parseAddress("address", given));
        if (server.isEmpty() && address.isEmpty()) {
            throw new InvalidInput("address", null, "the address, the id or the name of a server");
        }
        if (port.isPresent() && address.isEmpty()) {
            throw new InvalidInput("port", port.get(), "nothing without an address");
        }
        port.ifPresent(given -> Values.PORT.of("port", IntNode.valueOf(given)));
    }

    /** The name that it is to have; empty when it is not known by one. */
    Optional<String> name() {
        return server.filter(given -> given.id().isEmpty()).map(Reference::text);
    }

    /** What a server is called that is not there. */
    Subject subject() {
        return address.map(at ->
                        Subject.of(Kind.SERVER, name().orElseGet(() -> Subjects.address(at, port.orElse(null)))))
                .orElseGet(() -> Subjects.of(Kind.SERVER, server.orElseThrow()));
    }

    Fields wanted() {
        return Fields.none()
                .withPresent("server", server.map(Reference::text))
                .withPresent("address", address)
                .withPresent("port", port);
    }

    /** @throws IplbException when several servers are meant, or one that is at another address */
    Optional<Server> find(Farm farm, List<Server> servers) {
        Optional<Server> found =
                atAddress(farm, servers).or(() -> server.flatMap(known -> Reader.find("server", known, servers)));
        found.filter(each -> !each.address().equals(address.orElse(each.address())))
                .ifPresent(each -> {
                    throw new IplbException(
                            FailureKind.REFUSED,
                            "server %d of farm %d is at %s, and stays there: remove it, or make another one for %s"
                                    .formatted(each.serverId(), farm.farmId(), each.address(), address.orElseThrow()));
                });
        return found;
    }

    boolean isId() {
        return server.isPresent() && name().isEmpty();
    }

    private Optional<Server> atAddress(Farm farm, List<Server> servers) {
        if (address.isEmpty() || isId()) {
            return Optional.empty();
        }
        List<Server> there = servers.stream().filter(each -> isAt(each, farm)).toList();
        List<Server> named = there.stream()
                .filter(each ->
                        name().filter(name -> name.equals(each.displayName())).isPresent())
                .toList();
        List<Server> meant = named.isEmpty() ? there : named;
        return meant.isEmpty()
                ? Optional.empty()
                : Optional.of(Reader.single(
                        "server of farm %d is at %s".formatted(farm.farmId(), address.get()),
                        meant,
                        "give its port, its name or its id"));
    }

    boolean isAt(Server server, Farm farm) {
        return server.address().equals(address.orElse(null))
                && (port.isEmpty() || port.get().equals(server.port(farm)));
    }
}
